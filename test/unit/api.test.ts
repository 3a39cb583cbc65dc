import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type * as Api from '../../src/api';
import { base } from '../options';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'api-'));
after(() => rmSync(folder, { recursive: true }));

test('the interface for outside checks bundles by itself, decodes and pools', async () => {
  const bundle = join(folder, 'api.cjs');
  execFileSync(process.execPath, [
    join(root, 'node_modules/esbuild/bin/esbuild'),
    '--bundle',
    '--platform=node',
    '--log-level=error',
    `--outfile=${bundle}`,
    join(root, 'src/api.ts'),
  ]);
  const api = createRequire(bundle)(bundle) as typeof Api;
  const image = await api.decodeImage(readFileSync(join(root, 'media/samples/mountain-gray.jpg')));
  const tensor = api.pictureTensor(image, 'colour');
  assert.deepEqual(tensor.shape, [1, 1, 700, 1024]);
  const { output, indices } = api.maxPool2d(tensor, { ...base, returnIndices: true });
  assert.deepEqual(output.shape, [1, 1, 350, 512]);
  assert.equal(indices?.length, 350 * 512);
  assert.deepEqual(api.avgPool2d(tensor, base).output.shape, [1, 1, 350, 512]);
  assert.deepEqual(api.pool(tensor, { ...base, operator: 'min' }).output.shape, [1, 1, 350, 512]);
  assert.deepEqual(
    api.findPoolingCalls('nn.MaxPool2d(2)').map(({ callee }) => callee),
    ['nn.MaxPool2d'],
  );
  await assert.rejects(api.decodeImage(new Uint8Array()), (error: Error) => error instanceof api.DecodeError);
});
