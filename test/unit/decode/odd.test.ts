// Files that are not quite in order, and files that say how they want to be seen: shown as OpenCV shows them, with a note of
// what is wrong, and refused where OpenCV refuses them. golden/pictures/odd.py made the files and what is to be read of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeImage } from '../../../src/decode/decode';
import type { DecodeErrorCode } from '../../../src/decode/error';
import type { DecodeNoteCode } from '../../../src/decode/note';
import { asRgb, checksum } from './opencvPixels';

const folder = join(import.meta.dirname, '../../golden/pictures');

interface Truth {
  readonly width: number;
  readonly height: number;
  readonly rgb: number;
  readonly grey: number;
}

const truth: Record<string, Truth | null> = JSON.parse(readFileSync(join(folder, 'odd.json'), 'utf8'));

/** What is said of a file beside showing or refusing it; nothing where it is not here. */
const said: Readonly<Record<string, DecodeNoteCode | DecodeErrorCode>> = {
  'bytes-between-segments.jpg': 'disturbedScan',
  'checksum-of-gamma.png': 'chunkChecksum',
  'checksum-of-pixels.png': 'damagedChunk',
  'checksum-of-text.png': 'chunkChecksum',
  'checksum-of-transparency.png': 'chunkChecksum',
  'cut-cmyk.jpg': 'cutScan',
  'cut-grey.jpg': 'cutScan',
  'cut-in-restarts.jpg': 'cutScan',
  'cut-in-scan-header.jpg': 'truncated',
  'cut-in-tables.jpg': 'truncated',
  'cut-with-end-marker.jpg': 'disturbedScan',
  'cut.jpg': 'cutScan',
  'damage-after-rows-and-0.png': 'damagedPixels',
  'damage-after-rows-and-1.png': 'surplusPixels',
  'distance-after-rows.png': 'surplusPixels',
  'end-missing.png': 'truncated',
  'palette-twice.png': 'damagedChunk',
  'pixels-interrupted.png': 'damagedChunk',
  'pixels-of-wrong-sum.png': 'damagedPixels',
  'pixels-without-sum.png': 'truncated',
  'progressive-cut-in-last-scan.jpg': 'cutScan',
  'restart-lost.jpg': 'disturbedScan',
  'restart-misnumbered.jpg': 'disturbedScan',
  'restart-where-none-belongs.jpg': 'disturbedScan',
  'rows-missing.png': 'truncated',
  'surplus-bytes.png': 'surplusPixels',
  'surplus-chunk-later.png': 'surplusPixels',
  'surplus-chunk.png': 'surplusPixels',
  'surplus-rows.png': 'surplusPixels',
  'trailer-senseless.jpg': 'disturbedScan',
  'window-too-narrow.png': 'narrowWindow',
  'animation.png': 'animation',
};

for (const [name, expected] of Object.entries(truth)) {
  // Browsers show it, and so do we: the one kind that OpenCV refuses and that opens here.
  if (name === 'window-too-narrow.png') continue;
  test(`${expected ? 'shown' : 'refused'}, as OpenCV does: ${name}`, async () => {
    const decoded = decodeImage(readFileSync(join(folder, 'odd', name)));
    if (!expected) {
      await assert.rejects(decoded, { name: 'DecodeError', code: said[name] });
      return;
    }
    const image = await decoded;
    assert.deepEqual([image.width, image.height], [expected.width, expected.height]);
    assert.equal(checksum(asRgb(image)), expected.rgb, 'colour');
    assert.equal(checksum(image.grey()), expected.grey, 'grey');
    assert.deepEqual(
      image.notes.map(({ code }) => code),
      said[name] ? [said[name]] : [],
    );
  });
}

test('a picture whose window is understated is shown, with a word on OpenCV', async () => {
  assert.equal(truth['window-too-narrow.png'], null);
  const image = await decodeImage(readFileSync(join(folder, 'odd/window-too-narrow.png')));
  assert.deepEqual(
    image.notes.map(({ code }) => code),
    ['narrowWindow'],
  );
  // The same 600 pixels six times.
  assert.deepEqual(image.data.subarray(0, 1800), image.data.subarray(9000));
});

test('an orientation behind XMP data is applied, with a word on OpenCV 4, which does not find it', async () => {
  const bytes = readFileSync(join(folder, 'odd/orientation-first.jpg'));
  const xmp = Buffer.from('\xff\xe1\x00\x10http://ns.adob', 'latin1');
  const hidden = await decodeImage(Buffer.concat([bytes.subarray(0, 2), xmp, bytes.subarray(2)]));
  const plain = await decodeImage(bytes);
  assert.deepEqual([hidden.orientation, hidden.data], [6, plain.data]);
  assert.deepEqual([plain.notes, hidden.notes.map(({ code }) => code)], [[], ['hiddenOrientation']]);
});

test('a note’s sentence has all its values', async () => {
  const [note] = (await decodeImage(readFileSync(join(folder, 'odd/checksum-of-text.png')))).notes;
  assert.equal(note?.template, 'The checksum of the {chunk} chunk is wrong, so the chunk does not count.');
  assert.deepEqual(note?.values, { chunk: 'tEXt' });
});
