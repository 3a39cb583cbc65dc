import { poolOnce } from './fast/once';
import { type OperatorName, operatorOf } from './operators';
import type { Pooled } from './operators/operator';
import type { PoolOptions } from './options';
import { planLayer } from './plan';
import { checkLength, type Tensor } from './tensor';

/** One pooling: which, and with what options. */
export interface Layer extends PoolOptions {
  readonly operator: OperatorName;
}

/**
 * Pools one picture: `[1, C, H, W]` → `[1, C, H', W']`. By the kernels where they can do it, else in plain TypeScript; the
 * results are the same bit for bit.
 *
 * @throws {PoolError} for options that the framework refuses, in its own words
 */
export function pool(input: Tensor, { operator, ...options }: Layer): Pooled {
  checkLength(input);
  const layer = planLayer(operator, input.shape, options);
  const output = poolOnce(input, layer);
  return output ? { output } : operatorOf(operator).pool(input, layer.axes, options);
}

/**
 * Max pooling: the input's element type, or Float32Array if a window has no pixel at all, whose maximum is −∞. With
 * `returnIndices` also where each maximum was found, `row · W + column` in the unpadded plane of its channel.
 *
 * @throws {PoolError} for options that the framework refuses, in its own words
 */
export function maxPool2d(input: Tensor, options: PoolOptions): Pooled {
  return pool(input, { ...options, operator: 'max' });
}

/**
 * Average pooling in float32.
 *
 * @throws {PoolError} for options that the framework refuses, in its own words
 */
export function avgPool2d(input: Tensor, options: PoolOptions): { readonly output: Tensor<Float32Array> } {
  return pool(input, { ...options, operator: 'average' }) as { output: Tensor<Float32Array> };
}
