import type { Framework, Pair, PoolOptions } from './options';
import { PoolError } from './options';

/** Which pooling a geometry is for: average has no dilation (except ONNX's) but a divisor. */
export type PoolKind = 'max' | 'average';

/**
 * One axis of a pooling, everything in input pixels except `output`, which counts windows. Window `i` has its first tap at
 * `i · stride − padBefore` and `kernel` taps, `dilation` apart.
 */
export interface Axis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBefore: number;
  readonly padAfter: number;
  readonly output: number;
}

/** Pixels `start` (included) to `end` (excluded) of one axis. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The geometry of a pooling, checked as the options' framework checks it and in its order.
 *
 * Sizes are PyTorch's `⌊(I + before + after − e)/s⌋ + 1` with `e = d·(k − 1) + 1`, rounded up in ceil_mode and then less one
 * window if the last would start beyond the input and the padding before it; `'same'` is Keras' `⌈I/s⌉` with the odd pixel
 * of padding after. Average pooling ignores `dilation` unless the framework is ONNX (AveragePool has it since opset 19).
 *
 * @param shape the input's `[1, C, H, W]`
 * @throws {PoolError} for options that the framework refuses, in its own words; also for what is not a whole number and for
 *   outputs beyond {@link MAX_OUTPUT_VALUES}
 */
export function planAxes(
  kind: PoolKind,
  shape: readonly [number, number, number, number],
  options: PoolOptions,
): readonly [vertical: Axis, horizontal: Axis] {
  const framework = frameworkOf(options);
  const dilation: Pair = kind === 'max' || framework === 'onnx' ? options.dilation : [1, 1];
  CHECKS[framework](kind, options, dilation);

  const [, channels, height, width] = shape;
  const [vertical, horizontal] = sides(options);
  const axes = [
    planAxis(height, 0, vertical, options, dilation),
    planAxis(width, 1, horizontal, options, dilation),
  ] as const;
  const [{ output: rows }, { output: columns }] = axes;
  if (rows < 1 || columns < 1) throw new PoolError(TOO_SMALL[framework](shape, options, rows, columns));
  if (rows * columns * channels > MAX_OUTPUT_VALUES) {
    throw new PoolError(`Output size is too large: [1, ${channels}, ${rows}, ${columns}]`);
  }
  return axes;
}

/** Outputs beyond this many values (2 GB of float32) are refused rather than attempted. */
export const MAX_OUTPUT_VALUES = 2 ** 29;

/** Whose rules the options are judged by: their own `framework`, else Keras' for `'same'` and PyTorch's for numbers. */
export function frameworkOf(options: PoolOptions): Framework {
  return options.framework ?? (options.padding === 'same' ? 'keras' : 'pytorch');
}

/** How many pixels a window spans from its first tap to its last: `d·(k − 1) + 1`. */
export function effectiveKernel(axis: Pick<Axis, 'kernel' | 'dilation'>): number {
  return axis.dilation * (axis.kernel - 1) + 1;
}

/** Window `i` as it lies, padding included: it may begin before 0 and end after the input. */
export function windowSpan(axis: Axis, i: number): Span {
  const start = i * axis.stride - axis.padBefore;
  return { start, end: start + effectiveKernel(axis) };
}

/**
 * The part of window `i` that lies inside the input, from the first tap inside to just after the last. Empty
 * (`start >= end`) if every tap misses the input, which only dilation can bring about.
 */
export function clippedSpan(axis: Axis, i: number): Span {
  const { input, kernel, stride, dilation, padBefore } = axis;
  const origin = i * stride - padBefore;
  const first = origin >= 0 ? 0 : Math.ceil(-origin / dilation);
  const last = Math.min(kernel - 1, Math.floor((input - 1 - origin) / dilation));
  return { start: origin + first * dilation, end: origin + last * dilation + 1 };
}

/**
 * The same windows without taps that no window has inside the input, so that the cost of padded rows does not grow with a
 * kernel beyond the picture. Every window keeps its {@link clippedSpan}, unless that is empty. Not for divisors: those count
 * the taps on padding too.
 */
export function tight(axis: Axis): Axis {
  const { input, stride, dilation, output } = axis;
  // First taps that are outside even in the last window.
  const early = Math.max(Math.floor((axis.padBefore - (output - 1) * stride) / dilation), 0);
  const before = Math.min(early, axis.kernel - 1);
  const padBefore = axis.padBefore - before * dilation;
  // Of the taps behind the input even in the first window one is kept: so each window still ends inside it or beyond.
  const kernel = Math.min(axis.kernel - before, Math.ceil((input + padBefore) / dilation) + 1);
  const reach = (output - 1) * stride + effectiveKernel({ kernel, dilation });
  return { ...axis, kernel, padBefore, padAfter: Math.max(reach - padBefore - input, 0) };
}

