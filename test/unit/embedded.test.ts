import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fromBase64 } from '../../src/core/base64';
import { wasm } from '../../src/core/fast/wasm';
import { embedded } from '../wasm/compile';

const src = join(import.meta.dirname, '../../src');

for (const { path, text } of embedded) {
  test(`${relative(src, path)} embeds what it says`, async () => {
    assert.equal(readFileSync(path, 'utf8'), await text(), 'run `npm run build:wasm`');
  });
}

test('base64 decodes as Node decodes it, for every length of the last group', () => {
  for (const length of [0, 1, 2, 3, 4, 255, 256, 257]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 37 + 1);
    assert.deepEqual(fromBase64(Buffer.from(bytes).toString('base64').replace(/=+$/, '')), bytes);
  }
  assert.deepEqual(fromBase64(wasm), new Uint8Array(Buffer.from(wasm, 'base64')));
});
