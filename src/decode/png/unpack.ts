import { inflate, inflatePieces } from '#platform';
import { DecodeError } from '../error';
import { type DecodeNote, noteOf } from '../note';
import type { PngFile } from './file';
import type { PngHeader } from './header';
import { filteredBytes, rowBytes } from './passes';

/** zlib counts its output in 32 bits. */
const maxFilteredBytes = 0xffff_fff0;

/**
 * Above this size, and if the packed data is smaller by more than this ratio, which no photograph is, the unpacked
 * bytes are counted first: data that is too short is found before it fills memory, at the price of a second pass.
 */
const countFirst = { bytes: 256 << 20, ratio: 50 };

/** The rows of a PNG, still filtered, and notes on what is wrong after them. */
interface Unpacked {
  readonly filtered: Uint8Array<ArrayBuffer>;
  readonly notes: readonly DecodeNote[];
}

/**
 * Unpacks the compressed pixels of a PNG: exactly as many bytes as its size needs, in one buffer of that size. So what
 * a decompression bomb has beyond it is never unpacked, and memory for what it claims but lacks is never touched.
 *
 * Data after the last row is ignored, as in libpng. Data that refers further back than its declared window is an error
 * in libpng, but not in browsers and here. There are notes for both.
 * @throws {DecodeError} if rows are missing or damaged
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
 * Whether sound data refers further back than its declared window. Only unpacking it row by row, as libpng does, finds
 * that, because within one buffer zlib accepts any distance. Encoders declare 32 KB, and less only for
 * data that is shorter, so few files are unpacked twice.
 */
async function reachesTooFar(packed: Uint8Array, header: PngHeader): Promise<boolean> {
  // CINFO of RFC 1950, section 2.2.
  const window = 2 ** ((packed[0]! >> 4) + 8);
  if (window >= Math.min(filteredBytes(header), 32768)) return false;
  const pieceLength = 1 + rowBytes(header, header.width);
  return !(await inflatePieces(packed, { pieceLength, strictWindow: true }, () => false));
}

/** How many bytes compressed data unpacks to, counted up to `most`; none of them are kept. */
async function countBytes(packed: Uint8Array, most: number): Promise<number> {
  let count = 0;
  await inflatePieces(packed, { pieceLength: 1 << 16 }, piece => {
    count += piece.length;
    return count >= most;
  });
  return count;
}
