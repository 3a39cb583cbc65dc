import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromBase64 } from '../../src/core/fast/kernels';
import { wasm } from '../../src/core/fast/wasm';
import { embeddedPath, embedKernels } from '../wasm/compile';

test('the embedded kernels are what their source compiles to', async () => {
  assert.equal(readFileSync(embeddedPath, 'utf8'), await embedKernels(), 'run `npm run build:wasm`');
});

test('base64 decodes as Node decodes it, for every length of the last group', () => {
  for (const length of [0, 1, 2, 3, 4, 255, 256, 257]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 37 + 1);
    assert.deepEqual(fromBase64(Buffer.from(bytes).toString('base64').replace(/=+$/, '')), bytes);
  }
  assert.deepEqual(fromBase64(wasm), new Uint8Array(Buffer.from(wasm, 'base64')));
});
