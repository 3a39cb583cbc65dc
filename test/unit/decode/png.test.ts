// PNG pixels against libpng's (read through OpenCV, as checksums in golden/pictures/png.json) and against the samples that
// the test's own encoder stored.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { decodeImage } from '../../../src/decode/decode';
import { samplesOf } from '../../../src/decode/samples';
import { chunk, everyPng, headerChunk, type PngSpec, png, pngChunks, signature } from '../../golden/pictures/png';
import { asRgb, checksum, pick } from './opencvPixels';

interface Truth {
  readonly rgb: number;
  readonly grey: number;
  readonly alpha?: number;
}

const truth = JSON.parse(readFileSync(join(__dirname, '../../golden/pictures/png.json'), 'utf8')) as Record<
  string,
  Truth
>;
const pictures = everyPng();

for (const { name, spec } of pictures) {
  test(`libpng's pixels: ${name}`, async () => {
    const expected = truth[name]!;
    const image = await decodeImage(png(pngChunks(spec)));
    const bare = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }[spec.colourType];
    assert.deepEqual(
      [image.width, image.height, image.channels, image.bitDepth, image.format, image.orientation],
      [spec.width, spec.height, bare + (spec.transparency ? 1 : 0), spec.depth === 16 ? 16 : 8, 'png', 1],
    );
    assert.equal(image.data.length, image.width * image.height * image.channels);
    assert.equal(checksum(asRgb(image)), expected.rgb);
    assert.equal(checksum(samplesOf(image, 'grey').data), expected.grey);
    if (expected.alpha !== undefined) assert.equal(checksum(pick(image, [image.channels - 1])), expected.alpha);
  });
}

const small: PngSpec = {
  width: 3,
  height: 2,
  colourType: 0,
  depth: 8,
  interlaced: false,
  samples: [10, 20, 30, 40, 50, 60],
};

test('16-bit samples are kept to the last bit', async () => {
  const samples = [0, 1, 255, 256, 65534, 65535];
  const image = await decodeImage(png(pngChunks({ ...small, depth: 16, samples })));
  assert.ok(image.data instanceof Uint16Array);
  assert.deepEqual([...image.data], samples);
});

test('pixels of the transparent colour keep their colour', async () => {
  const image = await decodeImage(png(pngChunks({ ...small, transparency: Uint8Array.of(0, 30) })));
  assert.deepEqual([...image.data], [10, 255, 20, 255, 30, 0, 40, 255, 50, 255, 60, 255]);
});

test('a palette index beyond the palette is black, as in libpng', async () => {
  const spec: PngSpec = {
    ...small,
    colourType: 3,
    samples: [0, 1, 2, 0, 1, 2],
    palette: Uint8Array.of(9, 8, 7, 6, 5, 4),
  };
  const image = await decodeImage(png(pngChunks(spec)));
  assert.deepEqual([...image.data.subarray(0, 9)], [9, 8, 7, 6, 5, 4, 0, 0, 0]);
});

test('of a palette longer than its indices reach the rest does not count, nor a transparency as long', async () => {
  const rows = deflateSync(Buffer.of(0, 0x01));
  const file = (alphas: number) =>
    png([
      headerChunk(2, 1, 4, 3),
      chunk('PLTE', Buffer.alloc(3 * 256, 7)),
      chunk('tRNS', Buffer.alloc(alphas, 9)),
      chunk('IDAT', rows),
      chunk('IEND'),
    ]);
  // As libpng has it: a tRNS chunk with more entries than the palette is none.
  assert.equal((await decodeImage(file(256))).channels, 3);
  assert.deepEqual([...(await decodeImage(file(16))).data], [7, 7, 7, 9, 7, 7, 7, 9]);
});

test('empty IDAT chunks are nothing, however many', async () => {
  const [header, ...rest] = pngChunks(small);
  const empty = Array<Buffer>(1000).fill(chunk('IDAT'));
  assert.deepEqual([...(await decodeImage(png([header!, ...empty, ...rest]))).data], small.samples);
  await assert.rejects(decodeImage(png([header!, ...empty, chunk('IEND')])), { code: 'truncated' });
});

test('what the specification lets a decoder pass over is passed over', async () => {
  const [header, first, second, end] = pngChunks(small) as [Buffer, Buffer, Buffer, Buffer];
  const rubbish = Buffer.from('bytes after the end\x89PNG');
  const file = png([
    header,
    chunk('gAMA', Buffer.from([0, 0, 177, 143])),
    chunk('PLTE', Buffer.alloc(7)),
    chunk('tRNS', Buffer.alloc(3)),
    chunk('puBl', Buffer.alloc(100)),
    first,
    chunk('IDAT'),
    second,
    chunk('tRNS', Buffer.from([0, 30])),
    end,
    rubbish,
  ]);
  assert.deepEqual([...(await decodeImage(file)).data], small.samples);
});

test('a view into a larger buffer decodes, and is not written to', async () => {
  const file = png(pngChunks(small));
  const larger = new Uint8Array(file.length + 7);
  larger.set(file, 5);
  const before = larger.slice();
  assert.deepEqual([...(await decodeImage(larger.subarray(5, 5 + file.length))).data], small.samples);
  assert.deepEqual(larger, before);
});

test('the picture of a long row of pixels, and of a column', async () => {
  for (const [width, height] of [
    [70000, 1],
    [1, 70000],
  ] as const) {
    const samples = Array.from({ length: 70000 }, (_, i) => i % 251);
    const image = await decodeImage(png(pngChunks({ ...small, width, height, samples })));
    assert.deepEqual([...image.data], samples);
  }
});

test('the pixels can be handed on to another thread, whatever their number', async () => {
  for (const width of [1, 3, 1000, 5000]) {
    for (const depth of [8, 16] as const) {
      const samples = Array.from({ length: width }, (_, i) => i % 256);
      const { data } = await decodeImage(png(pngChunks({ ...small, width, height: 1, depth, samples })));
      const moved = structuredClone(data, { transfer: [data.buffer] });
      assert.deepEqual([...moved], samples);
    }
  }
});

test('an eXIf chunk turns the picture, as it does for cv2.imread', async () => {
  const exif = chunk('eXIf', Buffer.from('4d4d002a000000080001011200030000000100060000', 'hex'));
  const [header, ...rest] = pngChunks(small);
  const turned = await decodeImage(png([header!, exif, ...rest]));
  assert.deepEqual([turned.width, turned.height, turned.orientation], [2, 3, 6]);
  assert.deepEqual([...turned.data], [40, 10, 50, 20, 60, 30]);
  const stored = await decodeImage(png([header!, exif, ...rest]), {}, { orient: false });
  assert.deepEqual([...stored.data], small.samples);
});

test('the size is refused before anything else is looked at, at the limit that is given', async () => {
  const limit = { maxPixels: 6 };
  assert.equal((await decodeImage(png(pngChunks(small)), limit)).width, 3);
  await assert.rejects(decodeImage(png(pngChunks(small)), { maxPixels: 5 }), {
    code: 'tooLarge',
    message: 'The picture has 3 × 2 = 1 megapixels, more than the limit of 0.000005.',
  });
  await assert.rejects(decodeImage(Buffer.concat([signature, headerChunk(60000, 60000)])), {
    code: 'tooLarge',
    message: 'The picture has 60000 × 60000 = 3600 megapixels, more than the limit of 100.',
  });
});
