import { type Tensor, toTensor } from '../core/tensor';
import type { InputView } from '../core/view';
import type { DecodedImage } from '../decode/image';
import { orient } from '../decode/orient';
import { viewedSamples } from '../decode/samples';

export type PictureTensor = Tensor<Uint8Array | Uint16Array>;

/**
 * A picture's samples in a view, as a `[1, C, H, W]` tensor: C is 1 for grey and for pictures without colour, 3 for
 * colour, 4 with alpha. Upright, or as the file stores them. Shares the picture's memory if possible.
 *
 * @param image decoded without applying the orientation
 */
export function viewTensor(image: DecodedImage, view: InputView): PictureTensor {
  const samples = viewedSamples(image, view.mode);
  return toTensor(view.orient ? orient(samples, image.orientation) : samples);
}
