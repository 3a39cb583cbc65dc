import { inflate, inflatePieces } from '#platform';
import { DecodeError } from '../error';
import { type DecodeNote, noteOf } from '../note';
import type { PngFile } from './file';
import type { PngHeader } from './header';
import { filteredBytes, rowBytes } from './passes';

/** zlib counts its output in 32 bits. */
const maxFilteredBytes = 0xffff_fff0;

/**
 * From here on, and where the packed data is so much smaller than what it should unpack to as no photograph is, data that is
 * too short is found out before it fills memory, at the price of a second pass.
 */
const countFirst = { bytes: 256 << 20, ratio: 50 };

/** The rows of a PNG, still filtered, and what was found wrong behind them. */
interface Unpacked {
  readonly filtered: Uint8Array<ArrayBuffer>;
  readonly notes: readonly DecodeNote[];
}

/**
 * The filtered rows of a PNG: its compressed pixels unpacked, exactly as many bytes as its size calls for. They go into
 * one buffer of that size, so what a bomb claims beyond it is never unpacked, and what it claims but lacks is never touched.
 *
 * What goes on behind the last row is left alone, as libpng does. Data that reaches further back than the window that it
 * names is an error to libpng, and none to browsers and here. There are notes of both.
 * @throws DecodeError when rows are missing or damaged
 */
export async function unpack({ header, pixels, interrupted }: PngFile): Promise<Unpacked> {
  const { width, height } = header;
  const expected = filteredBytes(header);
  const tooLittle = interrupted ? new DecodeError('damagedChunk', { chunk: 'IDAT' }) : new DecodeError('truncated');
  const packed = joined(pixels);
  if (expected > maxFilteredBytes) throw new DecodeError('outOfMemory', { width, height });
  if (expected > countFirst.bytes && expected > countFirst.ratio * packed.length) {
    if ((await countBytes(packed, expected)) < expected) throw tooLittle;
  }
  const inflated = await inflate(packed, expected);
  if ('failure' in inflated) {
    switch (inflated.failure) {
      case 'short':
        throw tooLittle;
      case 'damaged':
        throw new DecodeError('damagedPixels', {}, inflated.cause);
      case 'memory':
        throw new DecodeError('outOfMemory', { width, height }, inflated.cause);
    }
  }
  const notes: DecodeNote[] = interrupted || inflated.surplus ? [noteOf('surplusPixels')] : [];
  if (inflated.surplus !== 'data' && (await reachesTooFar(packed, header))) notes.push(noteOf('narrowWindow'));
  return { filtered: inflated.bytes, notes };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * Whether sound data looks further back than the window that it declares: found only by unpacking it row by row, as libpng
 * does, for within one buffer zlib looks as far back as it likes. No encoder in use declares a smaller window than its data
 * needs, so few files are unpacked twice.
 */
async function reachesTooFar(packed: Uint8Array, header: PngHeader): Promise<boolean> {
  // RFC 1950, section 2.2.
  const window = 2 ** ((packed[0]! >> 4) + 8);
  if (window >= Math.min(filteredBytes(header), 32768)) return false;
  const pieceLength = 1 + rowBytes(header, header.width);
  return !(await inflatePieces(packed, { pieceLength, strictWindow: true }, () => false));
}

/** How many bytes come out of compressed data, counted no further than `most`; keeps none of them. */
async function countBytes(packed: Uint8Array, most: number): Promise<number> {
  let count = 0;
  await inflatePieces(packed, { pieceLength: 1 << 16 }, piece => {
    count += piece.length;
    return count >= most;
  });
  return count;
}
