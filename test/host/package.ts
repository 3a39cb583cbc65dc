import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { guarded } from './guarded';
import { npmProgram } from './install';
import type { VSCodeVersion } from './versions';
import { ensureServerNode, ensureVSCode } from './vscode';

const root = resolve(__dirname, '../..');
/** What is made or installed, and no part of the project. */
const made = /^(node_modules|dist|test-results|\.git|\.vscode-test|.*\.vsix)$/;

/**
 * The .vsix that `npm run package` writes, in a copy of the project below `folder`: what other tests run stays as it is built.
 * npm may fetch nothing meanwhile.
 */
export async function makePackage(folder: string): Promise<string> {
  const copy = join(folder, 'project');
  cpSync(root, copy, { recursive: true, filter: path => !made.test(relative(root, path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  await run([...npmProgram(), 'run', 'package'], copy, {
    npm_config_offline: 'true',
    npm_config_cache: join(folder, 'npm-cache'),
  });
  const packages = readdirSync(copy).filter(name => name.endsWith('.vsix'));
  if (packages.length !== 1) throw new Error(`npm run package wrote ${packages.length} packages`);
  return join(copy, packages[0]!);
}

/** Has VS Code's own installer put a .vsix into `extensionsDir`; the folder that holds it then. */
export async function installPackage(version: VSCodeVersion, vsix: string, extensionsDir: string): Promise<string> {
  const vscode = await ensureVSCode(version);
  mkdirSync(extensionsDir, { recursive: true });
  await run(
    [
      await ensureServerNode(),
      join(vscode, 'out', 'server-main.js'),
      `--install-extension=${vsix}`,
      `--extensions-dir=${extensionsDir}`,
      `--server-data-dir=${join(extensionsDir, '..', 'installer')}`,
      '--accept-server-license-terms',
      '--disable-telemetry',
    ],
    vscode,
    { EXTENSIONS_GALLERY: '{ "serviceUrl": "" }' },
  );
  const name = readdirSync(extensionsDir).find(entry => entry.endsWith(basename(vsix, '.vsix')));
  if (!name) throw new Error(`VS Code ${version} has not installed ${basename(vsix)}`);
  return join(extensionsDir, name);
}

async function run(command: [string, ...string[]], cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  const lines: string[] = [];
  const process = guarded(command, { cwd, env });
  process.onLine(line => lines.push(line));
  if ((await process.ended) !== 0) throw new Error(`${command.join(' ')} failed:\n${lines.join('\n')}`);
}
