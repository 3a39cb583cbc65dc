import { type Axes, type Axis, clippedSpan, tapsInside, tapsPadded } from '../axis';
import { countsPadding, type PoolOptions } from '../options';
import type { Point } from '../region';
import type { Samples, Tensor } from '../tensor';
import type { Operator, Pooled } from './operator';

/**
 * The average of each window in float32. Divisor: `divisorOverride`, else the number of taps on the input, with
 * `countIncludePad` also those on padding; for `'same'` real pixels only.
 *
 * Integer samples are summed exactly by running sums and divided once. This is PyTorch's float32 result bit for bit as
 * long as a window's sum stays below 2²⁴ (8-bit windows up to 65 793 pixels). Beyond, PyTorch's float32 sum loses
 * digits (for twelve million random bytes it gives 127.5093 where the mean is 127.5086), and this is the correctly
 * rounded value instead. Float samples are added in float32 in row-major order, as in PyTorch, for the same bits; that
 * order allows no running sum.
 */
export const average: Operator = {
  title: 'Average',
  longTitle: 'Average pooling',
  calls: {
    pytorch: { layer: 'AvgPool2d', function: 'avg_pool2d()', dilation: 'ignored', emptyWindow: 0 },
    keras: { layer: 'AveragePooling2D', dilation: 'ignored', emptyWindow: 0 },
    // AveragePool has dilations since opset 19.
    onnx: { layer: 'AveragePool', dilation: 'taken', emptyWindow: 0 },
  },
  settings: ['kernelSize', 'stride', 'padding', 'dilation', 'ceilMode', 'countIncludePad', 'divisorOverride'],
  numpy: 'mean',
  padding: 0,
  divides: true,

  pool(input, axes, options) {
    return averages(input, axes, divisorsOf(axes, options));
  },

  divisor: divisorAt,

  explain(input, axes, options, window, channel) {
    const sum = sumOf(input, axes, window, channel, sumRounding(input.data));
    const divisor = divisorAt(axes, options, window);
    return { kind: 'averaged', value: divisor === 0 ? 0 : Math.fround(sum / divisor) + 0, sum, divisor };
  },
};

/** How many taps of window `i` the divisor counts under these options; with `'same'` real pixels only. */
export function tapsCounted(axis: Axis, i: number, options: PoolOptions): number {
  return countsPadding(options) ? tapsPadded(axis, i) : tapsInside(axis, i);
}

function divisorAt([vertical, horizontal]: Axes, options: PoolOptions, { x, y }: Point): number {
  if (options.divisorOverride !== undefined) return options.divisorOverride;
  return tapsCounted(vertical, y, options) * tapsCounted(horizontal, x, options);
}

/** The averages of all windows in float32; the input's data as in {@link average}. */
export function averages({ shape: [, channels], data }: Tensor, axes: Axes, divisors: Divisors): Pooled {
  const reduce = data instanceof Float32Array ? floatAverages : integerAverages;
  const shape = [1, channels, axes[0].output, axes[1].output] as const;
  return { output: { shape, data: reduce(data as never, channels, axes, divisors) } };
}

/** The mean of each channel in float32: the sum in float64, divided once. */
export function averageOfWhole({ shape: [, channels, height, width], data }: Tensor): Pooled {
  const sums = new Float64Array(channels);
  for (let i = 0; i < data.length; ) for (let c = 0; c < channels; c++, i++) sums[c]! += data[i]!;
  const output = Float32Array.from(sums, sum => sum / (height * width) + 0);
  return { output: { shape: [1, channels, 1, 1], data: output } };
}

/** What an average's sum is rounded to after each addition: float32 for float samples; those of integers are exact. */
export function sumRounding(data: Samples): (sum: number) => number {
  return data instanceof Float32Array ? Math.fround : exactly;
}

/** The same number, for sums or terms that are not rounded. */
export function exactly(value: number): number {
  return value;
}

/**
 * The sum of a window's values in one channel, or of a term for each value, in row-major order. Plain loops over
 * numbers: a window may be a whole picture of millions of pixels, summed while the pointer moves.
 *
 * @param rounded what the sum is rounded to after each addition
 */
export function sumOf(
  { shape: [, channels, , width], data }: Tensor,
  axes: Axes,
  { x, y }: Point,
  channel: number,
  rounded: (sum: number) => number,
  term: (value: number) => number = exactly,
): number {
  const [vertical, horizontal] = axes;
  const [down, across] = [clippedSpan(vertical, y), clippedSpan(horizontal, x)];
  let sum = 0;
  for (let row = down.start; row < down.end; row += vertical.dilation) {
    for (let column = across.start; column < across.end; column += horizontal.dilation) {
      sum = rounded(sum + term(data[(row * width + column) * channels + channel]!));
    }
  }
  return sum;
}

