import { writePng } from '#platform';
import { type Picture, type Tensor, toBytes, toWords } from '../core/tensor';

/**
 * A pooled tensor as the picture to save: 8-bit values clipped to 0..255 and truncated, those of 16-bit samples clipped to
 * 0..65535 and truncated. The tensor has 1, 3 or 4 channels.
 */
export function toPicture(tensor: Tensor, bitDepth: 8 | 16): Picture {
  const [, channels, height, width] = tensor.shape;
  const data = bitDepth === 8 ? toBytes(tensor) : toWords(tensor);
  return { width, height, channels: channels as Picture['channels'], data };
}

/** A picture as the bytes of a PNG file of the same channels and depth, 8 bits or 16. */
export function pngBytes(picture: Picture): Uint8Array<ArrayBuffer> {
  return writePng(picture);
}
