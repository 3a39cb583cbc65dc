import type { Samples, Tensor } from '../tensor';
import type { Arena } from './arena';
import type { Source } from './axisSlice';

/** Bytes copied at a time: two such blocks stay in the processor's second-level cache. */
const blockBytes = 128 * 1024;

/**
 * A picture outside the arena whose rows are copied into it when they are requested, a block at a time. Rows must be
 * requested from top to bottom; the four before the last one are still there.
 */
export function streamOf(arena: Arena, { shape: [, channels, height, width], data }: Tensor<Samples>): Source {
  const pitch = width * channels;
  const rows = Math.max(Math.ceil(blockBytes / pitch), 4);
  const area = arena.area();
  arena.reserve(area, 2 * rows * pitch);
  let last = -1;
  const stream = (y: number) => {
    const block = Math.floor(y / rows);
    const address = area.address + (block % 2) * rows * pitch;
    if (block > last) {
      const first = block * rows;
      const samples = data.subarray(first * pitch, Math.min(first + rows, height) * pitch);
      arena.bytes(address, samples.length).set(samples);
      last = block;
    }
    return address + (y - block * rows) * pitch;
  };
  return { address: area.address, pitch, channels, stream };
}
