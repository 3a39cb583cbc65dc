import { decode } from 'jpeg-js';
import type { Picture } from '../../core/tensor';
import { DecodeError } from '../error';
import type { JpegFile } from './markers';

/**
 * Decodes a JPEG with jpeg-js, if WebAssembly cannot run. The pixels are close to libjpeg's but not equal: the cosine
 * transform rounds differently, and subsampled colours are repeated where libjpeg interpolates. The markers must have
 * been read. Four components result in RGB.
 * @throws {DecodeError} for what it cannot decode
 * @throws {RangeError} if memory runs out
 */
export function decodeWithJpegJs({ bytes, frame, isRgb }: JpegFile): Picture<Uint8Array> {
  const { width, height, components } = frame;
  let rgb: Uint8Array;
  try {
    rgb = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      // Without Adobe's marker, three components are YCbCr and four are CMYK, as in libjpeg.
      ...(isRgb && { colorTransform: false }),
      // The size is checked already; these two limits are only estimates.
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

/** Grey of RGB with libjpeg's weights 0.299, 0.587, 0.114 and 16 fractional bits. For YCbCr, nearly the stored luma. */
export function greyOfRgb(rgb: Uint8Array): Uint8Array {
  const grey = new Uint8Array(rgb.length / 3);
  for (let i = 0, from = 0; i < grey.length; i++, from += 3) {
    grey[i] = (19595 * rgb[from]! + 38470 * rgb[from + 1]! + 7471 * rgb[from + 2]! + (1 << 15)) >> 16;
  }
  return grey;
}
