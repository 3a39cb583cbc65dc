/** Poolings by the plain core only: what the kernels are compared with. */
import { type OperatorName, operatorNames, operatorOf } from '../src/core/operators';
import type { Pooled } from '../src/core/operators/operator';
import { PoolError, type PoolOptions } from '../src/core/options';
import { planLayer } from '../src/core/plan';
import { checkLength, type Samples, type Shape, type Tensor } from '../src/core/tensor';

export function plainPool(name: OperatorName, input: Tensor, options: PoolOptions): Pooled {
  checkLength(input);
  const layer = planLayer(name, input.shape, options);
  return operatorOf(name).pool(input, layer.axes, layer.options);
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

/** The operators for which these options are legal. */
export function legalOperators(shape: Shape, options: PoolOptions): OperatorName[] {
  return operatorNames.filter(name => {
    try {
      planLayer(name, shape, options);
      return true;
    } catch (error) {
      if (error instanceof PoolError) return false;
      throw error;
    }
  });
}
