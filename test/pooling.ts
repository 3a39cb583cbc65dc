/** Poolings by the plain core only: what the kernels are compared with. */
import { type OperatorName, operatorOf } from '../src/core/operators';
import type { Pooled } from '../src/core/operators/operator';
import type { PoolOptions } from '../src/core/options';
import { planAxes } from '../src/core/plan';
import { checkLength, type Samples, type Tensor } from '../src/core/tensor';

export function plainPool(name: OperatorName, input: Tensor, options: PoolOptions): Pooled {
  checkLength(input);
  return operatorOf(name).pool(input, planAxes(name, input.shape, options), options);
}

export function plainMaxPool2d<D extends Samples>(
  input: Tensor<D>,
  options: PoolOptions,
): { output: Tensor<D>; indices?: Int32Array } {
  return plainPool('max', input, options) as { output: Tensor<D>; indices?: Int32Array };
}

export function plainAvgPool2d(input: Tensor, options: PoolOptions): { output: Tensor<Float32Array> } {
  return plainPool('average', input, options) as { output: Tensor<Float32Array> };
}
