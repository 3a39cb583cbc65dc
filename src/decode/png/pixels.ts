import type { DecodedImage } from '../image';
import type { PngFile } from './file';
import { unfilter } from './filters/filters';
import { colourTypes } from './header';
import { passesOf, rowBytes } from './passes';
import { rowWriter, sampleReader } from './rows';

export type Pixels = Pick<DecodedImage, 'width' | 'height' | 'channels' | 'bitDepth' | 'data'>;

/**
 * The pixels of filtered rows, with palettes and tRNS expanded.
 * @param filtered is overwritten: if rows can be used as they are, the picture is written to its memory
 * @throws {DecodeError} `damagedPixels` for an unknown filter
 */
export function pixelsOf(file: PngFile, filtered: Uint8Array<ArrayBuffer>): Pixels {
  const { header, palette, transparency } = file;
  const { width, height, depth, samples } = header;
  const bitDepth = depth === 16 ? 16 : 8;
  const opaque = header.colourType === colourTypes.palette ? 3 : samples;
  const channels = (opaque + (transparency ? 1 : 0)) as 1 | 2 | 3 | 4;
  const isExpanded = palette !== undefined || transparency !== undefined;
  // A row without its filter byte is shorter than with it, so that it overwrites only what has been read.
  const inPlace = !isExpanded && depth >= 8 && !header.interlaced;
  const length = width * height * channels;
  const SampleArray = bitDepth === 16 ? Uint16Array : Uint8Array;
  const data = inPlace ? new SampleArray(filtered.buffer, filtered.byteOffset, length) : new SampleArray(length);
  const samplesOf = sampleReader(header);
  const writeRow = rowWriter(file, data, channels);

  let at = 0;
  for (const pass of passesOf(header)) {
    const bytes = rowBytes(header, pass.columns);
    const isWholeRows = !isExpanded && depth === 8 && pass.dx === 1 && pass.dy === 1;
    unfilter(filtered, at, pass.rows, bytes, Math.max(1, (samples * depth) >> 3), (block, first, count) => {
      if (isWholeRows) {
        data.set(block, (pass.y + first) * width * channels);
        return;
      }
      for (let row = 0; row < count; row++) {
        const stored = samplesOf(block.subarray(row * bytes, (row + 1) * bytes), pass.columns * samples);
        const to = ((pass.y + (first + row) * pass.dy) * width + pass.x) * channels;
        writeRow(stored, to, pass.columns, pass.dx * channels);
      }
    });
    at += pass.rows * (bytes + 1);
  }
  return { width, height, channels, bitDepth, data };
}
