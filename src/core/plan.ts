/** From options to the windows of a picture: everything that computes, shows or exports a pooling begins here. */
import { type Axes, type Axis, windowAxes } from './axis';
import { frameworks } from './frameworks';
import { type OperatorName, operatorOf } from './operators';
import { callIn, type Operator } from './operators/operator';
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
  return planLayer(name, shape, options).axes;
}

/** The windows of an operator that follow from kernel, stride and padding. */
function checkedAxes(operator: Operator, shape: Shape, options: PoolOptions): Axes {
  const framework = frameworkOf(options);
  const rules = frameworks[framework];
  const call = callIn(operator, framework);
  const dilation: Pair = call.dilation === 'ignored' ? [1, 1] : options.dilation;
  const pooling = operator.begins?.(options) ?? options;
  rules.check(operator, pooling, dilation);
  const axes = windowAxes(shape, pooling, dilation, pooling.ceilMode);
  const [{ output: rows }, { output: columns }] = axes;
  if (rows < 1 || columns < 1) throw new PoolError(rules.tooSmall(shape, pooling, rows, columns), tooLarge(axes));
  call.check?.(options, shape);
  return operator.widened?.(axes, options) ?? axes;
}

/** @throws {PoolError} if the output has more than {@link maxOutputValues} values */
function checkSize([, channels, rows, columns]: Shape, { settings }: Operator): void {
  if (rows * columns * channels <= maxOutputValues) return;
  const about = settings.includes('outputSize') ? ({ option: 'outputSize', sides: [0, 1] } as const) : undefined;
  throw new PoolError(`Output size is too large: [1, ${channels}, ${rows}, ${columns}]`, about);
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

/** One checked pooling of a picture of known shape, with all that follows without its pixels. */
export interface PlannedLayer {
  readonly operator: OperatorName;
  /** As the operator takes them: what it ignores is at its default. */
  readonly options: PoolOptions;
  readonly axes: Axes;
  readonly input: Shape;
  readonly output: Shape;
}

/** @throws {PoolError} as {@link planAxes} */
export function planLayer(name: OperatorName, input: Shape, given: PoolOptions): PlannedLayer {
  const operator = operatorOf(name);
  const options = operator.optionsFrom?.(given) ?? given;
  const axes = operator.axes ? ownAxes(operator, operator.axes, input, options) : checkedAxes(operator, input, options);
  const output = outputShape(input, axes);
  checkSize(output, operator);
  return { operator: name, options, axes, input, output };
}

function ownAxes(operator: Operator, axes: NonNullable<Operator['axes']>, input: Shape, options: PoolOptions): Axes {
  callIn(operator, frameworkOf(options)).check?.(options, input);
  return axes(input, options);
}

/** A key that is equal for layers with the same result. Options that only other operators use are not part of it. */
export function layerKey({ operator, axes, options }: PlannedLayer): string {
  const { divides, settings } = operatorOf(operator);
  const divisor = divides && [countsPadding(options), options.divisorOverride];
  const norm = settings.includes('norm') && [options.norm, frameworkOf(options)];
  // An adaptive average of 1×1 is a mean, unless it has one row or column because the picture has.
  const outputSize = settings.includes('outputSize') && options.outputSize;
  return JSON.stringify([operator, axes, divisor, norm, outputSize]);
}
