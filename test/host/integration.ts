/**
 * The suite of test/integration inside a real extension host.
 *
 *     npm run test:vscode [-- VERSION …]    in the embedded VS Code: these versions, or every one of versions.ts
 *     npm run soak [-- VERSION …]           what it does under load, for longer, in the newest
 *     npm run test:desktop [-- VERSION …]   in VS Code Desktop, which @vscode/test-electron downloads
 */
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
  const named = args.filter(argument => !argument.startsWith('--'));
  const every = desktop || soak ? [newest] : Object.keys(codeServer);
  const versions = named.length === 0 ? every : desktop ? named : named.map(parseVersion);
  let failed = false;
  for (const version of versions) {
    failed = !(await runOn(version, desktop, soak)) || failed;
  }
  return failed ? 1 : 0;
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
