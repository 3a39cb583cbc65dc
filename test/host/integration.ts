/**
 * The suite of test/integration inside a real extension host.
 *
 *     npm run test:vscode [-- VERSION …]    in the embedded VS Code: these versions, or every one of versions.ts, and the
 *                                           newest with the extension in the browser
 *     npm run test:vscode -- --web [VERSION …]    only with the extension in the browser
 *     npm run test:vscode -- --serverless [VERSION …]    only what is special in a window without a server
 *     npm run soak [-- VERSION …]           what it does under load, for longer, in the newest
 *     npm run test:desktop [-- VERSION …]   in VS Code Desktop, which @vscode/test-electron downloads
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { endWithParent } from './parent';
import { runExtensionTests } from './run-tests';
import { calmSettings } from './settings';
import { serveSuites } from './suites';
import { codeServer, newest, parseVersion, type VSCodeVersion } from './versions';
import { startWebServer } from './web/server';

const root = resolve(__dirname, '../..');

interface Run {
  readonly version: string;
  /** `--desktop`, `--soak`, `--web`, `--serverless` */
  readonly flags: readonly string[];
}

/** A fresh copy of the sample pictures in `scratch`, and nothing else there. */
function makeWorkspace(scratch: string): string {
  rmSync(scratch, { recursive: true, force: true });
  const workspace = join(scratch, 'workspace');
  cpSync(join(root, 'media/samples'), workspace, { recursive: true });
  return workspace;
}

async function runServerless(version: VSCodeVersion): Promise<boolean> {
  const place = `VS Code ${version} without a server`;
  console.log(`\nIntegration tests in ${place}`);
  const scratch = join(root, 'test-results', `integration-${version}-serverless`);
  const folder = makeWorkspace(scratch);
  const tests = join(scratch, 'suites.js');
  const stop = await serveSuites('serverless/index.ts', tests, {
    MOCHA_COLOR: process.stdout.isTTY ? '1' : '',
    TEST_RING: `integration, ${place}`,
  });
  const server = await startWebServer({
    version,
    extensionDevelopmentPath: root,
    folder,
    tests: relative(root, tests).replaceAll('\\', '/'),
  });
  try {
    return (await runExtensionTests(server.url)) === 0;
  } finally {
    await server.stop();
    stop();
  }
}

async function runOn({ version, flags }: Run): Promise<boolean> {
  if (flags.includes('--serverless')) return runServerless(parseVersion(version));
  const [desktop, soak, web] = ['--desktop', '--soak', '--web'].map(flag => flags.includes(flag));
  const place = `VS Code ${version}${desktop ? ' Desktop' : web ? ' in the browser' : ''}`;
  console.log(`\nIntegration tests in ${place}`);
  const scratch = join(root, 'test-results', `integration-${version}${web ? '-web' : ''}`);
  const workspace = makeWorkspace(scratch);
  const userDataDir = join(scratch, 'user-data');
  if (desktop) {
    mkdirSync(join(userDataDir, 'User'), { recursive: true });
    writeFileSync(join(userDataDir, 'User', 'settings.json'), JSON.stringify(calmSettings));
  }
  const environment = {
    MOCHA_COLOR: process.stdout.isTTY ? '1' : '',
    ...(soak && { SOAK: '1' }),
    TEST_RING: `integration, VS Code ${version}${web ? ' in the browser' : ''}`,
  };
  const suites = web ? join(scratch, 'suites.js') : join(root, 'dist/test/index.js');
  const stop = web && (await serveSuites('web.ts', suites, environment));
  try {
    await runTests({
      ...(desktop ? { version } : { vscodeExecutablePath: join(__dirname, 'code.cjs') }),
      extensionDevelopmentPath: root,
      extensionTestsPath: suites,
      launchArgs: [
        workspace,
        `--user-data-dir=${userDataDir}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
        ...(web ? ['--web'] : []),
      ],
      extensionTestsEnv: { VSCODE_VERSION: version, ...environment },
    });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  } finally {
    if (stop) stop();
  }
}

async function main(args: readonly string[]): Promise<number> {
  const flags = args.filter(argument => argument.startsWith('--'));
  const named = args.filter(argument => !flags.includes(argument));
  const runs = named.length === 0 ? everyRun(flags) : named.map(version => ({ version, flags }));
  if (!flags.includes('--desktop')) for (const { version } of runs) parseVersion(version);
  const [only, ...more] = runs;
  const results = more.length === 0 ? [await runOn(only!)] : await runAtOnce(runs);
  return results.every(Boolean) ? 0 : 1;
}

function everyRun(flags: readonly string[]): Run[] {
  if (flags.length > 0) return [{ version: newest, flags }];
  const inNode = Object.keys(codeServer).map(version => ({ version, flags: [] }));
  return [...inNode, ...['--web', '--serverless'].map(flag => ({ version: newest, flags: [flag] }))];
}

/** Each in a process of its own: a suite mostly waits. The output of each comes in one piece. */
function runAtOnce(runs: readonly Run[]): Promise<boolean[]> {
  return Promise.all(
    runs.map(async ({ version, flags }) => {
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
