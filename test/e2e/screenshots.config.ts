import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './fixtures';
import tests from './playwright.config';

/** `npm run screenshots`: the same VS Code, but pictures for the README and for looking at instead of tests. */
export default defineConfig<object, WorkerFixtures>({
  ...tests,
  testMatch: 'screenshots.ts',
  reporter: 'list',
  projects: [
    { name: 'en', use: { displayLanguage: 'en' } },
    // The colours are the same in every language: one theme, that of a new window.
    { name: 'ko', use: { displayLanguage: 'ko' }, grep: / light$/ },
  ],
});
