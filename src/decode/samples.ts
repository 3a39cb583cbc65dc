import { type Picture, samplesLike, type Tensor, toTensor } from '../core/tensor';
import type { ColourMode } from '../core/view';
import type { DecodedImage } from './image';

/**
 * The tensor that the preview pools: a decoded picture's samples in a mode, `[1, C, H, W]`, upright if the picture is.
 * C is 1 for grey and for pictures without colour, 3 for colour, 4 with alpha. Shares the picture's memory if possible.
 */
export function pictureTensor(image: DecodedImage, mode: ColourMode): Tensor<Uint8Array | Uint16Array> {
  return toTensor(viewedSamples(image, mode));
}

/** The samples in a mode. No screen can show grey with alpha as it is, so its grey is used. */
export function viewedSamples(image: DecodedImage, mode: ColourMode): Picture {
  return samplesOf(image, image.channels === 2 ? 'grey' : mode);
}

/**
 * The samples of a picture's tensor: `'grey'` is one channel as OpenCV reads it, `'colour'` is without alpha (a picture
 * without colour keeps its one channel, as PIL gives it to PyTorch), `'alpha'` is every channel of the file.
 */
export function samplesOf(image: DecodedImage, mode: ColourMode): Picture {
  switch (mode) {
    case 'grey':
      return { width: image.width, height: image.height, channels: 1, data: image.grey() };
    case 'colour':
      return opaqueOf(image);
    case 'alpha':
      return image;
  }
}

/** A picture's samples without alpha: 3 channels, or 1 if it has no colour. Shares the memory if possible. */
function opaqueOf(image: DecodedImage): Picture {
  const { width, height, channels, data } = image;
  if (channels === 1 || channels === 3) return { width, height, channels, data };
  const kept = (channels - 1) as 1 | 3;
  const opaque = samplesLike(data, width * height * kept);
  for (let to = 0, from = 0; to < opaque.length; from++) {
    for (let c = 0; c < kept; c++) opaque[to++] = data[from++]!;
  }
  return { width, height, channels: kept, data: opaque };
}
