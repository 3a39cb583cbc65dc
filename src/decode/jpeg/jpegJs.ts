import { decode } from 'jpeg-js';
import type { Picture } from '../../core/tensor';
import { DecodeError } from '../error';
import type { JpegFile } from './markers';

/**
 * Decodes a JPEG with jpeg-js, for where WebAssembly cannot run: near libjpeg's pixels, not equal to them, for its cosine
 * transform rounds differently and it repeats halved colours where libjpeg smooths them. The file is one whose markers were
 * read. Four components come out as RGB.
 * @throws DecodeError for what it cannot decode; RangeError for want of memory
 */
export function decodeWithJpegJs({ bytes, frame, isRgb }: JpegFile): Picture<Uint8Array> {
  const { width, height, components } = frame;
  let rgb: Uint8Array;
  try {
    rgb = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      // Without a word from Adobe it takes three components for YCbCr and four for CMYK, as libjpeg does.
      ...(isRgb && { colorTransform: false }),
      // The size has been checked already; these two are only estimates.
      maxResolutionInMP: Number.POSITIVE_INFINITY,
      maxMemoryUsageInMB: Number.POSITIVE_INFINITY,
    }).data;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new DecodeError('damagedScan', {}, error);
  }
  if (components.length > 1) return { width, height, channels: 3, data: rgb };
  return { width, height, channels: 1, data: Uint8Array.from({ length: width * height }, (_, i) => rgb[i * 3]!) };
}

/** The grey of RGB as libjpeg weighs it: 0.299, 0.587, 0.114 with 16 fractional bits. Of YCbCr it is the stored luma, nearly. */
export function greyOfRgb(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length / 3);
  for (let i = 0, from = 0; i < grey.length; i++, from += 3) {
    grey[i] = (19595 * rgb[from]! + 38470 * rgb[from + 1]! + 7471 * rgb[from + 2]! + (1 << 15)) >> 16;
  }
  return grey;
}
