/**
 * `npm start [-- FOLDER]`: builds, and opens the embedded VS Code on FOLDER or on samples with the extension in it.
 * `npm start -- --web [FOLDER]`: the same as on vscode.dev, with no server behind it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { code } from './code';
import { endWithParent } from './parent';
import { serve } from './serve';
import { parseVersion } from './versions';
import { startWebServer } from './web/server';

const root = resolve(__dirname, '../..');

async function start(args: readonly string[]): Promise<number> {
  const build = spawnSync(process.execPath, [resolve(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) {
    return 1;
  }
  const namesFolder = args.some(argument => !argument.startsWith('-'));
  const folder = namesFolder ? [] : [samples()];
  console.log('Right-click a picture in the explorer and choose Preview Pooling.');
  if (!namesFolder) console.log('lenet.py and pooling.ipynb have poolings: click what stands over them.');
  const all = [...args, ...folder];
  return args.includes('--web') ? startWeb(all) : code([...all, `--extensionDevelopmentPath=${root}`]);
}

async function startWeb(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { web: { type: 'boolean' }, locale: { type: 'string' } },
    allowPositionals: true,
  });
  const server = await startWebServer({
    version: parseVersion(process.env['VSCODE_VERSION']),
    extensionDevelopmentPath: root,
    folder: resolve(positionals[0]!),
    locale: values.locale,
  });
  console.log('What is saved is kept in the window only.');
  return serve(server.url).finally(() => server.stop());
}

/**
 * A copy of the sample pictures, and of code with poolings, to play with: what is saved beside them is not saved into the
 * project.
 */
function samples(): string {
  const copy = resolve(root, '.vscode-test/samples');
  for (const part of ['media/samples', 'test/samples/code']) cpSync(resolve(root, part), copy, { recursive: true });
  return copy;
}

endWithParent();
void start(process.argv.slice(2)).then(process.exit);
