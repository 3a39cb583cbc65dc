import { type Tensor, toTensor } from '../core/tensor';
import type { DecodedImage } from '../decode/image';
import { viewedSamples } from '../decode/samples';
import { inverse, turn } from '../decode/turn';
import type { ColourMode } from '../protocol';

export type PictureTensor = Tensor<Uint8Array | Uint16Array>;

/**
 * `pictureTensor`, or with `orient` false the same turned back to how the file stores it. Shares the picture's memory where
 * it can.
 */
export function viewTensor(image: DecodedImage, mode: ColourMode, orient: boolean): PictureTensor {
  const samples = viewedSamples(image, mode);
  return toTensor(orient ? samples : turn(samples, inverse(image.orientation)));
}
