import { type Axes, clippedSpan, tapsInside } from '../axis';
import { frameworkOf, noPadding, PoolError, type PoolOptions } from '../options';
import type { Point } from '../region';
import type { Samples, Tensor } from '../tensor';
import { sumOf, sumRounding } from './average';
import type { Operator } from './operator';

/**
 * Power-average pooling, `(Σ xᵖ)^(1/p)` over each window, in float32. PyTorch computes it as an average (`lp_pool2d` in
 * torch/nn/functional.py): a window of ceil_mode that reaches beyond the picture counts as if it were full, so its sum
 * is scaled up; negative values keep their sign in the power. ONNX sums `|x|ᵖ` over real pixels only.
 *
 * Powers, sums and roots are rounded to float32 as in the frameworks, so what overflows there does so here. Powers of
 * integers are added exactly and rounded once, those of floats in float32 in row-major order, as in average pooling.
 * Powers other than squares and cubes are a digit off now and then: the two agree to one part in 10⁶.
 */
export const lp: Operator = {
  title: 'Lᵖ',
  longTitle: 'Lᵖ pooling',
  calls: {
    pytorch: {
      layer: 'LPPool2d',
      // It pools the powers with this function, whose checks are its own.
      function: 'avg_pool2d()',
      dilation: 'ignored',
      lacks: ['padding'],
      emptyWindow: 0,
      check: checkNorm,
      write: (settings, options) => `LPPool2d(${[normOf(options), ...settings].join(', ')})`,
    },
    keras: undefined,
    onnx: {
      layer: 'LpPool',
      dilation: 'taken',
      emptyWindow: 0,
      check: checkWholeNorm,
      write: (settings, options) =>
        `LpPool(${[...settings, ...(normOf(options) === 2 ? [] : [`p=${normOf(options)}`])].join(', ')})`,
    },
  },
  settings: ['norm', 'kernelSize', 'stride', 'padding', 'dilation', 'ceilMode'],
  padding: 0,
  divides: false,

  /** PyTorch's layer has neither padding nor dilation. */
  optionsFrom(options) {
    const { framework, kernelSize, stride, ceilMode } = options;
    const norm = normOf(options);
    if (framework === 'onnx') return { ...options, norm };
    const named = framework ? { framework } : {};
    const own = { kernelSize, stride, ceilMode, padding: noPadding, dilation: [1, 1], countIncludePad: true } as const;
    return { ...named, ...own, norm };
  },

  pool(input, axes, options) {
    const [vertical, horizontal] = axes;
    const [, channels] = input.shape;
    const data = new Float32Array(vertical.output * horizontal.output * channels);
    const sums = powerSums(input, axes, options);
    let at = 0;
    for (let y = 0; y < vertical.output; y++) {
      for (let x = 0; x < horizontal.output; x++) {
        const taps = tapsOf(axes, options, { x, y });
        for (let c = 0; c < channels; c++, at++) data[at] = rootOf(sums[at]!, taps, options);
      }
    }
    return { output: { shape: [1, channels, vertical.output, horizontal.output], data } };
  },

  explain(input, axes, options, window, channel) {
    const sum = sumOf(input, axes, window, channel, sumRounding(input.data), termOf(options));
    const taps = tapsOf(axes, options, window);
    const value = rootOf(sum, taps, options);
    return { kind: 'normed', value, norm: normOf(options), sum, scale: taps.full / taps.real };
  },
};

function normOf({ norm = 2 }: PoolOptions): number {
  return norm;
}

/** What the windows sum up: a value's power, in ONNX that of its absolute value. */
function termOf(options: PoolOptions): (value: number) => number {
  const norm = normOf(options);
  if (frameworkOf(options) === 'onnx') return value => powerOf(Math.abs(value), norm);
  return value => powerOf(value, norm);
}

/**
 * A float32 power as the frameworks compute it: exponents are float32, too; cubes are rounded twice, and square roots
 * of −∞ are NaN (`pow` in aten/src/ATen/native/cpu/PowKernel.cpp).
 */
function powerOf(base: number, exponent: number): number {
  switch (Math.fround(exponent)) {
    case 3:
      return Math.fround(Math.fround(base * base) * base);
    case 0.5:
      return Math.fround(Math.sqrt(base));
    case -0.5:
      return Math.fround(1 / Math.sqrt(base));
    case Infinity:
      // C's pow, unlike JavaScript's, is 1 here.
      return base === 1 ? 1 : base ** Infinity;
    default:
      return Math.fround(base ** Math.fround(exponent));
  }
}

/** How many taps a full window has, and how many of them are real. */
interface Taps {
  readonly full: number;
  readonly real: number;
}

/** In PyTorch, a window that reaches beyond the picture counts as full; ONNX leaves the sum as it is. */
function tapsOf([vertical, horizontal]: Axes, options: PoolOptions, { x, y }: Point): Taps {
  if (frameworkOf(options) === 'onnx') return { full: 1, real: 1 };
  const full = vertical.kernel * horizontal.kernel;
  return { full, real: tapsInside(vertical, y) * tapsInside(horizontal, x) };
}

