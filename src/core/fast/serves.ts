import type { PoolOptions } from '../options';
import type { Samples, Tensor } from '../tensor';
import { hasWebAssembly } from '../webAssembly';
import { outreaches, type PoolKind, planAxes } from '../window';
import { MAX_TAPS } from './average';

/**
 * Whether the fast path can pool this: 8-bit samples of one to four channels, without indices, averages without dilation and
 * of windows whose sum fits 32 bits, and no windows that reach far beyond the picture, where WebAssembly can run. For
 * everything else there is plain.ts.
 *
 * @throws {PoolError} for options that the framework refuses
 */
export function fastServes<D extends Samples>(
  kind: PoolKind,
  input: Tensor<D>,
  options: PoolOptions,
): input is Tensor<D & Uint8Array> {
  const [, channels, height, width] = input.shape;
  if (!(input.data instanceof Uint8Array) || channels < 1 || channels > 4 || !hasWebAssembly()) return false;
  if (planAxes(kind, input.shape, options).some(outreaches)) return false;
  if (kind === 'max') return !options.returnIndices;
  const isDilated = options.framework === 'onnx' && options.dilation.some(dilation => dilation !== 1);
  const [kernelHeight, kernelWidth] = options.kernelSize;
  return !isDilated && Math.min(kernelHeight, height) * Math.min(kernelWidth, width) <= MAX_TAPS;
}
