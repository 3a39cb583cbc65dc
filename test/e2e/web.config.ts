import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './fixtures';
import tests from './playwright.config';

/** `npm run test:e2e:web`: all tests in VS Code, with the extension in the browser. */
export default defineConfig<object, WorkerFixtures>({
  ...tests,
  reporter: 'list',
  testIgnore: 'package.spec.ts',
  use: { ...tests.use, host: 'browser' },
});
