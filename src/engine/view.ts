import type { Tensor } from '../core/tensor';
import type { DecodedImage } from '../decode/image';
import { samplesOf } from '../decode/samples';
import { inverse, turn } from '../decode/turn';
import type { ColourMode } from '../protocol';

export type PictureTensor = Tensor<Uint8Array | Uint16Array>;

/**
 * The samples of a picture that a mode looks at, as a `[1, C, H, W]` tensor: C is 1 for grey and for pictures without
 * colour, 3 for colour, 4 with alpha. `orient` false turns the picture back to how the file stores it. Shares the
 * picture's memory where it can.
 */
export function viewTensor(image: DecodedImage, mode: ColourMode, orient: boolean): PictureTensor {
  // No screen shows grey with alpha as it is; its grey stands for it.
  const samples = samplesOf(image, image.channels === 2 ? 'grey' : mode);
  const { luma: _, ...rest } = image;
  const upright = { ...rest, ...samples };
  const { width, height, channels, data } = orient ? upright : turn(upright, inverse(image.orientation));
  return { shape: [1, channels, height, width], data };
}
