/** From options to the windows of a picture: whatever pools, shows or writes a pooling begins here. */
import { type Axes, type Axis, roundedWindows, samePadding } from './axis';
import { frameworks } from './frameworks';
import { type OperatorName, operatorOf } from './operators';
import { countsPadding, frameworkOf, type Pair, PoolError, type PoolOptions } from './options';
import type { Shape } from './tensor';

/** Outputs beyond this many values (2 GB of float32) are refused rather than attempted. */
const maxOutputValues = 2 ** 29;

/**
 * The geometry of a pooling, checked as the options' framework checks it and in its order.
 *
 * Sizes are PyTorch's `⌊(I + before + after − e)/s⌋ + 1` with `e = d·(k − 1) + 1`, rounded up in ceil_mode and then less one
 * window if the last would start beyond the input and the padding before it; `'same'` is Keras' `⌈I/s⌉` with the odd pixel
 * of padding after. Average pooling ignores `dilation` unless the framework is ONNX (AveragePool has it since opset 19).
 *
 * @param shape the input's `[1, C, H, W]`
 * @throws {PoolError} for options that the framework refuses, in its own words; also for what is not a whole number and for
 *   outputs beyond {@link maxOutputValues}
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
  if (rows < 1 || columns < 1) throw new PoolError(rules.tooSmall(shape, options, rows, columns));
  if (rows * columns * channels > maxOutputValues) {
    throw new PoolError(`Output size is too large: [1, ${channels}, ${rows}, ${columns}]`);
  }
  return axes;
}

/** The shape of the pooled tensor. */
export function outputShape([, channels]: Shape, [vertical, horizontal]: Axes): Shape {
  return [1, channels, vertical.output, horizontal.output];
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

/** One pooling of a picture of a known shape: checked, with all that follows without looking at a pixel. */
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

/** Equal for layers that make the same of a picture: what only other operators look at does not count. */
export function layerKey({ operator, axes, options }: PlannedLayer): string {
  const divisor = operatorOf(operator).divides && [countsPadding(options), options.divisorOverride];
  return JSON.stringify([operator, axes, divisor]);
}
