import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Region } from '../../../src/core/region';
import { clipRegion, resample } from '../../../src/engine/resample';
import { integers } from '../../random';
import { areaAverages, type Samples } from './areaAverages';

function sampleRegion({ width, height, channels, data }: Samples, region: Region): Uint8Array {
  const shift = data instanceof Uint16Array ? 8 : 0;
  return resample({ width, height, channels, shift, rowsAt: y => ({ data, from: y * width * channels }) }, region);
}

function surface(width: number, height: number, channels: 1 | 3 | 4, seed = 1): Samples {
  const below = integers(seed);
  const data = Uint8Array.from({ length: width * height * channels }, () => below(256));
  return { width, height, channels, data };
}

test('as many samples as pixels are the pixels themselves', () => {
  const picture = surface(7, 5, 3);
  const bytes = sampleRegion(picture, { x: 2, y: 1, width: 4, height: 3, columns: 4, rows: 3 });
  const expected: number[] = [];
  for (let y = 1; y < 4; y++) for (let i = 2 * 3; i < 6 * 3; i++) expected.push(picture.data[y * 21 + i]!);
  assert.deepEqual([...bytes], expected);
});

test('a tile owns a buffer of exactly its size, so that nothing else travels with it', () => {
  for (const [columns, rows] of [
    [4, 3],
    [2, 2],
  ] as const) {
    const bytes = sampleRegion(surface(7, 5, 3), { x: 2, y: 1, width: 4, height: 3, columns, rows });
    assert.equal(bytes.byteLength, columns * rows * 3);
    assert.equal(bytes.buffer.byteLength, bytes.byteLength);
  }
});

test('fewer samples are averages over the area that each covers', () => {
  for (const channels of [1, 3, 4] as const) {
    for (const [width, height, columns, rows] of [
      [8, 6, 4, 3],
      [11, 7, 4, 3],
      [13, 5, 12, 5],
      [9, 9, 1, 1],
      [17, 3, 16, 2],
    ] as const) {
      const picture = surface(width + 3, height + 2, channels, width * 31 + channels);
      const region = { x: 3, y: 1, width, height, columns, rows };
      const bytes = sampleRegion(picture, region);
      const exact = areaAverages(picture, region);
      for (const [i, value] of exact.entries()) {
        assert.ok(
          Math.abs(bytes[i]! - value) <= 0.5 + 1e-9,
          `${width}×${height} → ${columns}×${rows}: ${bytes[i]} for ${value}`,
        );
      }
    }
  }
});

test('averages of white stay white', () => {
  const white: Samples = { width: 97, height: 89, channels: 1, data: new Uint8Array(97 * 89).fill(255) };
  for (let columns = 1; columns <= 97; columns++) {
    const bytes = sampleRegion(white, { x: 0, y: 0, width: 97, height: 89, columns, rows: Math.min(columns, 89) });
    assert.ok(
      bytes.every(byte => byte === 255),
      `${columns} columns`,
    );
  }
});

test('16-bit samples are scaled to 8 bits, exact and averaged', () => {
  const data = Uint16Array.of(0, 255, 256, 65535);
  const wide: Samples = { width: 4, height: 1, channels: 1, data };
  assert.deepEqual([...sampleRegion(wide, { x: 0, y: 0, width: 4, height: 1, columns: 4, rows: 1 })], [0, 0, 1, 255]);
  assert.deepEqual([...sampleRegion(wide, { x: 0, y: 0, width: 4, height: 1, columns: 2, rows: 1 })], [0, 128]);
  const white: Samples = { ...wide, data: new Uint16Array(4).fill(65535) };
  assert.deepEqual([...sampleRegion(white, { x: 0, y: 0, width: 4, height: 1, columns: 3, rows: 1 })], [255, 255, 255]);
});

test('a region that sticks out is cut to the picture at the same density', () => {
  const size = { width: 100, height: 50 };
  const region = { x: 80, y: 10, width: 40, height: 40, columns: 20, rows: 20 };
  assert.deepEqual(clipRegion(region, size), { x: 80, y: 10, width: 20, height: 40, columns: 10, rows: 20 });
  assert.equal(clipRegion({ ...region, x: 100 }, size), undefined);
  const inside = { x: 0, y: 0, width: 100, height: 50, columns: 7, rows: 5 };
  assert.equal(clipRegion(inside, size), inside);
});
