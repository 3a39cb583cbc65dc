/**
 * Both poolings in plain TypeScript: for every element type and every option, and the oracle that faster versions are
 * tested against. Rows are pooled horizontally first and then vertically, so that among equal values the first in row-major
 * order is the one kept.
 */
import type { PoolOptions } from './options';
import type { Samples, Tensor } from './tensor';
import type { Axis } from './window';
import { clippedSpan, effectiveKernel, outreaches, planAxes, tapsCounted, tight, windowSpan } from './window';

/**
 * The maximum of each window. Padding counts as −∞, NaN wins, and the output keeps the input's element type; a window that
 * dilation leads past the image altogether gives −∞, or 0 where the type has no −∞.
 *
 * A running maximum: the work grows with the logarithm of the kernel, except when `returnIndices` asks where each maximum
 * was found (row · W + column in the unpadded plane, laid out as the output), where it grows with the kernel's height + width.
 *
 * @throws {PoolError} for options that the framework refuses
 */
export function plainMaxPool2d<D extends Samples>(
  input: Tensor<D>,
  options: PoolOptions,
): { output: Tensor<D>; indices?: Int32Array } {
  checkLength(input);
  const axes = planAxes('max', input.shape, options);
  const shape = [1, input.shape[1], axes[0].output, axes[1].output] as const;
  if (options.returnIndices) {
    const { data, indices } = maximaAndIndices(input, axes);
    return { output: { shape, data }, indices };
  }
  const data = axes.some(outreaches) ? maximaAndIndices(input, axes).data : maxima(input, axes);
  return { output: { shape, data } };
}

/**
 * The average of each window in float32. Divisor: `divisorOverride`, else the number of taps in the window, with
 * `countIncludePad` those on padding too; for `'same'` real pixels only.
 *
 * Integer samples are summed exactly by running sums and divided once, which is PyTorch's float32 result bit for bit as long
 * as a window's sum stays below 2²⁴ (8-bit windows up to 65 793 pixels). Beyond, PyTorch's own float32 sum starts to lose
 * digits (of twelve million random bytes it makes 127.5093 where the mean is 127.5086), and this is the correctly rounded
 * value instead. Float samples are added in float32 in row-major order, as PyTorch adds them, for the same bits; that order
 * allows no running sum.
 *
 * @throws {PoolError} for options that the framework refuses
 */
export function plainAvgPool2d(input: Tensor, options: PoolOptions): { output: Tensor<Float32Array> } {
  checkLength(input);
  const axes = planAxes('average', input.shape, options);
  const shape = [1, input.shape[1], axes[0].output, axes[1].output] as const;
  const { data } = input;
  const divisors = divisorsOf(axes, options);
  return {
    output: {
      shape,
      data:
        data instanceof Float32Array
          ? floatAverages(data, shape[1], axes, divisors)
          : integerAverages(data, shape[1], axes, divisors),
    },
  };
}

/** @throws {RangeError} if the data is not what the shape needs */
export function checkLength({ shape: [n, c, h, w], data }: Tensor): void {
  if (data.length !== n * c * h * w) {
    throw new RangeError(
      `A tensor of shape [${n}, ${c}, ${h}, ${w}] needs ${n * c * h * w} values, not ${data.length}`,
    );
  }
}

// Maxima

/**
 * Turns each of the first values into the maximum of itself and the value `offset` after it. Both the rows and the columns
 * of a window are gathered by this one loop; two versions, so that integers pay nothing for NaN.
 */
type Raise = (values: Samples, count: number, offset: number) => void;

const raiseIntegers: Raise = (values, count, offset) => {
  for (let i = 0; i < count; i++) {
    const other = values[i + offset]!;
    if (other > values[i]!) values[i] = other;
  }
};

const raiseFloats: Raise = (values, count, offset) => {
  for (let i = 0; i < count; i++) {
    const other = values[i + offset]!;
    if (other > values[i]! || Number.isNaN(other)) values[i] = other;
  }
};

/**
 * Turns value `i` into the maximum of `taps` values, `i`, `i + step`, `i + 2·step`, …, by doubling: maxima of 2, 4, 8, …
 * taps, and at last two that overlap. Values too near the end to have all their taps are left half done.
 */
