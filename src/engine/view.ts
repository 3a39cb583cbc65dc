import { type Tensor, toTensor } from '../core/tensor';
import type { InputView } from '../core/view';
import type { DecodedImage } from '../decode/image';
import { orient } from '../decode/orient';
import { viewedSamples } from '../decode/samples';

export type PictureTensor = Tensor<Uint8Array | Uint16Array>;

/**
 * The samples of a picture that a view looks at, as a `[1, C, H, W]` tensor: C is 1 for grey and for pictures without
 * colour, 3 for colour, 4 with alpha. Upright, or as the file stores them. Shares the picture's memory where it can.
 *
 * @param image decoded with its pixels as stored
 */
export function viewTensor(image: DecodedImage, view: InputView): PictureTensor {
  const samples = viewedSamples(image, view.mode);
  return toTensor(view.orient ? orient(samples, image.orientation) : samples);
}
