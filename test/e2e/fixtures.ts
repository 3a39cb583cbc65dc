import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { launchBrowser } from '../host/browser';
import { type Server, startServer } from '../host/server';
import { newest } from '../host/versions';
import { HeldExtension } from './held';
import { VSCode } from './vscode';

export { expect };

const root = resolve(__dirname, '../..');
const viewport = { width: 1360, height: 860 };

/** Where the extension runs: on the server, or as on vscode.dev. */
export type Host = 'Node' | 'browser';

interface TestFixtures {
  /** A window of VS Code on a fresh copy of media/samples, with the extension in it. */
  vscode: VSCode;
  /** The same with decodes that can be held. */
  held: { readonly vscode: VSCode; readonly decodes: HeldExtension };
  /** Opens such a window with the extension in the host that is named. */
  windowIn: (host: Host) => Promise<VSCode>;
  /** The one window that all other tests share, which is faster: without open editors and with its knobs as they were. */
  shared: VSCode;
}

export interface WorkerFixtures {
  /** VS Code's display language; a file sets it with `test.use({ displayLanguage: 'ko' })` at its top. */
  displayLanguage: string;
  /** The folder of the extension under development; undefined where an installed one is tested. */
  development: string | undefined;
  /** Whether the extension runs in the browser, as on vscode.dev. */
  web: boolean;
  server: Server;
  sharedWindow: VSCode;
}

function copySamples(folder: string): void {
  cpSync(resolve(root, 'media/samples'), folder, { recursive: true });
}

/** Playwright's `test` with `vscode` in it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  displayLanguage: ['en', { scope: 'worker', option: true }],

  development: [root, { scope: 'worker' }],

  web: [false, { scope: 'worker', option: true }],

  server: [
    async ({ displayLanguage }, use) => {
      const server = await startServer({ version: newest, locale: displayLanguage });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 240_000 }, // it may have to be installed first
  ],

  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies off this pattern
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  vscode: async ({ page, server, development, web }, use, testInfo) => {
    const folder = testInfo.outputPath('samples');
    copySamples(folder);
    const vscode = new VSCode(page, folder, server, { extensionDevelopmentPath: development, web });
    await vscode.open();
    await use(vscode);
  },

  held: async ({ page, server, web }, use, testInfo) => {
    testInfo.skip(web, 'a worker of a browser does not see the file that holds it');
    const folder = testInfo.outputPath('samples');
    copySamples(folder);
    const decodes = new HeldExtension(testInfo.outputPath('extension'));
    const vscode = new VSCode(page, folder, server, { extensionDevelopmentPath: decodes.folder });
    await vscode.open();
    await use({ vscode, decodes });
  },

  windowIn: async ({ context, server }, use, testInfo) => {
    await use(async host => {
      const folder = testInfo.outputPath(host);
      copySamples(folder);
      const extension = { extensionDevelopmentPath: root, web: host === 'browser' };
      const vscode = new VSCode(await context.newPage(), folder, server, extension);
      await vscode.open();
      return vscode;
    });
  },

  sharedWindow: [
    async ({ browser, server, web }, use) => {
      const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
      const folder = mkdtempSync(join(tmpdir(), 'pooling-preview-e2e-'));
      copySamples(folder);
      const vscode = new VSCode(await context.newPage(), folder, server, { extensionDevelopmentPath: root, web });
      await vscode.open();
      await use(vscode);
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  shared: async ({ sharedWindow }, use) => {
    await use(sharedWindow);
    await sharedWindow.tidy();
    expect(sharedWindow.takeComplaints(), 'errors in the console of the webview').toEqual([]);
  },
});