function gather(values: Samples, length: number, taps: number, step: number, raise: Raise): void {
  let reach = 1;
  for (; reach * 2 <= taps; reach *= 2) raise(values, length - reach * step, reach * step);
  if (reach < taps) raise(values, length - (taps - reach) * step, (taps - reach) * step);
}

function maxima<D extends Samples>({ data, shape }: Tensor<D>, axes: readonly [Axis, Axis]): D {
  const [, channels, height, width] = shape;
  const vertical = tight(axes[0]);
  const horizontal = tight(axes[1]);
  const raise = data instanceof Float32Array ? raiseFloats : raiseIntegers;
  const lowest = data instanceof Float32Array ? -Infinity : 0;

  // One input row with its padding, as far as the windows reach.
  const row = samplesLike(data, ((horizontal.output - 1) * horizontal.stride + effectiveKernel(horizontal)) * channels);
  const inRow = Math.min(width * channels, row.length - horizontal.padBefore * channels);
  const reduceRow = (y: number, target: Samples, at: number) => {
    row.fill(lowest);
    row.set(data.subarray(y * width * channels, y * width * channels + inRow), horizontal.padBefore * channels);
    gather(row, row.length, horizontal.kernel, horizontal.dilation * channels, raise);
    pick(row, horizontal.output, horizontal.stride * channels, channels, target, at);
  };

  // Strips of output rows: enough that the rows two strips share cost little, few enough to stay near the processor.
  const rowLength = horizontal.output * channels;
  const reach = effectiveKernel(vertical);
  const stripOutput = Math.min(vertical.output, Math.ceil(Math.max(3 * reach, 64) / vertical.stride));
  const strip = samplesLike(data, ((stripOutput - 1) * vertical.stride + reach) * rowLength);
  const output = samplesLike(data, vertical.output * rowLength);
  for (let first = 0; first < vertical.output; first += stripOutput) {
    const count = Math.min(stripOutput, vertical.output - first);
    const rows = (count - 1) * vertical.stride + reach;
    const { start } = windowSpan(vertical, first);
    for (let i = 0; i < rows; i++) {
      const y = start + i;
      if (y >= 0 && y < height) reduceRow(y, strip, i * rowLength);
      else strip.fill(lowest, i * rowLength, (i + 1) * rowLength);
    }
    gather(strip, rows * rowLength, vertical.kernel, vertical.dilation * rowLength, raise);
    pick(strip, count, vertical.stride * rowLength, rowLength, output, first * rowLength);
  }
  return output;
}

/** Copies `count` runs of `length` values, `step` apart, one after the other to `target` from `at` on. */
function pick(source: Samples, count: number, step: number, length: number, target: Samples, at: number): void {
  if (step === length) {
    target.set(source.subarray(0, count * length), at);
    return;
  }
  for (let i = 0, from = 0; i < count; i++, from += step) {
    for (let j = 0; j < length; j++) target[at++] = source[from + j]!;
  }
}

/** As {@link maxima}, and where each was found. PyTorch's choices: of equal values the first, of NaNs the last. */
function maximaAndIndices<D extends Samples>(
  { data, shape }: Tensor<D>,
  [vertical, horizontal]: readonly [Axis, Axis],
): { data: D; indices: Int32Array } {
  const [, channels, , width] = shape;
  const lowest = data instanceof Float32Array ? -Infinity : 0;
  const rowLength = horizontal.output * channels;
  const spans = Array.from({ length: horizontal.output }, (_, x) => clippedSpan(horizontal, x));
  const maxima = samplesLike(data, vertical.output * rowLength).fill(lowest) as D;
  const indices = new Int32Array(maxima.length);

  // The best of each window's taps in one row, kept for as many rows as a window spans: row y in slot y mod reach.
  const reach = effectiveKernel(vertical);
  const slots = Math.min(reach, vertical.input);
  const best = samplesLike(data, slots * rowLength);
  const columns = new Int32Array(slots * rowLength);
  const reduceRow = (y: number) => {
    let at = (y % slots) * rowLength;
    for (const { start, end } of spans) {
      for (let c = 0; c < channels; c++, at++) {
        let value: number = lowest;
        let column = start;
        for (let x = start; x < end; x += horizontal.dilation) {
          const candidate = data[(y * width + x) * channels + c]!;
          if (candidate > value || Number.isNaN(candidate)) {
            value = candidate;
            column = x;
          }
        }
        best[at] = value;
        columns[at] = column;
      }
    }
  };

  let reduced = 0;
  for (let i = 0; i < vertical.output; i++) {
    const { start, end } = clippedSpan(vertical, i);
    // From the window's own beginning on: it only ever moves down, whereas with dilation the first tap inside can move up.
    for (reduced = Math.max(reduced, windowSpan(vertical, i).start); reduced < end; reduced++) reduceRow(reduced);
    const offset = i * rowLength;
    // What PyTorch reports while no tap has beaten −∞: the first tap that is not before the image.
    for (let j = 0; j < rowLength; j++) {
      indices[offset + j] = start * width + spans[Math.floor(j / channels)]!.start;
    }
    for (let y = start; y < end; y += vertical.dilation) {
      const slot = (y % slots) * rowLength;
      for (let j = 0; j < rowLength; j++) {
        const candidate = best[slot + j]!;
        if (candidate > maxima[offset + j]! || Number.isNaN(candidate)) {
          maxima[offset + j] = candidate;
          indices[offset + j] = y * width + columns[slot + j]!;
        }
      }
    }
  }
  return { data: maxima, indices };
}

