import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { guarded } from './guarded';
import { writeLanguagePack } from './language-pack';
import { calmSettings, webSettings } from './settings';
import type { VSCodeVersion } from './versions';
import { ensureServerNode, ensureVSCode } from './vscode';

export interface ServerOptions {
  readonly version: VSCodeVersion;
  /** As `code --user-data-dir`: kept afterwards. By default a temporary one, deleted with the server. */
  readonly userDataDir?: string | undefined;
  /** As `code --extensions-dir`. By default a temporary one: no extension but VS Code's own. */
  readonly extensionsDir?: string | undefined;
  /** Display language as `code --locale`, such as `ko`. See language-pack.ts. */
  readonly locale?: string | undefined;
  /** The extension runs in the browser, as on vscode.dev; by default in Node, on the server. */
  readonly web?: boolean | undefined;
  /** Settings on top of {@link calmSettings}. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Resolves with the last lines it logged when the server has ended by itself or was stopped. */
  readonly ended: Promise<string>;
  /** Ends the server with all its processes and deletes its temporary folder. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** Starts a VS Code server on a free port of this machine and waits until it answers. Installs it if need be. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { version, userDataDir, extensionsDir, locale, web, settings } = options;
  const vscode = await ensureVSCode(version);
  const node = await ensureServerNode();

  const folder = mkdtempSync(join(tmpdir(), 'pooling-preview-vscode-'));
  const dataDir = join(folder, 'data');
  if (userDataDir) {
    mkdirSync(userDataDir, { recursive: true });
    symlinkSync(resolve(userDataDir), dataDir, 'junction');
  }
  mkdirSync(join(dataDir, 'User'), { recursive: true });
  const settingsFile = join(dataDir, 'User', 'settings.json');
  if (!existsSync(settingsFile)) {
    writeFileSync(settingsFile, JSON.stringify({ ...calmSettings, ...(web && webSettings), ...settings }, null, 2));
  }
  if (locale) {
    writeLanguagePack(dataDir, locale);
  }

  const process = guarded(
    [
      node,
      join(vscode, 'out', 'server-main.js'),
      '--host=127.0.0.1',
      '--port=0',
      '--without-connection-token', // it listens on the loopback address only
      '--accept-server-license-terms',
      '--disable-workspace-trust',
      '--disable-telemetry',
      '--enable-smoke-test-driver', // what lets a built VS Code ≥ 1.139 accept an extension under development
      `--server-data-dir=${folder}`,
      ...(extensionsDir ? [`--extensions-dir=${resolve(extensionsDir)}`] : []),
      ...(locale ? [`--locale=${locale}`] : []),
    ],
    {
      cwd: vscode,
      // No gallery: a test must not depend on one, nor ask a machine elsewhere.
      env: { EXTENSIONS_GALLERY: '{ "serviceUrl": "" }' },
      remove: [folder],
    },
  );

  const log: string[] = [];
  const bound = new Promise<string>(found => {
    process.onLine(line => {
      log.push(line);
      log.splice(0, log.length - 40);
      const port = /(?:bound to .*:|listening on )(\d+)/.exec(line)?.[1];
      if (port) {
        found(`http://127.0.0.1:${port}`);
      }
    });
  });
  const ended = process.ended.then(() => log.join('\n'));

  const origin = await Promise.race([
    bound.then(async origin => ((await answers(origin)) ? origin : undefined)),
    ended.then(() => undefined),
    sleep(startTimeoutMs, undefined, { ref: false }),
  ]);
  if (!origin) {
    await process.stop();
    throw new Error(`The server of VS Code ${version} did not start. Its log:\n${log.join('\n')}`);
  }
  return { origin, ended, stop: () => process.stop() };
}

async function answers(origin: string): Promise<boolean> {
  for (const begun = Date.now(); Date.now() - begun < startTimeoutMs; ) {
    const response = await fetch(origin).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) {
      return true;
    }
    await sleep(100);
  }
  return false;
}

export interface WorkbenchOptions {
  readonly folder?: string | undefined;
  readonly extensionDevelopmentPath?: string | undefined;
  readonly extensionTestsPath?: string | undefined;
}

/** The address of a workbench window on `server`, with an extension under development and its tests if given. */
export function workbenchUrl(
  { origin }: Pick<Server, 'origin'>,
  { folder, extensionDevelopmentPath, extensionTestsPath }: WorkbenchOptions,
): string {
  const remote = (path: string) => `vscode-remote://${new URL(origin).host}${uriPath(path)}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(extensionDevelopmentPath ? [['extensionDevelopmentPath', remote(extensionDevelopmentPath)]] : []),
    ...(extensionTestsPath ? [['extensionTestsPath', remote(extensionTestsPath)]] : []),
  ];
  // `ew`: an empty window, where nothing would mean the folder opened last
  const where = folder ? `folder=${uriPath(folder)}` : 'ew=true';
  return `${origin}/?${where}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** `/abs/path`, escaped for a URI; on Windows `/c:/abs/path`. */
function uriPath(path: string): string {
  return pathToFileURL(resolve(path)).pathname;
}
