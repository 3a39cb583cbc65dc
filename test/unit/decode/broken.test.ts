// Files that are not pictures, or not whole ones: each gets its own sentence, never a wrong picture.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { DecodeError, decodeImage } from '../../../src/decode/decode';
import type { sentences } from '../../../src/decode/error';
import { chunk, filteredRows, headerChunk, type PngSpec, png, pngChunks, signature } from '../../golden/pictures/png';
import { manyScans } from '../../golden/pictures/scans';

function refuses(what: string, bytes: Uint8Array | string, code: keyof typeof sentences, message?: string): void {
  test(`refused: ${what}`, async () => {
    const file = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    const error = await decodeImage(file).then(
      () => assert.fail('decoded'),
      reason => reason,
    );
    assert.ok(error instanceof DecodeError, `${error.stack}`);
    assert.equal(error.code, code, `${error.message} ${error.cause}`);
    if (message) assert.equal(error.message, message);
    // Every value of the sentence is there, and the host can fill it in itself.
    assert.doesNotMatch(error.message, /undefined|[{}]/);
    const filled = error.template.replace(/\{(\w+)\}/g, (_, key) => String(error.values[key]));
    assert.equal(filled, error.message);
  });
}

// Not a PNG or JPEG at all.
refuses('an empty file', '', 'empty', 'The file is empty.');
refuses('English text', 'The quick brown fox.\n', 'text', 'This is a text file, not a picture.');
refuses('Korean text', Buffer.from('안녕하세요'), 'text');
refuses('UTF-16 text', Buffer.from('\ufeffhello', 'utf16le'), 'text');
refuses('long text cut inside a character', Buffer.from(`a${'é'.repeat(4000)}`), 'text');
refuses('a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n', 'lfsPointer');
refuses('an SVG', '<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>', 'otherFormat');
for (const svg of [
  '<svg/>',
  '<svg>',
  '\ufeff \n<SVG\n',
  '<?xml version="1.0"?><!-- > --><!-- --><!DOCTYPE svg PUBLIC ""><svg ',
]) {
  refuses(`an SVG that begins ${JSON.stringify(svg)}`, Buffer.from(svg), 'otherFormat');
}
for (const text of ['<svgx>', '<!-- <svg>', '<!-- --> x <svg>', '<?xml', '<', 'svg', '<html><svg>', '  ']) {
  refuses(`text that begins ${JSON.stringify(text)}`, text, 'text');
}
test('a text of nothing but comments is told as such', async () => {
  // A pattern that tries every way to split them would not come to an end.
  for (const text of ['<!-- -->'.repeat(600), '<!-- '.repeat(1000), '<?x> '.repeat(1000), '<!x'.repeat(1000)]) {
    await assert.rejects(decodeImage(Buffer.from(`${text}x`)), { code: 'text' });
  }
});
refuses('text that begins like a PPM', 'P6 is a mountain', 'text');
refuses('HTML', '<!DOCTYPE html><html>', 'text');
refuses('arbitrary bytes', '\x00\x01\x02\xfe\xff\x80', 'unknownFormat');
for (const [format, head] of [
  ['GIF', 'GIF89a\x01\0\x01\0'],
  ['WebP', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['AVIF', '\0\0\0\x20ftypavif\0\0\0\0'],
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0'],
  ['BMP', 'BM\x36\0\0\0\0\0\0\0'],
  ['TIFF', 'II*\0\x08\0\0\0'],
  ['TIFF', 'MM\0*\0\0\0\x08'],
  ['BigTIFF', 'II+\0\x08\0\0\0'],
  ['CUR', '\0\0\x02\0\x01\0'],
  ['PPM', 'P6\n# made by hand\n1 1\n255\n\0\0\0'],
  ['PGM', 'P2 1 1 255 0'],
  ['JPEG XL', '\xff\x0a\0\0'],
  ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
  ['ICO', '\0\0\x01\0\x01\0'],
  ['PDF', '%PDF-1.7\n'],
] as const) {
  refuses(
    format,
    head,
    'otherFormat',
    `The format of this file is ${format}. Only PNG and JPEG pictures can be opened.`,
  );
}

// PNG
const spec: PngSpec = {
  width: 5,
  height: 4,
  colourType: 2,
  depth: 8,
  interlaced: false,
  samples: Array.from({ length: 60 }, (_, i) => (i * 37) % 256),
};
const good = png(pngChunks(spec));
const [header, first, second, end] = pngChunks(spec) as [Buffer, Buffer, Buffer, Buffer];
const rows = filteredRows(spec);
const pixels = (data: Uint8Array) => png([header, chunk('IDAT', data), end]);

test('a PNG cut anywhere is truncated', async () => {
  for (let length = 1; length < good.length; length++) {
    await assert.rejects(decodeImage(good.subarray(0, length)), { code: 'truncated' }, `after ${length} bytes`);
  }
});
test('a PNG with any one bit turned is refused', async () => {
  for (let bit = 0; bit < good.length * 8; bit++) {
    const bytes = Buffer.from(good);
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    await assert.rejects(decodeImage(bytes), DecodeError, `bit ${bit}`);
  }
});
const broken = Buffer.from(second);
broken[10]! ^= 1;
refuses(
  'a PNG with a wrong checksum',
  png([header, first, broken, end]),
  'damagedChunk',
  'The PNG file is damaged: its IDAT chunk is wrong.',
);
refuses('a PNG whose first chunk is another', png([first, second, end]), 'missingChunk');
refuses('a PNG with a second header', png([header, header, first, second, end]), 'damagedChunk');
refuses('a PNG without pixels', png([header, end]), 'missingChunk', 'The PNG file is damaged: it has no IDAT chunk.');
refuses('a PNG with empty pixels', png([header, chunk('IDAT'), end]), 'truncated');
refuses('a PNG whose pixels are interrupted', png([header, first, chunk('tEXt'), second, end]), 'damagedChunk');
refuses('a PNG with an unknown critical chunk', png([header, chunk('NEWS'), first, second, end]), 'unsupported');
refuses('a PNG in Apple’s variant', png([chunk('CgBI', Buffer.alloc(4)), header, first, second, end]), 'unsupported');
refuses('a PNG chunk name of other letters', png([header, chunk('a\x01bc'), first, second, end]), 'damagedChunk');
refuses(
  'a palette PNG without palette',
  png([headerChunk(1, 1, 8, 3), chunk('IDAT', deflateSync(Buffer.alloc(2))), end]),
  'missingChunk',
);
for (const length of [0, 4, 771]) {
  const file = png([
    headerChunk(1, 1, 8, 3),
    chunk('PLTE', Buffer.alloc(length)),
    chunk('IDAT', deflateSync(Buffer.alloc(2))),
    end,
  ]);
  refuses(`a palette of ${length} bytes`, file, 'damagedChunk');
}
refuses('PNG rows that are missing', pixels(deflateSync(rows.subarray(0, -16))), 'truncated');
refuses('PNG rows that are one byte short', pixels(deflateSync(rows.subarray(0, -1))), 'truncated');
refuses('PNG pixels cut inside', pixels(deflateSync(rows).subarray(0, -8)), 'truncated');
refuses('PNG pixels that are no zlib stream', pixels(Buffer.from('rubbish')), 'damagedPixels');
refuses(
  'PNG pixels with a wrong sum',
  pixels(Buffer.concat([deflateSync(rows).subarray(0, -1), Buffer.of(1)])),
  'damagedPixels',
);
const unknownFilter = Buffer.from(rows);
unknownFilter[16] = 5;
refuses('an unknown PNG filter', pixels(deflateSync(unknownFilter)), 'damagedPixels');
for (const [what, ...numbers] of [
  ['no width', 0, 1],
  ['no height', 1, 0],
  ['a width beyond 31 bits', 0x8000_0000, 1],
  ['a depth of 3', 1, 1, 3],
  ['RGB of 4 bits', 1, 1, 4, 2],
  ['a palette of 16 bits', 1, 1, 16, 3],
  ['an unknown colour type', 1, 1, 8, 5],
  ['an unknown interlacing', 1, 1, 8, 0, 2],
] as const) {
  const file = png([
    headerChunk(...(numbers as unknown as [number, number])),
    chunk('IDAT', deflateSync(Buffer.alloc(2))),
    end,
  ]);
  refuses(`a PNG with ${what}`, file, 'damagedChunk');
}
refuses(
  'a PNG header of another length',
  png([chunk('IHDR', header.subarray(8, 20)), first, second, end]),
  'damagedChunk',
);
refuses('a 60000 × 60000 PNG', Buffer.concat([signature, headerChunk(60000, 60000)]), 'tooLarge');

// JPEG
const jpegs = join(__dirname, '../../golden/pictures/jpeg');
const read = (name: string) => readFileSync(join(jpegs, `${name}.jpg`));
const jpeg = read('baseline-2x2');

/** A JPEG's segments by marker, and what follows the last: the scan. */
function segments(bytes: Buffer): { marker: number; at: number; length: number }[] {
  const found = [];
  for (let at = 2; ; ) {
    const marker = bytes[at + 1]!;
    const length = bytes.readUInt16BE(at + 2);
    found.push({ marker, at, length });
    if (marker === 0xda) return found;
    at += 2 + length;
  }
}
function without(bytes: Buffer, marker: number): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  const all = segments(bytes);
  for (const segment of all) {
    if (segment.marker !== marker) kept.push(bytes.subarray(segment.at, segment.at + 2 + segment.length));
  }
  const last = all.at(-1)!;
  return Buffer.concat([...kept, bytes.subarray(last.at + 2 + last.length)]);
}
function patched(bytes: Buffer, marker: number, offset: number, ...values: number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(values, segments(bytes).find(segment => segment.marker === marker)!.at + offset);
  return copy;
}
const dht = 0xc4;
const sof = 0xc0;
const sos = 0xda;
const dqt = 0xdb;

