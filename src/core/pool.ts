import { fastAvgPool2d, fastMaxPool2d } from './fast/once';
import { fastServes } from './fast/serves';
import type { PoolOptions } from './options';
import { plainAvgPool2d, plainMaxPool2d } from './plain';
import type { Samples, Tensor } from './tensor';

/**
 * Max pooling of one picture: `[1, C, H, W]` → `[1, C, H', W']`, same element type. With `returnIndices` also where each
 * maximum was found, `row · W + column` in the unpadded plane of its channel, laid out as the output's data.
 *
 * @throws {PoolError} for options that the framework refuses, in its own words
 */
export function maxPool2d<D extends Samples>(
  input: Tensor<D>,
  options: PoolOptions,
): { output: Tensor<D>; indices?: Int32Array } {
  return fastServes('max', input, options) ? fastMaxPool2d(input, options) : plainMaxPool2d(input, options);
}

/**
 * Average pooling of one picture: `[1, C, H, W]` → `[1, C, H', W']` in float32.
 *
 * @throws {PoolError} for options that the framework refuses, in its own words
 */
export function avgPool2d(input: Tensor, options: PoolOptions): { output: Tensor<Float32Array> } {
  return fastServes('average', input, options) ? fastAvgPool2d(input, options) : plainAvgPool2d(input, options);
}
