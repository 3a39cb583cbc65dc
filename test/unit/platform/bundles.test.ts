import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build } from 'esbuild';

for (const [platform, own, other] of [
  ['node', 'src/platform/node.ts', 'src/platform/web.ts'],
  ['browser', 'src/platform/web.ts', 'src/platform/node.ts'],
] as const) {
  test(`a bundle for ${platform} holds its platform and not the other`, async () => {
    const { metafile } = await build({
      entryPoints: ['src/engine/worker.ts', 'src/api.ts'],
      outdir: 'out',
      bundle: true,
      write: false,
      metafile: true,
      platform,
      logLevel: 'silent',
    });
    for (const { inputs, imports } of Object.values(metafile.outputs)) {
      assert.ok(own in inputs);
      assert.ok(!(other in inputs));
      // Node's modules; what stays outside of a bundle for browsers would be missing there.
      assert.equal(
        imports.some(({ external }) => external),
        platform === 'node',
      );
    }
  });
}
