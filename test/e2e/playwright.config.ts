import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: __dirname,
  outputDir: resolve(__dirname, '../../test-results/e2e'),
  reporter: [['list'], [resolve(__dirname, 'tally-reporter.ts')]],
  // One window at a time: two VS Codes on two cores measure each other.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  use: {
    viewport: { width: 1360, height: 860 },
    // No trace: recording it takes a third of the time. `npm run test:e2e -- --trace on` has one.
    screenshot: 'only-on-failure',
    actionTimeout: 15_000,
  },
});
