import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecodedImage, Orientation } from '../../src/decode/image';
import { samplesOf } from '../../src/decode/samples';
import { inverse, turn } from '../../src/decode/turn';

function picture(channels: 1 | 2 | 3 | 4, values: number[], bitDepth: 8 | 16 = 8): DecodedImage {
  const data = bitDepth === 16 ? Uint16Array.from(values) : Uint8Array.from(values);
  return { width: values.length / channels, height: 1, channels, bitDepth, data, format: 'png', orientation: 1 };
}

test("grey is OpenCV's formula, alpha ignored", () => {
  // (9797·R + 19234·G + 3737·B) >> 15
  assert.deepEqual(
    [...samplesOf(picture(3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]), 'grey').data],
    [76, 149, 29, 255],
  );
  assert.deepEqual([...samplesOf(picture(4, [10, 20, 30, 0]), 'grey').data], [(97970 + 384680 + 112110) >> 15]);
  assert.deepEqual([...samplesOf(picture(2, [7, 0, 9, 255]), 'grey').data], [7, 9]);
  assert.deepEqual([...samplesOf(picture(3, [65535, 65535, 65535, 1, 1, 1], 16), 'grey').data], [65535, 1]);
});

test('grey of a JPEG is its luma plane', () => {
  const luma = Uint8Array.of(3, 4);
  const image = { ...picture(3, [1, 2, 3, 4, 5, 6]), format: 'jpeg', luma } as const;
  assert.equal(samplesOf(image, 'grey').data, luma);
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
  test(`orientation ${orientation} and back`, () => {
    const luma = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const data = Uint8Array.from({ length: 18 }, (_, i) => luma[Math.floor(i / 3)]! * 10 + (i % 3));
    const stored: DecodedImage = { ...picture(3, [1, 2, 3]), width: 2, height: 3, data, luma };
    const turned = turn(stored, orientation);
    assert.deepEqual([turned.width, turned.height], [width, 6 / width]);
    assert.deepEqual([...turned.luma!], values);
    assert.deepEqual(
      [...turned.data],
      values.flatMap(value => [value * 10, value * 10 + 1, value * 10 + 2]),
    );
    const back = turn(turned, inverse(orientation));
    assert.deepEqual([...back.data], [...data]);
    assert.deepEqual([back.width, back.height], [2, 3]);
  });
}

test('a grey picture and its luma stay one plane when turned', () => {
  const data = Uint8Array.of(1, 2, 3);
  const turned = turn({ ...picture(1, [1, 2, 3]), data, luma: data }, 6);
  assert.equal(turned.luma, turned.data);
  assert.deepEqual([...turned.data], [1, 2, 3]);
  assert.deepEqual([turned.width, turned.height], [1, 3]);
});
