import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { launchBrowser } from '../host/browser';
import { type Server, startServer, workbenchUrl } from '../host/server';
import { parseVersion } from '../host/versions';
import { startWebServer, type WebServer } from '../host/web/server';
import { HeldExtension } from './held';
import { VSCode } from './vscode';

export { expect };

const root = resolve(__dirname, '../..');
const viewport = { width: 1360, height: 860 };
const version = parseVersion(process.env['VSCODE_VERSION']);

/**
 * Where the extension runs: on the server, in the browser beside a server that has the files, or in the browser without
 * any server, as on vscode.dev.
 */
export const hosts = ['Node', 'browser', 'serverless'] as const;

export type Host = (typeof hosts)[number];

/** Opens a window of VS Code on a fresh copy of media/samples in that folder, with the extension in it. */
export type OpenIn = (host: Host, page: Page, folder: string) => Promise<VSCode>;

interface TestFixtures {
  /** A window of its own. */
  vscode: VSCode;
  /** The same with decodes that can be held. */
  held: { readonly vscode: VSCode; readonly decodes: HeldExtension };
  /** The one window that all other tests share, which is faster: without open editors and with its knobs as they were. */
  shared: VSCode;
}

export interface WorkerFixtures {
  /** VS Code's display language; a file sets it with `test.use({ displayLanguage: 'ko' })` at its top. */
  displayLanguage: string;
  /** The folder of the extension under development; undefined where an installed one is tested. */
  development: string | undefined;
  host: Host;
  server: Server;
  openIn: OpenIn;
  sharedWindow: VSCode;
}

function copySamples(folder: string): void {
  cpSync(resolve(root, 'media/samples'), folder, { recursive: true });
}

/** Playwright's `test` with `vscode` in it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  displayLanguage: ['en', { scope: 'worker', option: true }],

  development: [root, { scope: 'worker' }],

  host: ['Node', { scope: 'worker', option: true }],

  server: [
    async ({ displayLanguage, host }, use) => {
      const server = await startServer({ version, locale: displayLanguage, web: host === 'browser' });
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

  openIn: [
    async ({ server, displayLanguage, development, host: hostOfServer }, use) => {
      const others: (Server | WebServer)[] = [];
      const addressIn = async (host: Host, folder: string) => {
        const locale = displayLanguage;
        if (host === 'serverless') {
          const own = await startWebServer({ version, locale, folder, extensionDevelopmentPath: root });
          others.push(own);
          return own.url;
        }
        const other =
          host === hostOfServer ? undefined : await startServer({ version, locale, web: host === 'browser' });
        if (other) others.push(other);
        return workbenchUrl(other ?? server, { folder, extensionDevelopmentPath: development });
      };
      await use(async (host, page, folder) => {
        copySamples(folder);
        const vscode = new VSCode(page, folder, await addressIn(host, folder));
        await vscode.open();
        return vscode;
      });
      for (const other of others) await other.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  vscode: async ({ page, host, openIn }, use, testInfo) => {
    await use(await openIn(host, page, testInfo.outputPath('samples')));
  },

  held: async ({ page, server, host }, use, testInfo) => {
    testInfo.skip(host !== 'Node', 'a worker of a browser does not see the file that holds it');
    const folder = testInfo.outputPath('samples');
    copySamples(folder);
    const decodes = new HeldExtension(testInfo.outputPath('extension'));
    const vscode = new VSCode(page, folder, workbenchUrl(server, { folder, extensionDevelopmentPath: decodes.folder }));
    await vscode.open();
    await use({ vscode, decodes });
  },

  sharedWindow: [
    async ({ browser, host, openIn }, use) => {
      const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
      const folder = mkdtempSync(join(tmpdir(), 'pooling-preview-e2e-'));
      const vscode = await openIn(host, await context.newPage(), folder);
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