/** What becomes of a file: its refusal's code, or the codes of its notes. */
async function outcomeOf(bytes: Uint8Array, width: number, height: number): Promise<string> {
  try {
    const image = await decodeImage(bytes);
    assert.deepEqual([image.width, image.height, image.grey().length], [width, height, width * height]);
    return `shown ${image.notes.map(({ code }) => code)}`;
  } catch (error) {
    assert.ok(error instanceof DecodeError, `${error}`);
    return error.code;
  }
}

test('a JPEG cut in its tables is truncated, one cut in its pixels is shown with a note', async () => {
  for (const name of ['baseline-2x2', 'progressive', 'restart-blocks', 'separate-scans', 'cmyk']) {
    const whole = read(name);
    const { width, height } = await decodeImage(whole);
    const firstScan = whole.indexOf(Buffer.of(0xff, 0xda));
    for (let length = 1; length < whole.length - 3; length++) {
      const outcome = await outcomeOf(whole.subarray(0, length), width, height);
      // A scan is a scan once its header is there.
      const inTables = length < firstScan + 2 + whole.readUInt16BE(firstScan + 2);
      // Between scans there are tables too, which OpenCV gives up at as well.
      if (outcome === 'truncated' && (name === 'progressive' || name === 'separate-scans')) continue;
      assert.equal(outcome, inTables ? 'truncated' : 'shown cutScan', `${name} after ${length} bytes`);
    }
    assert.equal(await outcomeOf(whole, width, height), 'shown ', name);
  }
});
test('a JPEG cut but with an end marker put behind is shown with a note', async () => {
  for (const name of ['baseline-2x2', 'restart-blocks']) {
    const whole = read(name);
    const { width, height } = await decodeImage(whole);
    const { at, length } = segments(whole).at(-1)!;
    for (let cut = at + 2 + length; cut < whole.length - 4; cut++) {
      // Inside a two-byte sequence the FF would pair with the new marker.
      if (whole[cut - 1] === 0xff) continue;
      const file = Buffer.concat([whole.subarray(0, cut), Buffer.of(0xff, 0xd9)]);
      assert.equal(await outcomeOf(file, width, height), 'shown disturbedScan', `${name} after ${cut} bytes`);
    }
  }
});
refuses('a JPEG without frame', without(jpeg, sof), 'missingMarker', 'The JPEG file is damaged: it has no SOF marker.');
refuses(
  'a JPEG without scan',
  Buffer.concat([jpeg.subarray(0, segments(jpeg).at(-1)!.at), Buffer.of(0xff, 0xd9)]),
  'missingMarker',
);
test('a sequential JPEG without Huffman tables means the standard ones', async () => {
  const bare = without(jpeg, dht);
  assert.ok(bare.length < jpeg.length - 400);
  assert.deepEqual((await decodeImage(bare)).data, (await decodeImage(jpeg)).data);
});
refuses(
  'a progressive JPEG without Huffman tables',
  without(read('progressive'), dht),
  'missingTable',
  'The JPEG file is damaged: its Huffman DC 0 table is missing.',
);
refuses('a Huffman table that is neither there nor standard', patched(jpeg, sos, 6, 0x22), 'missingTable');
refuses(
  'a JPEG without quantization tables',
  without(jpeg, dqt),
  'missingTable',
  'The JPEG file is damaged: its quantization table is missing.',
);
refuses(
  'a 12-bit JPEG',
  patched(jpeg, sof, 4, 12),
  'precision',
  'This JPEG has 12 bits per sample. Only 8-bit JPEG pictures can be opened.',
);
refuses('an arithmetic JPEG', patched(jpeg, sof, 1, 0xc9), 'arithmetic');
refuses('a progressive arithmetic JPEG', patched(jpeg, sof, 1, 0xca), 'arithmetic');
refuses('a lossless JPEG', patched(jpeg, sof, 1, 0xc3), 'lossless');
refuses('a JPEG-LS', patched(jpeg, sof, 1, 0xf7), 'lossless');
refuses('a hierarchical JPEG', patched(jpeg, sof, 1, 0xc5), 'lossless');
refuses('a JPEG without height', patched(jpeg, sof, 5, 0, 0), 'unsupported');
refuses(
  'a JPEG without width',
  patched(jpeg, sof, 7, 0, 0),
  'damagedMarker',
  'The JPEG file is damaged: its SOF marker is wrong.',
);
refuses('a 60000 × 60000 JPEG', patched(jpeg, sof, 5, 0xea, 0x60, 0xea, 0x60), 'tooLarge');
refuses('a JPEG that claims 9000 × 9000', patched(jpeg, sof, 5, 0x23, 0x28, 0x23, 0x28), 'truncated');
refuses('a JPEG sampled 5 times', patched(jpeg, sof, 11, 0x51), 'damagedMarker');
refuses('a JPEG sampled 0 times', patched(jpeg, sof, 11, 0x01), 'damagedMarker');
refuses('a JPEG sampled 3 to 2', patched(jpeg, sof, 11, 0x31, 0, 2, 0x21), 'unsupported');
refuses('a JPEG with one name for two components', patched(jpeg, sof, 13, 1), 'damagedMarker');
refuses('a scan of a component that is not there', patched(jpeg, sos, 5, 9), 'damagedMarker');
refuses('a scan with one component twice', patched(jpeg, sos, 7, 1), 'damagedMarker');
refuses(
  'a Huffman table with too many codes',
  patched(jpeg, dht, 5, 3),
  'damagedMarker',
  'The JPEG file is damaged: its DHT marker is wrong.',
);
refuses('a quantization table of unknown width', patched(jpeg, dqt, 4, 0x20), 'damagedMarker');
refuses('a segment that runs past the end', patched(jpeg, dqt, 2, 0xff, 0xff), 'truncated');
refuses('a segment of no length', patched(jpeg, dqt, 2, 0, 1), 'damagedMarker');
refuses(
  'a JPEG of two components',
  '\xff\xd8\xff\xc0\0\x0e\x08\0\x01\0\x01\x02\x01\x11\0\x02\x11\0\xff\xd9',
  'unsupported',
);
refuses('a JPEG signature and nothing else', '\xff\xd8\xff', 'truncated');

