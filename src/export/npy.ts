import { dump } from 'npyjs';
import type { Tensor } from '../core/tensor';

/** What an array is saved as: the tensor's own element type, or float32 as networks take it. */
export type ArrayType = 'own' | 'float32';

/**
 * A tensor as the bytes of a `.npy` file, which `np.load` reads: shape `(1, C, H, W)` in C order, so the channels are
 * planes, whatever the tensor's own memory order. Element type `uint8`, `uint16` or `float32`, little-endian.
 */
export function npyBytes(tensor: Tensor, type: ArrayType = 'own'): Uint8Array<ArrayBuffer> {
  const { shape, data } = tensor;
  const [, channels, height, width] = shape;
  const planes =
    type === 'float32' || data instanceof Float32Array
      ? new Float32Array(data.length)
      : data instanceof Uint16Array
        ? new Uint16Array(data.length)
        : new Uint8Array(data.length);
  const pixels = height * width;
  for (let channel = 0, to = 0; channel < channels; channel++) {
    for (let pixel = 0, from = channel; pixel < pixels; pixel++, from += channels) planes[to++] = data[from]!;
  }
  return new Uint8Array(dump(planes, [...shape]));
}
