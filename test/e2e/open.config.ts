import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** `npm run bench:open`: a benchmark, not a test: it prints and does not judge. */
export default defineConfig({ ...tests, testMatch: 'open.ts', reporter: 'line' });
