// JPEG pixels against libjpeg-turbo's, read through OpenCV: golden/pictures/pictures.py made the files and the pixels.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { decodeImage } from '../../../src/decode/decode';
import { readOrientation } from '../../../src/decode/exif';
import { asRgb } from './opencvPixels';

const folder = join(__dirname, '../../golden/pictures');
const truth = gunzipSync(readFileSync(join(folder, 'jpeg.bin.gz')));
const names = readdirSync(join(folder, 'jpeg')).sort();

let at = 0;
for (const name of names) {
  const width = truth.readUInt16BE(at);
  const height = truth.readUInt16BE(at + 2);
  const rgb = truth.subarray(at + 4, at + 4 + width * height * 3);
  const grey = truth.subarray(at + 4 + width * height * 3, at + 4 + width * height * 4);
  at += 4 + width * height * 4;
  const bytes = readFileSync(join(folder, 'jpeg', name));
  if (name === 'arithmetic.jpg') {
    test('arithmetic coding is refused by name', () => assert.rejects(decodeImage(bytes), { code: 'arithmetic' }));
    continue;
  }
  test(`libjpeg's pixels: ${name}`, async () => {
    const image = await decodeImage(bytes);
    assert.deepEqual([image.width, image.height, image.bitDepth, image.format], [width, height, 8, 'jpeg']);
    assert.equal(image.channels, name.startsWith('grey') ? 1 : 3);
    assert.equal(image.data.length, width * height * image.channels);
    assert.deepEqual(asRgb(image), new Uint8Array(rgb));
    assert.deepEqual(Uint8Array.from(image.grey()), new Uint8Array(grey));
    assert.deepEqual(image.notes, []);
  });
}

test('the truth was read to its end', () => assert.equal(at, truth.length));

test('orientation is reported, and applied only when asked', async () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const bytes = readFileSync(join(folder, 'jpeg', `orientation-${orientation}.jpg`));
    const turned = await decodeImage(bytes);
    const stored = await decodeImage(bytes, {}, { orient: false });
    assert.equal(turned.orientation, orientation);
    assert.equal(stored.orientation, orientation);
    assert.deepEqual([stored.width, stored.height], [5, 40]);
    assert.deepEqual([turned.width, turned.height], orientation < 5 ? [5, 40] : [40, 5]);
  }
});

test('broken EXIF data means upright, whatever is broken', () => {
  const good = Buffer.from('49492a000800000001001201030001000000060000000000', 'hex');
  assert.equal(readOrientation(good), 6);
  for (let length = 0; length < 20; length++) assert.equal(readOrientation(good.subarray(0, length)), 1);
  const broken = (offset: number, value: number) => {
    const bytes = Buffer.from(good);
    bytes[offset] = value;
    return readOrientation(bytes);
  };
  assert.equal(broken(0, 0x4a), 1); // byte order
  assert.equal(broken(2, 43), 1); // TIFF's number
  assert.equal(broken(7, 0xff), 1); // directory far outside
  assert.equal(broken(12, 4), 6); // 32 bits: OpenCV turns it all the same
  assert.equal(broken(14, 2), 6); // two values: the first
  assert.equal(broken(18, 0), 1); // no such orientation
  assert.equal(broken(18, 9), 1);
  assert.equal(broken(9, 0xff), 6); // more entries claimed than there are
});
