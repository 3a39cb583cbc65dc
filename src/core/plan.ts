/** From options to the windows of a picture: everything that computes, shows or exports a pooling begins here. */
import { type Axes, type Axis, roundedWindows, samePadding } from './axis';
import { frameworks } from './frameworks';
import { type OperatorName, operatorOf } from './operators';
import { countsPadding, frameworkOf, type Pair, PoolError, type PoolOptions, type RefusedOption } from './options';
import type { Shape } from './tensor';

/** Outputs of more values than this (2 GB of float32) are refused. */
const maxOutputValues = 2 ** 29;

/**
 * The geometry of a pooling, checked as the options' framework checks it and in its order.
 *
 * Sizes are PyTorch's `⌊(I + before + after − e)/s⌋ + 1` with `e = d·(k − 1) + 1`. ceil_mode rounds up, then drops the
 * last window if it would start beyond the input and the padding before it. `'same'` is Keras' `⌈I/s⌉` with the odd
 * pixel of padding after. Average pooling ignores `dilation` unless the framework is ONNX (AveragePool has it since
 * opset 19).
 *
 * @param shape the input's `[1, C, H, W]`
 * @throws {PoolError} for options that the framework refuses, with its own message; also for numbers that are not whole
 * and for outputs beyond {@link maxOutputValues}
 */
export function planAxes(name: OperatorName, shape: Shape, options: PoolOptions): Axes {
  const operator = operatorOf(name);
  const framework = frameworkOf(options);
  const rules = frameworks[framework];
  const dilation: Pair = operator.calls[framework].dilation === 'ignored' ? [1, 1] : options.dilation;
  rules.check(operator, options, dilation);

  const [, channels, height, width] = shape;
  const axes = [planAxis(height, 0, options, dilation), planAxis(width, 1, options, dilation)] as const;
  const [{ output: rows }, { output: columns }] = axes;
  if (rows < 1 || columns < 1) throw new PoolError(rules.tooSmall(shape, options, rows, columns), tooLarge(axes));
  if (rows * columns * channels > maxOutputValues) {
    throw new PoolError(`Output size is too large: [1, ${channels}, ${rows}, ${columns}]`);
  }
  return axes;
}

/** The shape of the pooled tensor, `[1, C, H', W']`. */
export function outputShape([, channels]: Shape, [vertical, horizontal]: Axes): Shape {
  return [1, channels, vertical.output, horizontal.output];
}

/** What is too large for the picture: the kernel, or only the gaps that dilation puts into it. */
function tooLarge(axes: Axes): RefusedOption {
  const sides = ([0, 1] as const).filter(side => axes[side].output < 1);
  const fits = ({ kernel, input, padBefore, padAfter }: Axis) => kernel <= padBefore + input + padAfter;
  return { option: sides.every(side => fits(axes[side])) ? 'dilation' : 'kernelSize', sides };
}

function planAxis(input: number, side: 0 | 1, options: PoolOptions, dilations: Pair): Axis {
  const { padding, ceilMode } = options;
  const sizes = {
    input,
    kernel: options.kernelSize[side],
    stride: options.stride[side],
    dilation: dilations[side],
  };
  if (padding === 'same') {
    const total = samePadding(sizes);
    const padBefore = Math.floor(total / 2);
    return { ...sizes, padBefore, padAfter: total - padBefore, output: Math.ceil(input / sizes.stride) };
  }
  const [padBefore, padAfter] = side === 0 ? [padding.top, padding.bottom] : [padding.left, padding.right];
  const axis = { ...sizes, padBefore, padAfter };
  let output = roundedWindows(axis, ceilMode);
  if (ceilMode && (output - 1) * sizes.stride >= input + padBefore) output--;
  return { ...axis, output };
}

/** One checked pooling of a picture of known shape, with all that follows without its pixels. */
export interface PlannedLayer {
  readonly operator: OperatorName;
  readonly options: PoolOptions;
  readonly axes: Axes;
  readonly input: Shape;
  readonly output: Shape;
}

/** @throws {PoolError} as {@link planAxes} */
export function planLayer(operator: OperatorName, input: Shape, options: PoolOptions): PlannedLayer {
  const axes = planAxes(operator, input, options);
  return { operator, options, axes, input, output: outputShape(input, axes) };
}

/** A key that is equal for layers with the same result. Options that only other operators use are not part of it. */
export function layerKey({ operator, axes, options }: PlannedLayer): string {
  const divisor = operatorOf(operator).divides && [countsPadding(options), options.divisorOverride];
  return JSON.stringify([operator, axes, divisor]);
}