const progressive = read('progressive');
const scans = [...progressive.toString('latin1').matchAll(/\xff\xda/g)].map(match => match.index);
test('a progressive JPEG that ends after its first scan is shown, coarse as it is', async () => {
  const { width, height } = await decodeImage(progressive);
  const first = Buffer.concat([progressive.subarray(0, scans[1]), Buffer.of(0xff, 0xd9)]);
  assert.equal(await outcomeOf(first, width, height), 'shown ');
  assert.equal(await outcomeOf(progressive.subarray(0, scans[1]), width, height), 'shown cutScan');
});
test('a scan sent 400 times is refused at once', async () => {
  // One AC scan of a large frame that holds next to nothing: few bytes, much work.
  const { message, code } = (await decodeImage(manyScans(3000, 3000, 400)).catch(error => error)) as DecodeError;
  assert.equal(code, 'tooManyScans', message);
});

test('more scans than could ever make sense are refused, however small the picture', async () => {
  await assert.rejects(decodeImage(manyScans(8, 8, 5000)), {
    code: 'tooManyScans',
    message: 'The JPEG file has 1001 scans, far more than a picture of its size needs.',
  });
});

test('the same scan a few times is only slow work, and decodes', async () => {
  const image = await decodeImage(manyScans(300, 200, 400));
  assert.deepEqual([image.width, image.height, image.channels], [300, 200, 1]);
  assert.ok(image.data.every(value => value === 128));
});

