import { poolOnce } from './fast/once';
import { isPooling, type Layer, optionsOf } from './layer';
import { operatorOf } from './operators';
import type { Pooled } from './operators/operator';
import { PoolError, type PoolOptions } from './options';
import { type PlannedLayer, planLayer } from './plan';
import { checkLength, type Tensor } from './tensor';

/**
 * Pools one picture: `[1, C, H, W]` → `[1, C, H', W']`. Uses the WebAssembly kernels if they can, else plain
 * TypeScript; the results are the same bit for bit.
 *
 * @throws {PoolError} for options that the framework refuses, with its own message, and for a convolution
 * @throws {RangeError} if the data does not fit the shape
 */
export function pool(input: Tensor, layer: Layer): Pooled {
  checkLength(input);
  if (!isPooling(layer)) throw new PoolError('A convolution has weights: only its shape is known.');
  return poolPlanned(input, planLayer(layer.operator, input.shape, optionsOf(layer)));
}

/** {@link pool} for a layer that is planned for the input's shape. */
export function poolPlanned(input: Tensor, layer: PlannedLayer): Pooled {
  const output = poolOnce(input, layer);
  return output ? { output } : operatorOf(layer.operator).pool(input, layer.axes, layer.options);
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
