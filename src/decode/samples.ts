import type { Picture } from '../core/tensor';
import type { DecodedImage } from './image';

/**
 * The samples of a picture that make up its tensor: `'grey'` one channel as OpenCV reads it, `'colour'` without alpha
 * (a picture without colour keeps its one channel, as PIL gives it to PyTorch), `'alpha'` every channel of the file.
 */
export function samplesOf(image: DecodedImage, mode: 'grey' | 'colour' | 'alpha'): Picture {
  switch (mode) {
    case 'grey':
      return greyOf(image);
    case 'colour':
      return opaqueOf(image);
    case 'alpha':
      return image;
  }
}

/**
 * A picture's grey samples as OpenCV's `IMREAD_GRAYSCALE` makes them: the stored luma of a JPEG,
 * `(9797·R + 19234·G + 3737·B) >> 15` for a PNG, alpha ignored. 16-bit pictures stay 16-bit
 * (`IMREAD_ANYDEPTH | IMREAD_GRAYSCALE`, where half a step is added before the shift); OpenCV's 8-bit grey is their `>> 8`.
 */
export function greyOf(image: DecodedImage): Picture {
  const { width, height, channels, data, luma } = image;
  if (luma) return { width, height, channels: 1, data: luma };
  if (channels === 1) return { width, height, channels: 1, data };
  const grey = emptyLike(data, width * height);
  if (channels === 2) {
    for (let i = 0, from = 0; i < grey.length; i++, from += 2) grey[i] = data[from]!;
  } else {
    const rounding = image.bitDepth === 16 ? 1 << 14 : 0;
    for (let i = 0, from = 0; i < grey.length; i++, from += channels) {
      grey[i] = (9797 * data[from]! + 19234 * data[from + 1]! + 3737 * data[from + 2]! + rounding) >> 15;
    }
  }
  return { width, height, channels: 1, data: grey };
}

/** A picture's colour samples without its alpha: 3 channels, or 1 when it has no colour. Shares the memory where it can. */
export function opaqueOf(image: DecodedImage): Picture {
  const { width, height, channels, data } = image;
  if (channels === 1 || channels === 3) return { width, height, channels, data };
  const kept = (channels - 1) as 1 | 3;
  const opaque = emptyLike(data, width * height * kept);
  for (let to = 0, from = 0; to < opaque.length; from++) {
    for (let c = 0; c < kept; c++) opaque[to++] = data[from++]!;
  }
  return { width, height, channels: kept, data: opaque };
}

function emptyLike(data: Uint8Array | Uint16Array, length: number): Uint8Array | Uint16Array {
  return data instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}
