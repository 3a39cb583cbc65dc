import { type Tensor, toTensor } from '../core/tensor';
import type { DecodedImage } from '../decode/image';
import { viewedSamples } from '../decode/samples';
import { inverse, turn } from '../decode/turn';
import type { ColourMode } from '../protocol';

export type PictureTensor = Tensor<Uint8Array | Uint16Array>;

/**
 * The samples of a picture that a mode looks at, as a `[1, C, H, W]` tensor: C is 1 for grey and for pictures without
 * colour, 3 for colour, 4 with alpha. `orient` false turns the picture back to how the file stores it. Shares the picture's
 * memory where it can.
 */
export function viewTensor(image: DecodedImage, mode: ColourMode, orient: boolean): PictureTensor {
  const samples = viewedSamples(image, mode);
  return toTensor(orient ? samples : turn(samples, inverse(image.orientation)));
}