// Each average ends in `+ 0`: PyTorch adds the quotient to a zero, so its averages are never −0. Adaptive averages can
// be, of a sum so small that nothing is left of the quotient.

/** The divisor of the window in row `i`, column `j` is `rows[i] · columns[j]`. */
export interface Divisors {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** Divide by `rows[i]`, round to float32, and divide by `columns[j]`. */
  readonly inTwo?: boolean;
}

/** The divisors of all windows. */
export function divisorsOf([vertical, horizontal]: Axes, options: PoolOptions): Divisors {
  if (options.divisorOverride !== undefined) {
    return {
      rows: new Float64Array(vertical.output).fill(options.divisorOverride),
      columns: new Float64Array(horizontal.output).fill(1),
    };
  }
  // At least 1: a window without a tap on the input, which only dilation can cause, has no pixel to count; its average
  // is 0.
  const taps = (axis: Axis) =>
    Float64Array.from({ length: axis.output }, (_, i) => Math.max(1, tapsCounted(axis, i, options)));
  return { rows: taps(vertical), columns: taps(horizontal) };
}

function integerAverages(
  data: Uint8Array | Uint16Array,
  channels: number,
  [vertical, horizontal]: Axes,
  divisors: Divisors,
): Float32Array<ArrayBuffer> {
  const inRow = horizontal.input * channels;
  const output = new Float32Array(vertical.output * horizontal.output * channels);
  // Float64 holds every sum exactly: 16-bit samples times the pixels of any picture stay far below 2⁵³.
  const columnSums = new Float64Array(inRow);
  const add = (y: number) => {
    for (let i = 0, at = y * inRow; i < inRow; i++, at++) columnSums[i]! += data[at]!;
  };
  const subtract = (y: number) => {
    for (let i = 0, at = y * inRow; i < inRow; i++, at++) columnSums[i]! -= data[at]!;
  };

  // Sums from the left, in steps of the dilation: a window's sum is the difference of two. A step longer than the row
  // can be cut to the row's length: each window then has one tap.
  const step = Math.min(horizontal.dilation, horizontal.input) * channels;
  const leftSums = new Float64Array(step + inRow);
  const from = new Int32Array(horizontal.output);
  const to = new Int32Array(horizontal.output);
  for (let j = 0; j < horizontal.output; j++) {
    const { start, end } = clippedSpan(horizontal, j);
    if (start >= end) continue;
    from[j] = start * channels;
    to[j] = (end - 1) * channels + step;
  }

  let at = 0;
  let summed = { start: 0, end: 0 };
  for (let i = 0; i < vertical.output; i++) {
    const { start, end } = clippedSpan(vertical, i);
    const slides = vertical.dilation === 1 && start - summed.start + (end - summed.end) < end - start;
    if (slides) {
      for (let y = summed.start; y < start; y++) subtract(y);
      for (let y = summed.end; y < end; y++) add(y);
    } else {
      columnSums.fill(0);
      for (let y = start; y < end; y += vertical.dilation) add(y);
    }
    summed = { start, end };

    for (let k = 0; k < inRow; k++) leftSums[k + step] = leftSums[k]! + columnSums[k]!;
    for (let j = 0; j < horizontal.output; j++) {
      const [rows, columns] = [divisors.rows[i]!, divisors.columns[j]!];
      for (let c = 0; c < channels; c++) {
        const sum = leftSums[to[j]! + c]! - leftSums[from[j]! + c]!;
        output[at++] = (divisors.inTwo ? Math.fround(sum / rows) / columns : sum / (rows * columns)) + 0;
      }
    }
  }
  return output;
}

function floatAverages(
  data: Float32Array,
  channels: number,
  [vertical, horizontal]: Axes,
  divisors: Divisors,
): Float32Array<ArrayBuffer> {
  const inRow = horizontal.input * channels;
  const output = new Float32Array(vertical.output * horizontal.output * channels);
  const spans = Array.from({ length: horizontal.output }, (_, j) => clippedSpan(horizontal, j));
  let at = 0;
  for (let i = 0; i < vertical.output; i++) {
    const { start, end } = clippedSpan(vertical, i);
    for (let j = 0; j < horizontal.output; j++) {
      const { start: left, end: right } = spans[j]!;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let y = start; y < end; y += vertical.dilation) {
          for (let x = left; x < right; x += horizontal.dilation) {
            sum = Math.fround(sum + data[y * inRow + x * channels + c]!);
          }
        }
        const [rows, columns] = [divisors.rows[i]!, divisors.columns[j]!];
        // PyTorch's divisor is a float32, too.
        output[at++] = divisors.inTwo
          ? Math.fround(Math.fround(sum / rows) / columns)
          : Math.fround(sum / Math.fround(rows * columns)) + 0;
      }
    }
  }
  return output;
}
