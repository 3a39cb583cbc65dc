import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Picture } from '../../../src/core/tensor';
import type { DecodedImage, Orientation } from '../../../src/decode/image';
import { orient } from '../../../src/decode/orient';
import { weighGrey } from '../../../src/decode/png/grey';
import { pictureTensor, samplesOf } from '../../../src/decode/samples';

function picture(channels: 1 | 2 | 3 | 4, values: number[], bitDepth: 8 | 16 = 8): DecodedImage {
  const data = bitDepth === 16 ? Uint16Array.from(values) : Uint8Array.from(values);
  const about = { bitDepth, format: 'png', orientation: 1, notes: [], grey: () => data } as const;
  return { width: values.length / channels, height: 1, channels, data, ...about };
}

test("grey is OpenCV's formula, alpha ignored", () => {
  // (9797·R + 19234·G + 3737·B) >> 15
  const pure = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
  assert.deepEqual([...weighGrey(pure, 3, {})], [76, 149, 29, 255]);
  assert.deepEqual([...weighGrey(Uint8Array.of(10, 20, 30, 0), 4, {})], [(97970 + 384680 + 112110) >> 15]);
  assert.deepEqual([...weighGrey(Uint16Array.of(65535, 65535, 65535, 1, 1, 1), 3, {})], [65535, 1]);
});

test('a picture of one mode shares what it can with the others', () => {
  const grey = Uint8Array.of(3, 4);
  const image = { ...picture(3, [1, 2, 3, 4, 5, 6]), grey: () => grey };
  assert.equal(samplesOf(image, 'grey').data, grey);
  assert.deepEqual(pictureTensor(image, 'grey').shape, [1, 1, 1, 2]);
  assert.equal(pictureTensor(image, 'colour').data, image.data);
  // No screen shows grey with alpha as it is.
  assert.deepEqual(pictureTensor({ ...picture(2, [1, 2, 3, 4]), grey: () => grey }, 'alpha').shape, [1, 1, 1, 2]);
});

test('colour leaves alpha out, alpha keeps every channel', () => {
  assert.deepEqual([...samplesOf(picture(4, [1, 2, 3, 4, 5, 6, 7, 8]), 'colour').data], [1, 2, 3, 5, 6, 7]);
  assert.deepEqual([...samplesOf(picture(2, [1, 2, 3, 4]), 'colour').data], [1, 3]);
  const rgb = picture(3, [1, 2, 3]);
  assert.equal(samplesOf(rgb, 'colour').data, rgb.data);
  assert.equal(samplesOf(picture(4, [1, 2, 3, 4]), 'alpha').channels, 4);
});

// EXIF's eight orientations of the stored 2 × 3 picture
//   1 2
//   3 4
//   5 6
const expected: readonly (readonly [Orientation, number, number[]])[] = [
  [1, 2, [1, 2, 3, 4, 5, 6]],
  [2, 2, [2, 1, 4, 3, 6, 5]],
  [3, 2, [6, 5, 4, 3, 2, 1]],
  [4, 2, [5, 6, 3, 4, 1, 2]],
  [5, 3, [1, 3, 5, 2, 4, 6]],
  [6, 3, [5, 3, 1, 6, 4, 2]],
  [7, 3, [6, 4, 2, 5, 3, 1]],
  [8, 3, [2, 4, 6, 1, 3, 5]],
];

for (const [orientation, width, values] of expected) {
  test(`orientation ${orientation}`, () => {
    const data = Uint8Array.from({ length: 18 }, (_, i) => (Math.floor(i / 3) + 1) * 10 + (i % 3));
    const stored: Picture = { channels: 3, width: 2, height: 3, data };
    const turned = orient(stored, orientation);
    assert.deepEqual([turned.width, turned.height], [width, 6 / width]);
    assert.deepEqual(
      [...turned.data],
      values.flatMap(value => [value * 10, value * 10 + 1, value * 10 + 2]),
    );
  });
}
