import { type Axes, type Axis, clippedSpan, effectiveKernel, tapsInside } from '../axis';
import { frameworkOf, only, PoolError, type PoolOptions } from '../options';
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
    const own = options.framework === 'onnx' ? options : only(options, 'kernelSize', 'stride', 'ceilMode');
    return { ...own, norm: normOf(options) };
  },

  pool(input, axes, options) {
    const [vertical, horizontal] = axes;
    const [, channels] = input.shape;
    const norm = normOf(options);
    const sums = powerSums(input, axes, options);
    const { full, rows, columns } = realTaps(axes, options);
    const data = new Float32Array(sums.length);
    let at = 0;
    for (let y = 0; y < vertical.output; y++) {
      for (let x = 0; x < horizontal.output; x++) {
        const real = rows[y]! * columns[x]!;
        for (let c = 0; c < channels; c++, at++) data[at] = rootOf(sums[at]!, full, real, norm);
      }
    }
    return { output: { shape: [1, channels, vertical.output, horizontal.output], data } };
  },

  explain(input, axes, options, window, channel) {
    const sum = sumOf(input, axes, window, channel, sumRounding(input.data), termOf(options));
    const norm = normOf(options);
    const { full, rows, columns } = realTaps(axes, options);
    const real = rows[window.y]! * columns[window.x]!;
    return { kind: 'normed', value: rootOf(sum, full, real, norm), norm, sum, scale: full / real };
  },
};

export function normOf({ norm = 2 }: PoolOptions): number {
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
    case -Infinity:
      // C's pow, unlike JavaScript's, has powers of 1 and −1 here.
      return Math.abs(base) === 1 ? 1 : base ** exponent;
    default:
      return Math.fround(base ** Math.fround(exponent));
  }
}

/** How many taps a full window has, and how many of them are real: `rows[y] · columns[x]`. */
interface Taps {
  readonly full: number;
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** In PyTorch, a window that reaches beyond the picture counts as full; ONNX leaves the sum as it is. */
export function realTaps([vertical, horizontal]: Axes, options: PoolOptions): Taps {
  const isScaled = frameworkOf(options) !== 'onnx';
  const real = (axis: Axis) =>
    Float64Array.from({ length: axis.output }, (_, i) => (isScaled ? tapsInside(axis, i) : 1));
  const full = isScaled ? vertical.kernel * horizontal.kernel : 1;
  return { full, rows: real(vertical), columns: real(horizontal) };
}

/** The root of PyTorch's average times the number of taps, each step in float32. */
function rootOf(sum: number, full: number, real: number, norm: number): number {
  const average = Math.fround(Math.fround(sum) / real);
  return powerOf(Math.fround(average * full), 1 / norm);
}

/** Sums below this are exact in float64. */
const exactSums = 2 ** 53;

/** The sums of all windows, in the order of the output's data. */
function powerSums(input: Tensor, axes: Axes, options: PoolOptions): Float64Array {
  const rows = powerRows(input, axes[0], termOf(options));
  return canSlide(input.data, axes, options) ? running(rows, input, axes) : direct(rows, input, axes);
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

/** The powers of one row of the picture. Valid until as many other rows are asked for as are kept. */
type PowerRows = (y: number) => Float64Array;

/** Rows of powers that are kept for the windows that share them. */
const keptRows = 64;

/** The powers of each row, as far as possible computed once; of many integers by a table. */
function powerRows({ shape, data }: Tensor, vertical: Axis, power: (value: number) => number): PowerRows {
  const [, channels, , width] = shape;
  const length = width * channels;
  const isTabled = !(data instanceof Float32Array) && data.length > largestOf(data);
  const table = Float64Array.from({ length: isTabled ? largestOf(data) + 1 : 0 }, (_, value) => power(value));
  const slots = Math.min(effectiveKernel(vertical), vertical.input, keptRows);
  const rows = Array.from({ length: slots }, () => new Float64Array(length));
  const held = new Int32Array(slots).fill(-1);
  return y => {
    const slot = y % slots;
    const row = rows[slot]!;
    if (held[slot] === y) return row;
    held[slot] = y;
    const from = y * length;
    if (isTabled) for (let i = 0; i < length; i++) row[i] = table[data[from + i]!]!;
    else for (let i = 0; i < length; i++) row[i] = power(data[from + i]!);
    return row;
  };
}

/** Column sums that slide down, and sums from the left: the work does not grow with the kernel. */
function running(rows: PowerRows, { shape: [, channels] }: Tensor, [vertical, horizontal]: Axes): Float64Array {
  const rowLength = horizontal.input * channels;
  const columns = new Float64Array(rowLength);
  const lefts = new Float64Array(rowLength + channels);
  const add = (y: number, sign: 1 | -1) => {
    const row = rows(y);
    for (let i = 0; i < rowLength; i++) columns[i]! += sign * row[i]!;
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
      const [from, to] = [span.start * channels, span.end * channels];
      for (let c = 0; c < channels; c++, at++) sums[at] = lefts[to + c]! - lefts[from + c]!;
    }
  }
  return sums;
}

/** Each window's taps one by one, in row-major order; powers of floats are added in float32. */
function direct(rows: PowerRows, { shape: [, channels], data }: Tensor, [vertical, horizontal]: Axes): Float64Array {
  const sums = new Float64Array(vertical.output * horizontal.output * channels);
  const isFloat = data instanceof Float32Array;
  const step = horizontal.dilation * channels;
  const spans = Array.from({ length: horizontal.output }, (_, x) => clippedSpan(horizontal, x));
  for (let y = 0; y < vertical.output; y++) {
    const { start, end } = clippedSpan(vertical, y);
    for (let row = start; row < end; row += vertical.dilation) {
      const powers = rows(row);
      let at = y * horizontal.output * channels;
      for (const span of spans) {
        for (let c = 0; c < channels; c++, at++) {
          let sum = sums[at]!;
          for (let i = span.start * channels + c; i < span.end * channels; i += step) {
            sum = isFloat ? Math.fround(sum + powers[i]!) : sum + powers[i]!;
          }
          sums[at] = sum;
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
