import { createInflate, inflateSync, type ZlibOptions } from 'node:zlib';
import { DecodeError } from '../error';
import { type DecodeNote, noteOf } from '../note';
import type { PngFile, PngHeader } from './header';
import { filteredBytes, rowBytes } from './passes';

/** zlib counts output in 32 bits. */
const maxFilteredBytes = 0xffff_fff0;

/**
 * From here on, and where the packed data is so much smaller than what it should unpack to as no photograph is, data that is
 * too short is found out before it fills memory, at the price of a second pass.
 */
const countFirst = { bytes: 256 << 20, ratio: 50 };

/** The rows of a PNG, still filtered, and what was found wrong behind them. */
interface Unpacked {
  readonly filtered: Buffer<ArrayBuffer>;
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
  if (expected > maxFilteredBytes) throw new DecodeError('outOfMemory', { width, height });
  const packed = pixels.length === 1 ? pixels[0]! : Buffer.concat(pixels);
  if (expected > countFirst.bytes && expected > countFirst.ratio * packed.length) {
    if ((await countBytes(packed, expected)) < expected) throw tooLittle;
  }
  try {
    // One byte more than needed: a buffer that is full makes zlib allocate a second one.
    const chunkSize = Math.max(64, expected + 1);
    const { buffer: filtered, engine } = inflateSync(packed, {
      maxOutputLength: expected,
      chunkSize,
      info: true,
    } as object) as unknown as {
      readonly buffer: Buffer<ArrayBuffer>;
      readonly engine: { readonly bytesWritten: number };
    };
    if (filtered.length < expected) throw tooLittle;
    const hasSurplus = interrupted || engine.bytesWritten < packed.length;
    const notes: DecodeNote[] = hasSurplus ? [noteOf('surplusPixels')] : [];
    if (await reachesTooFar(packed, header)) notes.push(noteOf('narrowWindow'));
    return { filtered, notes };
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    switch ((error as NodeJS.ErrnoException).code) {
      case 'Z_BUF_ERROR':
        throw tooLittle;
      case 'Z_DATA_ERROR':
      case 'Z_NEED_DICT':
        throw new DecodeError('damagedPixels', {}, error);
      case 'ERR_BUFFER_TOO_LARGE': {
        const filtered = await takeRows(packed, expected);
        if (!filtered) throw new DecodeError('damagedPixels', {}, error);
        return { filtered, notes: [noteOf('surplusPixels')] };
      }
      default:
        throw new DecodeError('outOfMemory', { width, height }, error);
    }
  }
}

/** The rows of data that goes on behind them; undefined when it is damaged before their end. */
async function takeRows(packed: Uint8Array, expected: number): Promise<Buffer<ArrayBuffer> | undefined> {
  let rows: Buffer<ArrayBuffer> | undefined;
  // A stream hands over what it has each time that its buffer is full: here after the last row, whatever comes behind it.
  await unpackPieces(packed, { chunkSize: Math.max(64, expected) }, piece => {
    rows ??= piece;
    return true;
  });
  return rows && rows.length >= expected ? rows.subarray(0, expected) : undefined;
}

/**
 * Whether sound data looks further back than the window that it names: found only by unpacking it row by row, as libpng
 * does, for within one buffer zlib looks as far back as it likes. No encoder in use names a window smaller than its data needs,
 * so few files are unpacked twice.
 */
async function reachesTooFar(packed: Uint8Array, header: PngHeader): Promise<boolean> {
  // RFC 1950, section 2.2.
  const window = 2 ** ((packed[0]! >> 4) + 8);
  if (window >= Math.min(filteredBytes(header), 32768)) return false;
  const chunkSize = Math.max(64, 1 + rowBytes(header, header.width));
  return !(await unpackPieces(packed, { windowBits: 0, chunkSize }, () => false));
}

/** How many bytes come out of compressed data, counted no further than `most`; keeps none of them. */
async function countBytes(packed: Uint8Array, most: number): Promise<number> {
  let count = 0;
  await unpackPieces(packed, { chunkSize: 1 << 16 }, piece => {
    count += piece.length;
    return count >= most;
  });
  return count;
}

/** Unpacks data piece by piece, until `onPiece` says that it is enough. Returns whether nothing was found wrong so far. */
function unpackPieces(
  packed: Uint8Array,
  options: ZlibOptions,
  onPiece: (piece: Buffer<ArrayBuffer>) => boolean,
): Promise<boolean> {
  const inflate = createInflate(options);
  let isSound = true;
  inflate.on('data', (piece: Buffer<ArrayBuffer>) => {
    if (onPiece(piece)) inflate.destroy();
  });
  inflate.on('error', () => {
    isSound = false;
  });
  inflate.end(packed);
  return new Promise(resolve => inflate.once('close', () => resolve(isSound)));
}