/**
 * Whether even {@link tight} windows reach so far, by dilation or by strides over ONNX's paddings, that a row padded to their
 * reach would be much longer than both input and output. Then single taps are cheaper, for few of them are in the input.
 */
export function outreaches(axis: Axis): boolean {
  const { kernel, dilation, stride, output, input } = tight(axis);
  return (output - 1) * stride + effectiveKernel({ kernel, dilation }) > 4 * Math.max(input, output) + 1024;
}

/** How many taps of window `i` lie inside the input: its share of the divisor without counted padding. */
export function tapsInside(axis: Axis, i: number): number {
  const { start, end } = clippedSpan(axis, i);
  return end > start ? (end - 1 - start) / axis.dilation + 1 : 0;
}

/**
 * How many taps of window `i` count with `count_include_pad`: those in the input and its padding, but not what ceil_mode
 * lets hang over beyond the padding.
 */
export function tapsPadded(axis: Axis, i: number): number {
  const { start, end } = windowSpan(axis, i);
  const limit = Math.min(end, axis.input + axis.padAfter);
  return Math.ceil((limit - start) / axis.dilation);
}

/** How many taps of average window `i` its divisor counts, as the options have it; `'same'` counts real pixels only. */
export function tapsCounted(axis: Axis, i: number, options: PoolOptions): number {
  return countsPadding(options) ? tapsPadded(axis, i) : tapsInside(axis, i);
}

/** Whether an average's divisor counts padding: as asked, but never for `'same'`, which is Keras' rule. */
export function countsPadding({ countIncludePad, padding }: PoolOptions): boolean {
  return countIncludePad && padding !== 'same';
}

/** The rows or columns that no window looks at, in order: gaps between windows, dilation's holes, what is left at the end. */
export function unreached(axis: Axis): Span[] {
  const reached = new Uint8Array(axis.input);
  for (let i = 0; i < axis.output; i++) {
    const { start, end } = clippedSpan(axis, i);
    // Windows overlap: pixel by pixel, large ones would take longer than a pointer takes to move.
    if (axis.dilation === 1) reached.fill(1, start, end);
    else for (let at = start; at < end; at += axis.dilation) reached[at] = 1;
  }
  const spans: Span[] = [];
  for (let start = reached.indexOf(0); start >= 0; ) {
    const next = reached.indexOf(1, start);
    const end = next < 0 ? axis.input : next;
    spans.push({ start, end });
    start = next < 0 ? -1 : reached.indexOf(0, end);
  }
  return spans;
}

/** Whether ceil_mode's rounding gave a window that starts beyond the input and the padding before it, and was dropped. */
export function dropsLastWindow(axis: Axis, options: PoolOptions): boolean {
  return options.ceilMode && options.padding !== 'same' && axis.output < roundedWindows(axis, true);
}

