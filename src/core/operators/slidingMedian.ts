import { type Axes, type Axis, clippedSpan } from '../axis';
import { commonDivisor } from '../commonDivisor';
import type { Tensor } from '../tensor';

type Integers = Uint8Array | Uint16Array;

/**
 * The medians of windows of integers, by a histogram that moves along each row of windows: pixels that enter are
 * counted, and those that leave are not any more (Huang, Yang and Tang 1979, A fast two-dimensional median filtering
 * algorithm). Windows without a pixel are left as they are.
 *
 * @param output gets the values, in the order of a tensor's data
 */
export function slidingMedians(
  { shape: [, channels, , width], data }: Tensor<Integers>,
  [vertical, horizontal]: Axes,
  output: Float32Array,
): void {
  const { dilation, stride } = horizontal;
  const histogram = new Histogram(data);
  const spans = Array.from({ length: horizontal.output }, (_, x) => tapSpan(horizontal, x));
  // Windows share pixels only if a multiple of the dilation lies between them.
  const period = Math.min(dilation / commonDivisor(stride, dilation), horizontal.output);
  const step = vertical.dilation * width * channels;
  for (let y = 0; y < vertical.output; y++) {
    const { start: top, end: bottom } = tapSpan(vertical, y);
    const rows = (bottom - top) / vertical.dilation;
    for (let first = 0; first < period; first++) {
      for (let c = 0; c < channels; c++) {
        const count = (column: number, change: 1 | -1) =>
          histogram.count((top * width + column) * channels + c, rows, step, change);
        let from = 0;
        let to = 0;
        for (let x = first; x < horizontal.output; x += period) {
          const { start, end } = spans[x]!;
          for (; from < Math.min(start, to); from += dilation) count(from, -1);
          from = start;
          for (to = Math.max(to, start); to < end; to += dilation) count(to, 1);
          const taps = rows * ((end - start) / dilation);
          if (taps > 0) output[(y * horizontal.output + x) * channels + c] = histogram.median(taps);
        }
        for (; from < to; from += dilation) count(from, -1);
      }
    }
  }
}

/** How often each value occurs, and in coarser bins, which keep the search for the median short. */
class Histogram {
  readonly #data: Integers;
  readonly #shift: number;
  readonly #fine: Uint16Array;
  readonly #coarse: Uint16Array;
  /** The bin where the last median was: the next one is not far. */
  #bin = 0;
  /** How many values are in bins below it. */
  #below = 0;

  constructor(data: Integers) {
    this.#data = data;
    this.#shift = data instanceof Uint16Array ? 8 : 4;
    this.#fine = new Uint16Array(1 << (2 * this.#shift));
    this.#coarse = new Uint16Array(1 << this.#shift);
  }

  /** Counts values, `step` apart, or takes them out. */
  count(at: number, length: number, step: number, change: 1 | -1): void {
    const data = this.#data;
    const fine = this.#fine;
    const coarse = this.#coarse;
    const shift = this.#shift;
    const bin = this.#bin;
    let below = 0;
    for (let i = 0; i < length; i++, at += step) {
      const value = data[at]!;
      fine[value]! += change;
      coarse[value >> shift]! += change;
      if (value >> shift < bin) below += change;
    }
    this.#below += below;
  }

  /** The median of all values. @param length how many there are */
  median(length: number): number {
    const fine = this.#fine;
    const coarse = this.#coarse;
    const rank = (length - 1) >> 1;
    let bin = this.#bin;
    let below = this.#below;
    while (below > rank) below -= coarse[--bin]!;
    while (below + coarse[bin]! <= rank) below += coarse[bin++]!;
    this.#bin = bin;
    this.#below = below;
    let value = bin << this.#shift;
    let passed = below + fine[value]!;
    while (passed <= rank) passed += fine[++value]!;
    if (passed > length >> 1) return value;
    // The upper of the middle two is the next value that occurs.
    let next = value + 1;
    if (passed === below + coarse[bin]!) {
      do bin++;
      while (coarse[bin] === 0);
      next = bin << this.#shift;
    }
    while (fine[next] === 0) next++;
    return (value + next) / 2;
  }
}

/** A window's taps on the input: from the first one to one dilation after the last. */
function tapSpan(axis: Axis, i: number): { readonly start: number; readonly end: number } {
  const { start, end } = clippedSpan(axis, i);
  return { start, end: Math.max(start, end - 1 + axis.dilation) };
}
