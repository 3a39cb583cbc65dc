import { type Axes, clippedSpan } from '../axis';
import { type Framework, PoolError } from '../options';
import type { Point } from '../region';
import { settingText } from '../settingText';
import type { Tensor } from '../tensor';
import { max } from './max';
import { type Call, callIn, type Operator } from './operator';
import { slidingMedians } from './slidingMedian';

/** Larger windows would take too long. */
const mostTaps = 1024;

/** Pixels that enter windows, one after the other, in all of them together: more would take seconds. */
const mostEntering = 60_000_000;

/**
 * The median of each window: a filter that removes noise, and a layer in no framework. Its windows are planned, checked
 * and refused as those of max pooling. Its values are those of `np.median`: of an even number of pixels the mean of the
 * middle two, and NaN if any pixel is. Padding does not count; a window without a pixel gives 0. The output is float32
 * and never −0.
 */
export const median: Operator = {
  title: 'Median',
  longTitle: 'Median pooling',
  calls: { pytorch: undefined, keras: undefined, onnx: undefined },
  follows: { pytorch: asMax('pytorch'), keras: asMax('keras'), onnx: asMax('onnx') },
  settings: max.settings,
  padding: 'nan',
  divides: false,

  pool({ shape, data }, axes) {
    const [, channels] = shape;
    const [vertical, horizontal] = axes;
    const output = new Float32Array(vertical.output * horizontal.output * channels);
    if (data instanceof Float32Array) floatMedians({ shape, data }, axes, output);
    else if (vertical.kernel <= 2 && horizontal.kernel <= 2) mediansOfFour({ shape, data }, axes, output);
    else slidingMedians({ shape, data }, axes, output);
    return { output: { shape: [1, channels, vertical.output, horizontal.output], data: output } };
  },

  explain(input, axes, _, window, channel) {
    const sorted = new Float32Array(axes[0].kernel * axes[1].kernel);
    const values = sorted.slice(0, gather(input, axes, window, channel, sorted)).sort();
    return { kind: 'median', value: middleOf(values), sorted: values };
  },
};

function asMax(framework: Framework): Call {
  return {
    ...callIn(max, framework),
    emptyWindow: 0,
    check({ kernelSize: [height, width], stride: [down, across] }, [, channels, rows, columns]) {
      if (height * width > mostTaps) {
        throw new PoolError(
          `The median of more than ${mostTaps} pixels would take too long, but got kernel size ${height}×${width}`,
          { option: 'kernelSize', sides: [0, 1] },
        );
      }
      const entering =
        Math.ceil(rows / down) * Math.ceil(columns / across) * channels * height * Math.min(width, across);
      if (entering > mostEntering) {
        throw new PoolError('The medians of so many windows would take too long: a larger stride makes fewer', {
          option: 'stride',
          sides: [0, 1],
        });
      }
    },
    write: (_, options) => `np.median, ${settingText(options)}`,
  };
}

/** The median of values in order, NaN last as `sort` puts it; 0 of none. */
function middleOf(sorted: Float32Array): number {
  const { length } = sorted;
  if (length === 0) return 0;
  if (Number.isNaN(sorted[length - 1]!)) return Number.NaN;
  return meanOf(sorted[(length - 1) >> 1]!, sorted[length >> 1]!);
}

/** The mean of two values, added in float32 as NumPy does; never −0. */
function meanOf(a: number, b: number): number {
  return Math.fround(Math.fround(a + b) / 2) + 0;
}

/** Copies a window's values in one channel to the beginning of `values`. @returns how many there are */
function gather(
  { shape: [, channels, , width], data }: Tensor,
  [vertical, horizontal]: Axes,
  { x, y }: Point,
  channel: number,
  values: Float32Array,
): number {
  const [down, across] = [clippedSpan(vertical, y), clippedSpan(horizontal, x)];
  let count = 0;
  for (let row = down.start; row < down.end; row += vertical.dilation) {
    for (let column = across.start; column < across.end; column += horizontal.dilation) {
      values[count++] = data[(row * width + column) * channels + channel]!;
    }
  }
  return count;
}

function floatMedians(input: Tensor<Float32Array>, axes: Axes, output: Float32Array): void {
  const [{ kernel: height, output: rows }, { kernel: length, output: columns }] = axes;
  const [, channels] = input.shape;
  const values = new Float32Array(height * length);
  let at = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (let c = 0; c < channels; c++) output[at++] = selected(values, gather(input, axes, { x, y }, c, values));
    }
  }
}

/** The median of the first `count` values, whose order changes (Hoare 1961, Algorithm 65: Find). */
function selected(values: Float32Array, count: number): number {
  for (let i = 0; i < count; i++) if (Number.isNaN(values[i]!)) return Number.NaN;
  const middle = count >> 1;
  let [left, right] = [0, count - 1];
  while (left < right) {
    const pivot = values[middle]!;
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    if (j < middle) left = i;
    if (i > middle) right = j;
  }
  if (count === 0) return 0;
  if (count % 2 === 1) return values[middle]! + 0;
  let below = values[0]!;
  for (let i = 1; i < middle; i++) if (values[i]! > below) below = values[i]!;
  return meanOf(below, values[middle]!);
}

/** Windows of up to 2×2 integers. A tap off the picture is replaced by its neighbour, which keeps the median. */
function mediansOfFour(
  { shape: [, channels, , width], data }: Tensor<Uint8Array | Uint16Array>,
  [vertical, horizontal]: Axes,
  output: Float32Array,
): void {
  const spans = Array.from({ length: horizontal.output }, (_, x) => clippedSpan(horizontal, x));
  let at = 0;
  for (let y = 0; y < vertical.output; y++) {
    const { start: top, end: bottom } = clippedSpan(vertical, y);
    const upper = top * width * channels;
    const lower = (bottom - 1) * width * channels;
    for (const { start, end } of spans) {
      if (top >= bottom || start >= end) {
        at += channels;
        continue;
      }
      const right = (end - 1) * channels;
      for (let c = 0, left = start * channels; c < channels; c++, left++) {
        const p = data[upper + left]!;
        const q = data[upper + right + c]!;
        const r = data[lower + left]!;
        const s = data[lower + right + c]!;
        output[at++] = (p + q + r + s - Math.min(p, q, r, s) - Math.max(p, q, r, s)) / 2;
      }
    }
  }
}