/** The number of windows, rounded up or down, before ceil_mode's last-window rule. */
export function roundedWindows(axis: Omit<Axis, 'output'>, ceil: boolean): number {
  const steps = (axis.input + axis.padBefore + axis.padAfter - effectiveKernel(axis)) / axis.stride;
  return (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
}

type Sides = readonly [before: number, after: number] | 'same';

function sides({ padding }: PoolOptions): readonly [vertical: Sides, horizontal: Sides] {
  if (padding === 'same') return ['same', 'same'];
  return [
    [padding.top, padding.bottom],
    [padding.left, padding.right],
  ];
}

function planAxis(input: number, side: 0 | 1, padding: Sides, options: PoolOptions, dilations: Pair): Axis {
  const kernel = options.kernelSize[side];
  const stride = options.stride[side];
  const dilation = dilations[side];
  if (padding === 'same') {
    const output = Math.ceil(input / stride);
    const total = Math.max((output - 1) * stride + effectiveKernel({ kernel, dilation }) - input, 0);
    const padBefore = Math.floor(total / 2);
    return { input, kernel, stride, dilation, padBefore, padAfter: total - padBefore, output };
  }
  const [padBefore, padAfter] = padding;
  const axis = { input, kernel, stride, dilation, padBefore, padAfter };
  let output = roundedWindows(axis, options.ceilMode);
  if (options.ceilMode && (output - 1) * stride >= input + padBefore) output--;
  return { ...axis, output };
}

/** Each framework's checks of the options alone, in its order. */
const CHECKS: Record<Framework, (kind: PoolKind, options: PoolOptions, dilation: Pair) => void> = {
  pytorch: checkPyTorch,
  keras: checkKeras,
  onnx: checkOnnx,
};

/** The largest number that PyTorch takes for a size: its kernels hold them as C's `int`. */
const MAX_INT = 2 ** 31 - 1;

/**
 * PyTorch's checks: its argument parser's, then ATen's `pooling_output_shape` for the height and the width, then
 * `pool2d_shape_check` (aten/src/ATen/native/Pool.h). Each side of an asymmetric padding has to obey the rule for both.
 */
function checkPyTorch(kind: PoolKind, options: PoolOptions, dilation: Pair): void {
  const { kernelSize, stride, padding, divisorOverride } = options;
  const call = kind === 'max' ? 'max_pool2d()' : 'avg_pool2d()';
  if (padding === 'same') {
    throw new PoolError(`${call}: argument 'padding' (position 4) must be tuple of ints, not str`);
  }
  const pads = [padding.top, padding.bottom, padding.left, padding.right];
  const lists = { kernel_size: kernelSize, stride, padding: pads, dilation };
  for (const [position, [name, values]] of Object.entries(lists).entries()) {
    const wrong = values.findIndex(value => !Number.isInteger(value));
    if (wrong >= 0) {
      // The parser looks at a list's first element while it matches arguments, and counts the others from 1 afterwards.
      const [place, at] = wrong === 0 ? [` (position ${position + 2})`, 0] : ['', wrong + 1];
      throw new PoolError(
        `${call}: argument '${name}'${place} must be tuple of ints, but found element of type float at pos ${at}`,
      );
    }
    if (values.some(value => Math.abs(value) > MAX_INT)) throw new PoolError('integer out of range');
  }
  if (kind === 'average' && divisorOverride !== undefined) {
    if (!Number.isInteger(divisorOverride)) {
      throw new PoolError(`${call}: argument 'divisor_override' (position 7) must be int, not float`);
    }
    if (divisorOverride === 0) throw new PoolError('divisor must be not zero');
  }
  for (const side of [0, 1] as const) {
    if (stride[side] === 0) throw new PoolError('stride should not be zero');
    const limit = Math.trunc(effectiveKernel({ kernel: kernelSize[side], dilation: dilation[side] }) / 2);
    const axisPads = pads.slice(side * 2, side * 2 + 2);
    for (const pad of axisPads) if (pad < 0) throw new PoolError(`pad must be non-negative, but got pad: ${pad}`);
    for (const pad of axisPads) {
      if (pad > limit) {
        throw new PoolError(
          `pad should be at most half of effective kernel size, but got pad=${pad}, ` +
            `kernel_size=${kernelSize[side]} and dilation=${dilation[side]}`,
        );
      }
    }
  }
  if (!kernelSize.every(isPositive)) {
    throw new PoolError(`kernel size should be greater than zero, but got kH: ${kernelSize[0]} kW: ${kernelSize[1]}`);
  }
  if (!stride.every(isPositive)) {
    throw new PoolError(`stride should be greater than zero, but got dH: ${stride[0]} dW: ${stride[1]}`);
  }
  if (!dilation.every(isPositive)) {
    throw new PoolError(
      `dilation should be greater than zero, but got dilationH: ${dilation[0]} dilationW: ${dilation[1]}`,
    );
  }
}

/** Keras 3's checks: `standardize_tuple` of the layer's arguments, and the base layer's refusal of arguments it lacks. */
function checkKeras(kind: PoolKind, options: PoolOptions, dilation: Pair): void {
  const { kernelSize, stride, padding, ceilMode, divisorOverride } = options;
  const layer = kind === 'max' ? 'MaxPooling2D' : 'AveragePooling2D';
  // Without a framework named, 'same' is an option of our own beside PyTorch's, so only what Keras was asked for is refused.
  if (options.framework === 'keras') {
    const unknown: string[] = [];
    if (dilation.some(value => value !== 1)) unknown.push(`'dilation': ${tuple(dilation)}`);
    if (ceilMode) unknown.push(`'ceil_mode': True`);
    if (kind === 'average' && divisorOverride !== undefined) unknown.push(`'divisor_override': ${divisorOverride}`);
    if (unknown.length > 0) {
      throw new PoolError(`Unrecognized keyword arguments passed to ${layer}: {${unknown.join(', ')}}`);
    }
  } else {
    if (!dilation.every(value => Number.isInteger(value) && isPositive(value))) {
      throw new PoolError(
        `dilation should be greater than zero, but got dilationH: ${dilation[0]} dilationW: ${dilation[1]}`,
      );
    }
    if (kind === 'average' && divisorOverride !== undefined) {
      if (!Number.isInteger(divisorOverride)) {
        throw new PoolError(`avg_pool2d(): argument 'divisor_override' (position 7) must be int, not float`);
      }
      if (divisorOverride === 0) throw new PoolError('divisor must be not zero');
    }
  }
  checkTuple('pool_size', kernelSize, 1);
  checkTuple('strides', stride, 0);
  // The layer lets a stride of 0 pass, and TensorFlow then says:
  if (stride.includes(0)) throw new PoolError('Stride must be > 0, but got 0');
  if (padding !== 'same') {
    const pads = [padding.top, padding.bottom, padding.left, padding.right];
    if (pads.some(pad => pad !== 0)) {
      throw new PoolError(`\`padding\` must be either \`'valid'\` or \`'same'\`. Received ${tuple(pads)}.`);
    }
  }
}

function checkTuple(name: string, values: Pair, least: 0 | 1): void {
  if (values.every(value => Number.isInteger(value) && value >= least && value <= MAX_INT)) return;
  const received = `The \`${name}\` argument must be a tuple of 2 integers. Received ${name}=${tuple(values)}`;
  const refused = [...new Set(values.filter(value => value < least))];
  throw new PoolError(
    refused.length > 0
      ? `${received}, including values {${refused.join(', ')}} that do not satisfy \`value ${least ? '> 0' : '>= 0'}\``
      : received,
  );
}

/** ONNX's checks when it infers shapes, then ONNX Runtime's when it makes the node (cpu/nn/pool_attributes.h). */
function checkOnnx(kind: PoolKind, options: PoolOptions, dilation: Pair): void {
  const { kernelSize, stride, padding, divisorOverride } = options;
  if (kind === 'average' && divisorOverride !== undefined) {
    throw new PoolError('Unrecognized attribute: divisor_override for operator AveragePool');
  }
  const pads = padding === 'same' ? [] : [padding.top, padding.left, padding.bottom, padding.right];
  const lists = { kernel_shape: kernelSize, strides: stride, pads, dilations: dilation };
  for (const [name, values] of Object.entries(lists)) {
    const fraction = values.find(value => !Number.isInteger(value) || value > MAX_INT);
    if (fraction !== undefined)
      throw new PoolError(`Attribute ${name} must only contain integers, but got ${fraction}`);
  }
  for (const [name, values] of Object.entries(lists)) {
    if (name === 'pads') {
      if (values.some(value => value < 0)) throw new PoolError('Attribute pads must not contain negative values');
    } else if (!values.every(isPositive)) throw new PoolError(`Attribute ${name} must only contain positive values`);
  }
  if (pads.some((pad, i) => pad >= kernelSize[i % 2]!)) throw new PoolError('Pad should be smaller than kernel.');
}

/** What each framework says of an output without a pixel. */
const TOO_SMALL: Record<
  Framework,
  (shape: readonly [number, number, number, number], options: PoolOptions, rows: number, columns: number) => string
> = {
  pytorch: ([, c, h, w], _, rows, columns) =>
    `Given input size: (${c}x${h}x${w}). Calculated output size: (${c}x${rows}x${columns}). Output size is too small`,
  // Keras makes an empty tensor of an output of exactly 0; there is no picture of that, so it is refused like one below 0.
  keras: ([n, c, h, w], { kernelSize }) =>
    `Computed output size would be negative. Received: \`inputs.shape=[${n} ${h} ${w} ${c}]\` ` +
    `and \`pool_size=[${kernelSize.join(' ')}]\`.`,
  // The runtime too makes an empty tensor of an output of exactly 0. It rounds a negative quotient towards zero, where
  // ONNX and this file round down: there a kernel larger than the picture can pass for one window.
  onnx: ([n, c], _, rows, columns) =>
    `Invalid dimension: ${Math.min(rows, columns)} in the output shape {${n},${c},${rows},${columns}}`,
};

function isPositive(value: number): boolean {
  return value > 0;
}

function tuple(values: readonly number[]): string {
  return `(${values.join(', ')})`;
}
