import { existsSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guarded } from './guarded';

/** Where everything is installed: git-ignored, and deleting it is always safe. */
export const installRoot = resolve(__dirname, '../../.vscode-test');

/** How often the process that installs says that it is alive, and after what silence it is taken for dead. */
const heartbeatMs = 1_000;
const staleMs = 10_000;

/** Runs one command of an installation in the folder being filled; rejects with its output when it fails. */
export type Step = (command: [string, ...string[]], cwd?: string) => Promise<void>;

/**
 * The folder `.vscode-test/<name>`, made by `fill` if it is not there yet.
 *
 * `fill` works in `<name>.partial`, which is renamed when complete: a folder under its own name is always whole. The
 * partial folder is the lock too: making it is atomic, and its age tells a working owner from a dead one.
 */
export async function installed(
  name: string,
  title: string,
  fill: (folder: string, step: Step) => Promise<void>,
): Promise<string> {
  const folder = join(installRoot, name);
  const partial = `${folder}.partial`;
  mkdirSync(installRoot, { recursive: true });
  let waiting = false;
  for (;;) {
    if (existsSync(folder)) {
      return folder;
    }
    if (tryMkdir(partial)) {
      break;
    }
    if (!waiting) {
      waiting = true;
      say(`Another run is installing ${title}: waiting for it`);
    }
    removeIfStale(partial);
    await sleep(500);
  }

  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  say(`Installing ${title} …`);
  const heartbeat = setInterval(() => touch(partial), heartbeatMs);
  const progress = setInterval(() => say(`  … ${seconds()} s`), 5_000);
  try {
    await fill(partial, (command, cwd = partial) => run(command, cwd, partial));
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw new Error(`Could not install ${title}. ${(error as Error).message}`);
  } finally {
    clearInterval(heartbeat);
    clearInterval(progress);
  }
  say(`  installed in ${seconds()} s`);
  return folder;
}

/** `npm install` of exactly these packages into `folder`, running none of their scripts. */
export async function npmInstall(step: Step, folder: string, packages: readonly string[]): Promise<void> {
  // Without a package.json here npm would look for one further up and find the project's.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(step, folder, packages);
}

/** `npm install` of what the package.json in `folder` (and the shrinkwrap beside it) asks for. */
export async function npmInstallDependencies(step: Step, folder: string): Promise<void> {
  await npm(step, folder, ['--omit=dev']);
}

async function npm(step: Step, folder: string, args: readonly string[]): Promise<void> {
  // The project's .npmrc does not reach down here, so each choice is a flag. The short retry times make an
  // unreachable registry a message within seconds, not minutes.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--no-update-notifier'];
  const network = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const quiet = ['--loglevel=error', '--no-progress'];
  await step([...npmProgram(), 'install', ...flags, ...network, ...quiet, ...args], folder);
}

/** npm, as a command to which its arguments are added. */
export function npmProgram(): [string, ...string[]] {
  // A script that npm started is told where npm is; that also spares Windows its npm.cmd.
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js') ? [process.execPath, cli] : ['npm'];
}

async function run(command: [string, ...string[]], cwd: string, partial: string): Promise<void> {
  const lines: string[] = [];
  const process = guarded(command, { cwd, remove: [partial] });
  process.onLine(line => lines.push(line));
  if ((await process.ended) !== 0) {
    throw new Error(explain(lines.filter(line => line.trim() !== '').slice(-15)));
  }
}

function explain(lines: readonly string[]): string {
  const text = lines.map(line => `  ${line}`).join('\n');
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/.test(text)
    ? `The npm registry cannot be reached: check the network, the proxy, and "npm config get registry".\n${text}`
    : `npm said:\n${text}`;
}

function tryMkdir(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Deletes what a run left that was killed too hard to clean up. Renamed first, so that of several waiting only one does it. */
function removeIfStale(partial: string): void {
  try {
    if (Date.now() - statSync(partial).mtimeMs > staleMs) {
      const stale = `${partial}.${process.pid}`;
      renameSync(partial, stale);
      rmSync(stale, { recursive: true, force: true });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Just renamed or removed: there is nothing left to keep alive.
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