/** A grey JPEG of two blocks; one DC symbol and one AC symbol, each with code 0, and all further bits as given. */
function twoBlocks(dcSymbol: number, acSymbol: number, bits: string): Buffer {
  const table = (spec: number, symbol: number) => Buffer.of(0xff, 0xc4, 0, 20, spec, 1, ...Array(15).fill(0), symbol);
  const data = Buffer.from(
    bits
      .padEnd(Math.ceil(bits.length / 8) * 8, '1')
      .match(/.{8}/g)!
      .map(byte => Number.parseInt(byte, 2)),
  );
  return Buffer.concat([
    Buffer.of(0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, ...Array(64).fill(16)),
    Buffer.of(0xff, 0xc0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0),
    table(0x00, dcSymbol),
    table(0x10, acSymbol),
    Buffer.of(0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0),
    data,
    Buffer.of(0xff, 0xd9),
  ]);
}

test('the smallest of JPEGs decodes', async () => {
  const image = await decodeImage(twoBlocks(5, 0, '0' + '10000' + '0' + '0' + '01111' + '0'));
  // 16 · 16 / 8 above the middle grey, then 16 less.
  assert.deepEqual([...image.data.subarray(0, 16)], [...Array(8).fill(160), ...Array(8).fill(128)]);
});
test('a grey picture one pixel wide may hold any value', async () => {
  // 128 + 16 / 8 · d for every difference d of 5 bits: whatever marks a row that was not written, no value is mistaken for it.
  for (let difference = -31; difference <= 31; difference++) {
    if (Math.abs(difference) < 16) continue;
    const bits = (difference < 0 ? difference + 31 : difference).toString(2).padStart(5, '0');
    const narrow = patched(twoBlocks(5, 0, `0${bits}0`), sof, 7, 0, 1);
    assert.deepEqual([...(await decodeImage(narrow)).data], Array(8).fill(128 + 2 * difference));
  }
});

test('what does not fit WebAssembly’s memory is no damage', async () => {
  const claimed = Buffer.concat([read('progressive-restart-1x1'), Buffer.alloc(1 << 20)]);
  const frame = claimed.indexOf(Buffer.of(0xff, 0xc2));
  claimed.writeUInt16BE(7600, frame + 5);
  claimed.writeUInt16BE(65500, frame + 7);
  await assert.rejects(decodeImage(claimed, { maxPixels: 500_000_000 }), { code: 'outOfMemory' });
});

for (const [what, file] of [
  ['brightness that adds up beyond all bounds', twoBlocks(8, 0, `${'0111111100'.repeat(2)}${'01'.repeat(16)}`)],
  ['a frequency stronger than any picture has', twoBlocks(0, 0x0a, `00${'1'.repeat(10)}`.repeat(130))],
  ['more frequencies than a block has', twoBlocks(0, 0xe1, '0'.repeat(80))],
] as const) {
  test(`${what} does no harm: libjpeg makes something of it`, async () => {
    assert.match(await outcomeOf(file, 16, 8), /^shown /);
  });
}
