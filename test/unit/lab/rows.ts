import type { Tensor } from '../../../src/core/tensor';
import type { Rows } from '../../../src/lab/score';

/** The rows of a tensor that exists as a whole. */
export function rowsOf({ shape: [n, channels, , width], data }: Tensor): Rows {
  const pitch = width * channels;
  return (first, end) => ({
    shape: [n, channels, end - first, width],
    data: data.subarray(first * pitch, end * pitch),
  });
}
