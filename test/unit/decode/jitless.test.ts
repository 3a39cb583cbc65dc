// Where WebAssembly cannot run, as in a VS Code hardened with --jitless: PNG all the same, JPEG nearly, both with plain code.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type DecodedImage, decodeImage } from '../../../src/decode/decode';
import { ImageEngine } from '../../../src/engine/imageEngine';
import { chunk, everyPng, headerChunk, png, pngChunks } from '../../golden/pictures/png';
import { base } from '../../options';

const kept = globalThis.WebAssembly;
const jpegs = join(import.meta.dirname, '../../golden/pictures/jpeg');
const files = [
  ...everyPng().map(({ name, spec }) => ({ name, bytes: png(pngChunks(spec)) })),
  ...['baseline-1x1', 'baseline-2x2', 'progressive', 'grey', 'rgb', 'cmyk', 'orientation-6'].map(name => ({
    name,
    bytes: readFileSync(join(jpegs, `${name}.jpg`)),
  })),
];
const expected = new Map<string, DecodedImage & { readonly greys: Uint8Array | Uint16Array }>();

before(async () => {
  for (const { name, bytes } of files) {
    const image = await decodeImage(bytes);
    expected.set(name, { ...image, greys: image.grey() });
  }
  Reflect.deleteProperty(globalThis, 'WebAssembly');
});
after(() => Object.assign(globalThis, { WebAssembly: kept }));

/** Levels by which jpeg-js may be off: colours that are stored with half the samples it repeats, libjpeg smooths them. */
const tolerances: Readonly<Record<string, number>> = { 'baseline-2x2': 150, progressive: 150, 'orientation-6': 150 };

for (const { name, bytes } of files) {
  test(`without WebAssembly: ${name}`, async () => {
    const image = await decodeImage(bytes);
    const { data, greys, width, height, channels } = expected.get(name)!;
    assert.deepEqual([image.width, image.height, image.channels], [width, height, channels]);
    if (image.format === 'png') {
      assert.deepEqual(image.data, data);
      assert.deepEqual(image.grey(), greys);
      return;
    }
    assert.deepEqual(
      image.notes.map(({ code }) => code),
      ['nearPixels'],
    );
    const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(b).reduce((most, value, i) => Math.max(most, Math.abs(value - a[i]!)), 0);
    assert.ok(farthest(image.data, data) <= (tolerances[name] ?? 3), `colour off by ${farthest(image.data, data)}`);
    assert.ok(
      farthest(image.grey(), greys) <= (name === 'cmyk' ? 3 : 40),
      `grey off by ${farthest(image.grey(), greys)}`,
    );
  });
}

test('without WebAssembly: an unknown filter is refused', async () => {
  const { deflateSync } = await import('node:zlib');
  const file = png([headerChunk(1, 1), chunk('IDAT', deflateSync(Buffer.of(5, 0))), chunk('IEND')]);
  await assert.rejects(decodeImage(file), { code: 'damagedPixels' });
});

test('without WebAssembly: a picture opens, and is pooled by the plain core', async () => {
  const engine = new ImageEngine();
  const { width, height } = await engine.decode(readFileSync(join(jpegs, 'baseline-2x2.jpg')), { maxPixels: 1e6 });
  const region = { x: 0, y: 0, width: 20, height: 14, columns: 20, rows: 14 };
  const { tiles } = engine.render({
    view: { mode: 'colour', orient: true },
    options: base,
    regions: { max: region },
  });
  assert.deepEqual([width, height, tiles[0]?.data.length], [41, 29, 20 * 14 * 3]);
});
