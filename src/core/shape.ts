import type { Framework, Pair, PoolOptions } from './options';
import type { Axis, PoolKind } from './window';
import { countsPadding, dropsLastWindow, effectiveKernel, frameworkOf, unreached } from './window';

type Shape = readonly [number, number, number, number];

/** A tensor's shape as the framework writes it: `[1, 3, 700, 1024]`, and Keras' NHWC `(1, 700, 1024, 3)`. */
export function tensorShapeText(shape: Shape, framework: Framework = 'pytorch'): string {
  const [n, c, h, w] = shape;
  return framework === 'keras' ? `(${n}, ${h}, ${w}, ${c})` : `[${n}, ${c}, ${h}, ${w}]`;
}

/** The shape of a picture of a `[1, C, H, W]` tensor as NumPy writes it: `(700, 1024, 3)`, and grey `(700, 1024)`. */
export function pictureShapeText([, c, h, w]: Shape): string {
  return c === 1 ? `(${h}, ${w})` : `(${h}, ${w}, ${c})`;
}

/** The shape of the pooled tensor. */
export function outputShape(shape: Shape, [vertical, horizontal]: readonly [Axis, Axis]): [1, number, number, number] {
  return [1, shape[1], vertical.output, horizontal.output];
}

/** The four shapes on the way from the file to the pooled picture, as text. */
export interface Journey {
  /** What `imread` gives. */
  readonly picture: string;
  readonly tensor: string;
  readonly pooled: string;
  /** Clipped and truncated back to bytes. */
  readonly image: string;
}

/** The journey of a `[1, C, H, W]` tensor through a pooling with these axes. */
export function journey(shape: Shape, axes: readonly [Axis, Axis], framework: Framework = 'pytorch'): Journey {
  const pooled = outputShape(shape, axes);
  return {
    picture: pictureShapeText(shape),
    tensor: tensorShapeText(shape, framework),
    pooled: tensorShapeText(pooled, framework),
    image: pictureShapeText(pooled),
  };
}

/**
 * One axis' output size with the numbers put in: `⌊(700 + 2·0 − 2)/2⌋ + 1 = 350`, the same with the dilated kernel spelled
 * out, `⌈…⌉` in ceil_mode with `− 1` for a last window that was dropped, and Keras' `⌈700/2⌉ = 350` for `'same'`.
 */
export function sizeFormula(axis: Axis, options: PoolOptions): string {
  const { input, kernel, stride, dilation, padBefore, padAfter, output } = axis;
  if (options.padding === 'same') return `⌈${input}/${stride}⌉ = ${output}`;
  const span = dilation === 1 ? ` − ${kernel}` : ` − ${dilation}·(${kernel} − 1) − 1`;
  const [open, close] = options.ceilMode ? ['⌈', '⌉'] : ['⌊', '⌋'];
  const dropped = dropsLastWindow(axis, options) ? ' − 1' : '';
  return `${open}(${input}${padTerm(padBefore, padAfter, options)}${span})/${stride}${close} + 1${dropped} = ${output}`;
}

function padTerm(before: number, after: number, options: PoolOptions): string {
  if (options.framework === 'keras') return '';
  return before === after ? ` + 2·${before}` : ` + ${before} + ${after}`;
}

/**
 * The pooling as the framework's code writes it, with only what differs from its defaults: `MaxPool2d(3, stride=2,
 * padding=1)`, `AveragePooling2D(2, padding="same")`, `MaxPool(kernel_shape=[2, 2], strides=[2, 2])`.
 */
export function callText(kind: PoolKind, options: PoolOptions, axes: readonly [Axis, Axis]): string {
  switch (frameworkOf(options)) {
    case 'pytorch':
      return pytorchCall(kind, options, axes);
    case 'keras':
      return kerasCall(kind, options);
    case 'onnx':
      return onnxCall(kind, options, axes);
  }
}

