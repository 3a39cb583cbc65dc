import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** `npm run screenshots`: the same VS Code, but pictures for the README and for looking at instead of tests. */
export default defineConfig({ ...tests, testMatch: 'screenshots.ts', reporter: 'list' });
