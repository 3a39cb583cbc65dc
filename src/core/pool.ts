import { poolOnce } from './fast/once';
import { type OperatorName, operatorOf } from './operators';
import type { Pooled } from './operators/operator';
import type { PoolOptions } from './options';
import { planLayer } from './plan';
import { checkLength, type Tensor } from './tensor';

/** One pooling: the operator and its options. */
export interface Layer extends PoolOptions {
  readonly operator: OperatorName;
}

/**
 * Pools one picture: `[1, C, H, W]` → `[1, C, H', W']`. Uses the WebAssembly kernels if they can, else plain
 * TypeScript; the results are the same bit for bit.
 *
 * @throws {PoolError} for options that the framework refuses, with its own message
 * @throws {RangeError} if the data does not fit the shape
 */
export function pool(input: Tensor, { operator, ...options }: Layer): Pooled {
  checkLength(input);
  const layer = planLayer(operator, input.shape, options);
  const output = poolOnce(input, layer);
  return output ? { output } : operatorOf(operator).pool(input, layer.axes, options);
}

/**
 * Max pooling. The output has the input's element type, or float32 if a window has no pixel at all: its maximum is −∞,
 * in ONNX the lowest float32. With `returnIndices` also the place of each maximum, `row · W + column` in the unpadded
 * plane of its channel.
 *
 * @throws {PoolError} for options that the framework refuses, with its own message
 */
export function maxPool2d(input: Tensor, options: PoolOptions): Pooled {
  return pool(input, { ...options, operator: 'max' });
}

/**
 * Average pooling in float32.
 *
 * @throws {PoolError} for options that the framework refuses, with its own message
 */
export function avgPool2d(input: Tensor, options: PoolOptions): { readonly output: Tensor<Float32Array> } {
  return pool(input, { ...options, operator: 'average' }) as { output: Tensor<Float32Array> };
}