function pytorchCall(kind: PoolKind, options: PoolOptions, [vertical, horizontal]: readonly [Axis, Axis]): string {
  const { kernelSize, stride, dilation, ceilMode, countIncludePad, divisorOverride } = options;
  const args = [number(kernelSize)];
  if (!same(stride, kernelSize)) args.push(`stride=${number(stride)}`);
  // PyTorch pads both ends of an axis alike; for anything else its code pads first, and pools the padded tensor.
  const symmetric = vertical.padBefore === vertical.padAfter && horizontal.padBefore === horizontal.padAfter;
  const padding: Pair = [vertical.padBefore, horizontal.padBefore];
  if (symmetric && !same(padding, [0, 0])) args.push(`padding=${number(padding)}`);
  if (kind === 'max' && !same(dilation, [1, 1])) args.push(`dilation=${number(dilation)}`);
  if (ceilMode) args.push('ceil_mode=True');
  if (kind === 'average' && !countIncludePad) args.push('count_include_pad=False');
  if (kind === 'average' && divisorOverride !== undefined) args.push(`divisor_override=${divisorOverride}`);
  const call = `${kind === 'max' ? 'MaxPool2d' : 'AvgPool2d'}(${args.join(', ')})`;
  if (symmetric) return call;
  const pads = [horizontal.padBefore, horizontal.padAfter, vertical.padBefore, vertical.padAfter].join(', ');
  return `${call}(F.pad(x, (${pads})${kind === 'max' ? ', value=-inf' : ''}))`;
}

function kerasCall(kind: PoolKind, { kernelSize, stride, padding }: PoolOptions): string {
  const args = [number(kernelSize)];
  if (!same(stride, kernelSize)) args.push(`strides=${number(stride)}`);
  if (padding === 'same') args.push('padding="same"');
  return `${kind === 'max' ? 'MaxPooling2D' : 'AveragePooling2D'}(${args.join(', ')})`;
}

function onnxCall(kind: PoolKind, options: PoolOptions, [vertical, horizontal]: readonly [Axis, Axis]): string {
  const { kernelSize, stride, dilation, ceilMode } = options;
  const args = [`kernel_shape=${list(kernelSize)}`];
  if (!same(stride, [1, 1])) args.push(`strides=${list(stride)}`);
  const pads = [vertical.padBefore, horizontal.padBefore, vertical.padAfter, horizontal.padAfter];
  if (pads.some(pad => pad !== 0)) args.push(`pads=${list(pads)}`);
  if (!same(dilation, [1, 1])) args.push(`dilations=${list(dilation)}`);
  if (ceilMode) args.push('ceil_mode=1');
  if (kind === 'average' && countsPadding(options)) args.push('count_include_pad=1');
  return `${kind === 'max' ? 'MaxPool' : 'AveragePool'}(${args.join(', ')})`;
}

/** What a pooling does to the amount of data, without words. */
export interface PoolFacts {
  /** Output values per input value: 0.25 for 2×2/2. */
  readonly keptShare: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  /** Pooling learns nothing. */
  readonly parameters: 0;
  /** Neighbouring windows share a part of the picture: `stride < effective kernel` on an axis with more than one window. */
  readonly overlapping: boolean;
  /** Rows and columns of the input that no window looks at. */
  readonly discardedRows: number;
  readonly discardedColumns: number;
}

/** The facts of pooling a `[1, C, H, W]` tensor along these axes. */
export function poolFacts(shape: Shape, axes: readonly [Axis, Axis]): PoolFacts {
  const [, channels, height, width] = shape;
  const [vertical, horizontal] = axes;
  return {
    keptShare: (vertical.output * horizontal.output) / (height * width),
    channelsIn: channels,
    channelsOut: channels,
    parameters: 0,
    overlapping: axes.some(axis => axis.output > 1 && axis.stride < effectiveKernel(axis)),
    discardedRows: pixels(vertical),
    discardedColumns: pixels(horizontal),
  };
}

function pixels(axis: Axis): number {
  return unreached(axis).reduce((sum, { start, end }) => sum + end - start, 0);
}

function same(a: Pair, b: Pair): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** A pair as Python code writes it: one number when both are equal. */
function number(pair: Pair): string {
  return pair[0] === pair[1] ? `${pair[0]}` : `(${pair[0]}, ${pair[1]})`;
}

function list(values: readonly number[]): string {
  return `[${values.join(', ')}]`;
}
