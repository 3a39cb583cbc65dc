import { type Axes, clippedSpan, tapsInside } from '../axis';
import { frameworkOf, noPadding, PoolError, type PoolOptions } from '../options';
import type { Point } from '../region';
import type { Tensor } from '../tensor';
import { sumOf } from './average';
import type { Operator } from './operator';

/**
 * Power-average pooling, `(Σ xᵖ)^(1/p)` over each window, in float32. PyTorch computes it as an average (`lp_pool2d` in
 * torch/nn/functional.py): a window of ceil_mode that reaches beyond the picture counts as if it were full, so its sum
 * is scaled up; negative values keep their sign in the power. ONNX sums `|x|ᵖ` over real pixels only.
 *
 * Sums are of float64 powers and rounded once; PyTorch rounds each power to float32, so the two agree to about one part
 * in 10⁷.
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
    const { framework, norm, kernelSize, stride, ceilMode } = options;
    if (framework === 'onnx') return options;
    const named = framework ? { framework } : {};
    const own = { kernelSize, stride, ceilMode, padding: noPadding, dilation: [1, 1], countIncludePad: true } as const;
    return { ...named, ...own, ...(norm !== undefined && { norm }) };
  },

  pool(input, axes, options) {
    const [vertical, horizontal] = axes;
    const [, channels] = input.shape;
    const data = new Float32Array(vertical.output * horizontal.output * channels);
    const sums = powerSums(input, axes, options);
    const norm = normOf(options);
    let at = 0;
    for (let y = 0; y < vertical.output; y++) {
      for (let x = 0; x < horizontal.output; x++) {
        const scale = scaleOf(axes, options, { x, y });
        for (let c = 0; c < channels; c++, at++) data[at] = (sums[at]! * scale) ** (1 / norm);
      }
    }
    return { output: { shape: [1, channels, vertical.output, horizontal.output], data } };
  },

  explain({ shape, data }, axes, options, window, channel) {
    const power = powerOf(options);
    const sum = sumOf({ shape, data }, axes, window, channel, power);
    const [norm, scale] = [normOf(options), scaleOf(axes, options, window)];
    return { kind: 'normed', value: Math.fround((sum * scale) ** (1 / norm)), sum, norm, scale };
  },
};

function normOf({ norm = 2 }: PoolOptions): number {
  return norm;
}

/** What the windows sum up: a value's power, in ONNX that of its absolute value. */
function powerOf(options: PoolOptions): (value: number) => number {
  const norm = normOf(options);
  return frameworkOf(options) === 'onnx' ? value => Math.abs(value) ** norm : value => value ** norm;
}

/** PyTorch multiplies the average of a window's real pixels by the number of taps of a full one. */
function scaleOf([vertical, horizontal]: Axes, options: PoolOptions, { x, y }: Point): number {
  if (frameworkOf(options) === 'onnx') return 1;
  const real = tapsInside(vertical, y) * tapsInside(horizontal, x);
  return (vertical.kernel * horizontal.kernel) / real;
}

/** Sums below this are exact in float64. */
const exactSums = 2 ** 53;

/** The sums of all windows, in the order of the output's data. */
function powerSums(input: Tensor, axes: Axes, options: PoolOptions): Float64Array {
  const { data } = input;
  const power = powerOf(options);
  if (data instanceof Float32Array) return direct(Float64Array.from(data, power), input, axes);
  const largest = data instanceof Uint16Array ? 65535 : 255;
  const powers = Float64Array.from({ length: largest + 1 }, (_, value) => power(value));
  const values = Float64Array.from(data, value => powers[value]!);
  const [vertical, horizontal] = axes;
  const isDense = vertical.dilation === 1 && horizontal.dilation === 1;
  // Running sums lose nothing only if all of them are whole numbers that float64 holds.
  const isExact = powers.every(Number.isInteger) && powers[largest]! * vertical.kernel * horizontal.input < exactSums;
  return isDense && isExact ? running(values, input, axes) : direct(values, input, axes);
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
function direct(values: Float64Array, { shape: [, channels] }: Tensor, [vertical, horizontal]: Axes): Float64Array {
  const rowLength = horizontal.input * channels;
  const sums = new Float64Array(vertical.output * horizontal.output * channels);
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

/** ONNX's attribute `p` is an integer, and its runtime demands a positive one (cpu/nn/pool_functors.h). */
function checkWholeNorm(options: PoolOptions): void {
  const norm = normOf(options);
  if (Number.isInteger(norm) && norm > 0) return;
  throw new PoolError(`Attribute p must be a positive integer, but got ${norm}`, { option: 'norm' });
}