/** The root of PyTorch's average times the number of taps, each step in float32. */
function rootOf(sum: number, { full, real }: Taps, options: PoolOptions): number {
  const average = Math.fround(Math.fround(sum) / real);
  return powerOf(Math.fround(average * full), 1 / normOf(options));
}

/** Sums below this are exact in float64. */
const exactSums = 2 ** 53;

/** The sums of all windows, in the order of the output's data. */
function powerSums(input: Tensor, axes: Axes, options: PoolOptions): Float64Array | Float32Array {
  const power = termOf(options);
  const values = powersOf(input.data, power);
  return canSlide(input.data, axes, options) ? running(values, input, axes) : direct(values, input, axes);
}

/** Whether running sums lose nothing: only if all of them are whole numbers that float64 holds. */
function canSlide(data: Samples, axes: Axes, options: PoolOptions): boolean {
  const [vertical, horizontal] = axes;
  const norm = normOf(options);
  const isWhole = !(data instanceof Float32Array) && Number.isInteger(norm) && norm >= 0;
  const isDense = vertical.dilation === 1 && horizontal.dilation === 1;
  if (!isWhole || !isDense) return false;
  return termOf(options)(largestOf(data)) * vertical.kernel * horizontal.input < exactSums;
}

function largestOf(data: Uint8Array | Uint16Array): number {
  return data instanceof Uint16Array ? 65535 : 255;
}

/** The power of each sample; of many integers by a table. */
function powersOf(data: Samples, power: (value: number) => number): Float64Array {
  if (data instanceof Float32Array || data.length <= largestOf(data)) return Float64Array.from(data, power);
  const powers = Float64Array.from({ length: largestOf(data) + 1 }, (_, value) => power(value));
  return Float64Array.from(data, value => powers[value]!);
}

/** Column sums that slide down, and sums from the left: the work does not grow with the kernel. */
function running(values: Float64Array, { shape: [, channels] }: Tensor, [vertical, horizontal]: Axes): Float64Array {
  const rowLength = horizontal.input * channels;
  const columns = new Float64Array(rowLength);
  const lefts = new Float64Array(rowLength + channels);
  const add = (y: number, sign: 1 | -1) => {
    for (let i = 0, at = y * rowLength; i < rowLength; i++, at++) columns[i]! += sign * values[at]!;
  };
  const sums = new Float64Array(vertical.output * horizontal.output * channels);
  const spans = Array.from({ length: horizontal.output }, (_, x) => clippedSpan(horizontal, x));
  let summed = { start: 0, end: 0 };
  let at = 0;
  for (let y = 0; y < vertical.output; y++) {
    const { start, end } = clippedSpan(vertical, y);
    for (let row = summed.start; row < Math.min(start, summed.end); row++) add(row, -1);
    for (let row = Math.max(summed.end, start); row < end; row++) add(row, 1);
    summed = { start, end };
    for (let i = 0; i < rowLength; i++) lefts[i + channels] = lefts[i]! + columns[i]!;
    for (const span of spans) {
      for (let c = 0; c < channels; c++)
        sums[at++] = lefts[span.end * channels + c]! - lefts[span.start * channels + c]!;
    }
  }
  return sums;
}

/** Each window's taps one by one, each tap for a whole row of windows. */
function direct(
  values: Float64Array,
  { shape: [, channels], data }: Tensor,
  [vertical, horizontal]: Axes,
): Float64Array | Float32Array {
  const rowLength = horizontal.input * channels;
  const length = vertical.output * horizontal.output * channels;
  // Float32 sums are rounded after each addition.
  const sums = data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  const spans = Array.from({ length: horizontal.output }, (_, x) => clippedSpan(horizontal, x));
  for (let y = 0; y < vertical.output; y++) {
    const { start, end } = clippedSpan(vertical, y);
    for (let row = start; row < end; row += vertical.dilation) {
      let at = y * horizontal.output * channels;
      for (const span of spans) {
        for (let c = 0; c < channels; c++, at++) {
          for (let column = span.start; column < span.end; column += horizontal.dilation) {
            sums[at]! += values[row * rowLength + column * channels + c]!;
          }
        }
      }
    }
  }
  return sums;
}

/** PyTorch divides by the norm after pooling; its words for 0 are Python's. */
function checkNorm(options: PoolOptions): void {
  const norm = normOf(options);
  const about = { option: 'norm' } as const;
  if (norm === 0) throw new PoolError('float division by zero', about);
  // PyTorch returns 1 or NaN everywhere, and not the maximum that p = ∞ stands for.
  if (!Number.isFinite(norm)) throw new PoolError(`norm_type must be a finite number, but got ${norm}`, about);
}

/** ONNX's attribute `p` is an integer. Its runtime takes any: 0 gives ∞, or 1 for a window of one pixel. */
function checkWholeNorm(options: PoolOptions): void {
  const norm = normOf(options);
  if (Number.isInteger(norm)) return;
  throw new PoolError(`Attribute p must be an integer, but got ${norm}`, { option: 'norm' });
}
