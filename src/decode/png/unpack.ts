import { createInflate, inflateSync } from 'node:zlib';
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
  // A stream hands over what it has each time that its buffer is full: here after the last row, whatever comes behind it.
  const inflate = createInflate({ chunkSize: Math.max(64, expected) });
  let rows: Buffer<ArrayBuffer> | undefined;
  inflate.on('data', (piece: Buffer<ArrayBuffer>) => {
    rows ??= piece;
    inflate.destroy();
  });
  inflate.on('error', () => {});
  inflate.end(packed);
  await closed(inflate);
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
  const inflate = createInflate({ windowBits: 0, chunkSize: Math.max(64, 1 + rowBytes(header, header.width)) });
  let isTooFar = false;
  inflate.on('error', () => {
    isTooFar = true;
  });
  inflate.resume();
  inflate.end(packed);
  await closed(inflate);
  return isTooFar;
}

/** How many bytes come out of compressed data, counted no further than `most`; keeps none of them. */
async function countBytes(packed: Uint8Array, most: number): Promise<number> {
  const inflate = createInflate({ chunkSize: 1 << 16 });
  let count = 0;
  inflate.on('data', (chunk: Buffer) => {
    count += chunk.length;
    if (count >= most) inflate.destroy();
  });
  // What is wrong with it is found out when it is unpacked.
  inflate.on('error', () => {});
  inflate.end(packed);
  await closed(inflate);
  return count;
}

/** Waits until a stream is closed, whether it came to its end, failed or was stopped. */
function closed(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise(resolve => stream.once('close', () => resolve()));
}
