import { dump } from 'npyjs';
import { samplesLike, type Tensor } from '../core/tensor';

/** The element type of a saved array: the tensor's own, or float32 as networks take it. */
export type ArrayType = 'own' | 'float32';

/**
 * A tensor as the bytes of a `.npy` file for `np.load`: shape `(1, C, H, W)` in C order, so that the channels are
 * planes, although the tensor's own memory is channels last. Element type `uint8`, `uint16` or `float32`,
 * little-endian.
 */
export function npyBytes(tensor: Tensor, type: ArrayType = 'own'): Uint8Array<ArrayBuffer> {
  const { shape, data } = tensor;
  const [, channels, height, width] = shape;
  const planes = type === 'float32' ? new Float32Array(data.length) : samplesLike(data, data.length);
  const pixels = height * width;
  for (let channel = 0, to = 0; channel < channels; channel++) {
    for (let pixel = 0, from = channel; pixel < pixels; pixel++, from += channels) planes[to++] = data[from]!;
  }
  return new Uint8Array(dump(planes, [...shape]));
}
