import type { ConvLayer } from '../src/core/layer';
import type { PoolOptions } from '../src/core/options';

export const none = { top: 0, bottom: 0, left: 0, right: 0 };
export const one = { top: 1, bottom: 1, left: 1, right: 1 };

/** 2×2/2 with PyTorch's defaults: what the tests vary. */
export const base: PoolOptions = {
  kernelSize: [2, 2],
  stride: [2, 2],
  padding: none,
  dilation: [1, 1],
  ceilMode: false,
  countIncludePad: true,
};

/** A square convolution at stride 1 without padding: what the tests vary. */
export function conv(outChannels: number, kernel: number, change: Partial<ConvLayer> = {}): ConvLayer {
  return {
    operator: 'conv',
    outChannels,
    kernelSize: [kernel, kernel],
    stride: [1, 1],
    padding: none,
    dilation: [1, 1],
    ...change,
  };
}
