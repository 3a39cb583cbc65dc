import { once } from 'node:events';
import { createInflate, inflateSync } from 'node:zlib';
import { DecodeError } from '../error';
import type { PngHeader } from './header';
import { filteredBytes } from './passes';

/** zlib counts output in 32 bits. */
const maxFilteredBytes = 0xffff_fff0;

/** From here on, data of the wrong length is found out before it fills so much memory, at the price of a second pass. */
const countFirstBytes = 256 << 20;

/**
 * The filtered rows of a PNG: its compressed pixels unpacked, exactly as many bytes as its size calls for. They go into
 * one buffer of that size, so what a bomb claims beyond it is never unpacked, and what it claims but lacks is never touched.
 * @throws DecodeError when the data is too short, too long or damaged
 */
export async function unpack(header: PngHeader, pixels: readonly Uint8Array[]): Promise<Buffer<ArrayBuffer>> {
  const { width, height } = header;
  const expected = filteredBytes(header);
  if (expected > maxFilteredBytes) throw new DecodeError('outOfMemory', { width, height });
  const packed = pixels.length === 1 ? pixels[0]! : Buffer.concat(pixels);
  try {
    if (expected > countFirstBytes) {
      const count = await countBytes(packed, expected + 1);
      if (count < expected) throw new DecodeError('truncated');
      if (count > expected) throw new DecodeError('surplusPixels', { width, height });
    }
    // One byte more than needed: a buffer that is full makes zlib allocate a second one.
    const rows = inflateSync(packed, { maxOutputLength: expected, chunkSize: Math.max(64, expected + 1) });
    if (rows.length < expected) throw new DecodeError('truncated');
    return rows;
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    switch ((error as NodeJS.ErrnoException).code) {
      case 'ERR_BUFFER_TOO_LARGE':
        throw new DecodeError('surplusPixels', { width, height }, error);
      case 'Z_BUF_ERROR':
        throw new DecodeError('truncated', {}, error);
      case 'ERR_MEMORY_ALLOCATION_FAILED':
      case 'ERR_OUT_OF_RANGE':
        throw new DecodeError('outOfMemory', { width, height }, error);
      default:
        throw error instanceof RangeError
          ? new DecodeError('outOfMemory', { width, height }, error)
          : new DecodeError('damagedPixels', {}, error);
    }
  }
}

/** How many bytes come out of compressed data, counted no further than `most`; keeps none of them. */
async function countBytes(packed: Uint8Array, most: number): Promise<number> {
  const inflate = createInflate({ chunkSize: 1 << 18 });
  let count = 0;
  inflate.on('data', (chunk: Buffer) => {
    count += chunk.length;
    if (count >= most) inflate.destroy();
  });
  inflate.end(packed);
  await Promise.race([once(inflate, 'end'), once(inflate, 'close')]);
  return count;
}
