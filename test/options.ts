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