// Averages. Each ends in `+ 0`, for PyTorch adds the quotient to a zero: its averages are never −0.

/** What to divide the window in row `i`, column `j` by: `rows[i] · columns[j]`. */
export interface Divisors {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** What average pooling divides each window's sum by. */
export function divisorsOf([vertical, horizontal]: readonly [Axis, Axis], options: PoolOptions): Divisors {
  if (options.divisorOverride !== undefined) {
    return {
      rows: new Float64Array(vertical.output).fill(options.divisorOverride),
      columns: new Float64Array(horizontal.output).fill(1),
    };
  }
  // At least 1: a window that dilation leads past the image has no pixel to count, and its average is 0.
  const taps = (axis: Axis) =>
    Float64Array.from({ length: axis.output }, (_, i) => Math.max(1, tapsCounted(axis, i, options)));
  return { rows: taps(vertical), columns: taps(horizontal) };
}

function integerAverages(
  data: Uint8Array | Uint16Array,
  channels: number,
  [vertical, horizontal]: readonly [Axis, Axis],
  divisors: Divisors,
): Float32Array<ArrayBuffer> {
  const inRow = horizontal.input * channels;
  const output = new Float32Array(vertical.output * horizontal.output * channels);
  // Float64 holds every sum exactly: 16 bits times the pixels of any picture stay far below 2⁵³.
  const columnSums = new Float64Array(inRow);
  const add = (y: number) => {
    for (let i = 0, at = y * inRow; i < inRow; i++, at++) columnSums[i]! += data[at]!;
  };
  const subtract = (y: number) => {
    for (let i = 0, at = y * inRow; i < inRow; i++, at++) columnSums[i]! -= data[at]!;
  };

  // Sums from the left, in steps of the dilation: a window's sum is the difference of two of them. Steps longer than the row
  // are as good as its length: one tap a window.
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
      const divisor = divisors.rows[i]! * divisors.columns[j]!;
      for (let c = 0; c < channels; c++) output[at++] = (leftSums[to[j]! + c]! - leftSums[from[j]! + c]!) / divisor + 0;
    }
  }
  return output;
}

function floatAverages(
  data: Float32Array,
  channels: number,
  [vertical, horizontal]: readonly [Axis, Axis],
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
      const divisor = Math.fround(divisors.rows[i]! * divisors.columns[j]!);
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let y = start; y < end; y += vertical.dilation) {
          for (let x = left; x < right; x += horizontal.dilation) {
            sum = Math.fround(sum + data[y * inRow + x * channels + c]!);
          }
        }
        output[at++] = Math.fround(sum / divisor) + 0;
      }
    }
  }
  return output;
}

/** A new array of the same element type. Not by `data.constructor`: a Node `Buffer` must give a plain array. */
function samplesLike<D extends Samples>(data: D, length: number): D {
  const samples: Samples =
    data instanceof Uint8Array
      ? new Uint8Array(length)
      : data instanceof Uint16Array
        ? new Uint16Array(length)
        : new Float32Array(length);
  return samples as D;
}
