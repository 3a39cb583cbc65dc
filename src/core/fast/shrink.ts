import type { Region } from '../region';
import type { Arena } from './arena';
import type { Source } from './axisSlice';
import { sumKernels } from './kernels';

/**
 * How `length` pixels are divided among `count ≤ length` samples: each covers pixels `start..end−1`, with weights
 * `first` and `last` for the first and the last one.
 */
export interface Cuts {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/** @param count at most `length` */
export function cuts(length: number, count: number): Cuts {
  const start = new Int32Array(count);
  const end = new Int32Array(count);
  const first = new Float64Array(count);
  const last = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const from = (i * length) / count;
    const to = ((i + 1) * length) / count;
    start[i] = Math.floor(from);
    end[i] = Math.min(length, Math.ceil(to));
    first[i] = Math.min(start[i]! + 1, to) - from;
    last[i] = to - (end[i]! - 1);
  }
  return { start, end, first, last };
}

/**
 * The average over the area of each sample, including fractions of pixels, rounded: `rows × columns × channels` bytes.
 * Computed in float32, so that a sample may be one off if the exact average is a half.
 */
export function shrink(arena: Arena, source: Source, region: Region): Uint8Array<ArrayBuffer> {
  const kernels = arena.kernelsOf(sumKernels);
  const { address, pitch, channels } = source;
  const { x, y, width, height, columns, rows } = region;
  arena.clearScratch();
  const output = arena.row(columns * rows * channels);
  const line = arena.row(width * channels * 4);
  const table = arena.row(columns * 16);
  writeTable(arena, table, cuts(width, columns), channels * 4);

  const down = cuts(height, rows);
  const scale = (columns * rows) / (width * height);
  const n = width * channels;
  for (let row = 0; row < rows; row++) {
    const start = down.start[row]!;
    const last = down.end[row]! - 1;
    for (let i = start; i <= last; i++) {
      const weight = i === start ? down.first[row]! : i === last ? down.last[row]! : 1;
      kernels.weighRow(line, address + (y + i) * pitch + x * channels, n, weight, i > start);
    }
    kernels.shrinkLine(output + row * columns * channels, line, table, columns, channels, scale);
  }
  return arena.bytes(output, columns * rows * channels).slice();
}

function writeTable(arena: Arena, address: number, { start, end, first, last }: Cuts, pitch: number): void {
  const weights = arena.floats(address, start.length * 4);
  const words = new Int32Array(weights.buffer, address, start.length * 4);
  for (let i = 0; i < start.length; i++) {
    words[4 * i] = start[i]! * pitch;
    words[4 * i + 1] = end[i]! - start[i]! - 2;
    weights[4 * i + 2] = first[i]!;
    weights[4 * i + 3] = last[i]!;
  }
}
