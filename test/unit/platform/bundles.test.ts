import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { test } from 'node:test';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import * as bundles from '../../../build/bundles.mjs';

async function contents(options: BuildOptions): Promise<Metafile['outputs']> {
  const { metafile } = await build({ ...options, write: false, metafile: true, logLevel: 'silent' });
  return metafile.outputs;
}

/** The modules that a bundle finds outside of it. */
const outside = ({ imports }: Metafile['outputs'][string]) => [
  ...new Set(imports.filter(({ external }) => external).map(({ path }) => path)),
];

const isOfNode = (name: string) => builtinModules.includes(name.replace('node:', ''));
const [own, other] = ['src/platform/web.ts', 'src/platform/node.ts'];

test('what runs in Node holds the platform of Node, and the parser of Python stands beside it', async () => {
  const outputs = await contents(bundles.extension);
  for (const [path, output] of Object.entries(outputs)) {
    assert.ok(!(own in output.inputs));
    const found = outside(output).filter(name => !isOfNode(name));
    assert.deepEqual(found, path === 'dist/extension.js' ? ['vscode', './python.js'] : [], path);
  }
});

test('what runs in browsers needs nothing but VS Code', async () => {
  for (const options of [bundles.webExtension, bundles.webPlatform, bundles.page]) {
    for (const [path, output] of Object.entries(await contents(options))) {
      assert.ok(!(other in output.inputs));
      assert.deepEqual(outside(output), path === 'dist/web/extension.js' ? ['vscode'] : [], path);
    }
  }
});

test('the engine is one for both: its platform is outside', async () => {
  for (const output of Object.values(await contents(bundles.engine))) {
    assert.ok(!(own in output.inputs) && !(other in output.inputs));
    assert.deepEqual(outside(output), ['./platform.js']);
  }
});

test('whoever bundles the API gets the platform that it is for', async () => {
  for (const platform of ['node', 'browser'] as const) {
    const outputs = await contents({ entryPoints: ['src/api.ts'], outdir: 'out', bundle: true, platform });
    for (const output of Object.values(outputs)) {
      assert.equal(own in output.inputs, platform === 'browser');
      assert.equal(other in output.inputs, platform === 'node');
      assert.ok(outside(output).every(isOfNode));
      assert.equal(outside(output).length > 0, platform === 'node');
    }
  }
});
