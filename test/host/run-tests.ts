import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from './browser';

/** A suite that says nothing for so long hangs, or VS Code never came to it. */
const silenceMs = 180_000;

/**
 * Opens a window with tests in a headless browser and relays the console of its extension host. Resolves with the exit
 * code that VS Code gives: 0 when `run()` resolved, else not.
 *
 * @param url of the window
 * @param ended resolves with a log when its server ends by itself
 */
export async function runExtensionTests(url: string, ended?: Promise<string>): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    let lastSign = Date.now();
    const end = new Promise<number>((resolve, reject) => {
      // VS Code's page calls these two when something automates it.
      void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        lastSign = Date.now();
        relay(args);
      });
      void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
      page.on('crash', () => reject(new Error('The window of VS Code crashed')));
      page.on('close', () => reject(new Error('The window of VS Code was closed')));
      browser.on('disconnected', () => reject(new Error('The browser has ended')));
      void ended?.then(log => reject(new Error(`The server of VS Code has ended. Its log:\n${log}`)));
      const watch = setInterval(() => {
        if (Date.now() - lastSign > silenceMs) {
          clearInterval(watch);
          reject(new Error(`Nothing heard from the tests for ${silenceMs / 1000} s`));
        }
      }, 1_000);
      watch.unref();
    });
    end.catch(() => {}); // awaited below, but may be rejected before
    await page.goto(url);
    try {
      return await end;
    } catch (error) {
      const picture = resolve('test-results', 'extension-tests.png');
      mkdirSync(resolve('test-results'), { recursive: true });
      const taken = await page.screenshot({ path: picture, timeout: 10_000 }).catch(() => undefined);
      throw new Error(`${(error as Error).message}${taken ? `. The window as it was: ${picture}` : ''}`);
    }
  } finally {
    await browser.close();
  }
}

/** What the workbench itself logs at every start without the optional native modules, a gallery, and a server. */
const chatter = [
  /^(Resolving|Resolved) connection token/,
  /^Creating a socket/,
  /^\[(reconnection-grace-time|Service Worker|AgentHost|AccountPolicyGate)\b/,
  /^(Updating|Ignoring fetching) additional builtin extensions/,
  /^(Found additional builtin location extensions|Loading development extension|Ignoring the error while validating)/,
  /^Request to '[^']*\/package\.nls\.json' failed/,
  /^\[chat-stt\]/,
  /^No extension gallery service configured/,
  /^(ChatSessionStore:|Creation of workbench contribution)/,
  /\/static\/out\/vs\/code\/browser\/workbench\/workbench\.js/, // a stack trace of the window's own code
  /^Error: Could not locate the bindings file/,
  /^Cannot find module '[^']*\/watchdog'/,
];

/** Prints one console message of the extension host, all on one stream so that their order stays. */
function relay(args: unknown[]): void {
  const text = format(...args);
  if (!chatter.some(pattern => pattern.test(text))) {
    console.log(text);
  }
}
