/**
 * The suite of test/integration inside a real extension host.
 *
 *     npm run test:vscode [-- VERSION …]    in the embedded VS Code: these versions, or every one of versions.ts
 *     npm run soak [-- VERSION …]           what it does under load, for longer, in the newest
 *     npm run test:desktop [-- VERSION …]   in VS Code Desktop, which @vscode/test-electron downloads
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { endWithParent } from './parent';
import { calmSettings } from './settings';
import { codeServer, newest, parseVersion } from './versions';

const root = resolve(__dirname, '../..');

async function runOn(version: string, desktop: boolean, soak: boolean): Promise<boolean> {
  console.log(`\nIntegration tests in VS Code ${version}${desktop ? ' Desktop' : ''}`);
  const scratch = join(root, 'test-results', `integration-${version}`);
  rmSync(scratch, { recursive: true, force: true });
  const workspace = join(scratch, 'workspace');
  cpSync(join(root, 'media/samples'), workspace, { recursive: true });
  const userDataDir = join(scratch, 'user-data');
  mkdirSync(join(userDataDir, 'User'), { recursive: true });
  writeFileSync(join(userDataDir, 'User', 'settings.json'), JSON.stringify(calmSettings));
  try {
    await runTests({
      ...(desktop ? { version } : { vscodeExecutablePath: join(__dirname, 'code.cjs') }),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'dist/test/index.js'),
      launchArgs: [workspace, `--user-data-dir=${userDataDir}`, `--extensions-dir=${join(scratch, 'extensions')}`],
      extensionTestsEnv: {
        VSCODE_VERSION: version,
        MOCHA_COLOR: process.stdout.isTTY ? '1' : '',
        ...(soak && { SOAK: '1' }),
        TEST_RING: `integration, VS Code ${version}`,
      },
    });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const desktop = args.includes('--desktop');
  const soak = args.includes('--soak');
  const flags = args.filter(argument => argument.startsWith('--'));
  const named = args.filter(argument => !flags.includes(argument));
  const every = desktop || soak ? [newest] : Object.keys(codeServer);
  const versions = named.length === 0 ? every : desktop ? named : named.map(parseVersion);
  const [only, ...more] = versions;
  const results = more.length === 0 ? [await runOn(only!, desktop, soak)] : await runAtOnce(versions, flags);
  return results.every(Boolean) ? 0 : 1;
}

/** Each version in a process of its own: a suite mostly waits. The output of each comes in one piece. */
function runAtOnce(versions: readonly string[], flags: readonly string[]): Promise<boolean[]> {
  return Promise.all(
    versions.map(async version => {
      const child = spawn(process.execPath, [...process.execArgv, __filename, ...flags, version], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const pieces: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => pieces.push(piece));
      const [code] = await once(child, 'close');
      process.stdout.write(Buffer.concat(pieces));
      return code === 0;
    }),
  );
}

// test-electron ends VS Code on SIGINT; being asked in another way to stop should do no less.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.kill(process.pid, 'SIGINT'));
}
endWithParent();
main(process.argv.slice(2)).then(process.exit, error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
