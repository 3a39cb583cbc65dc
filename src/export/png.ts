import { writePng } from '#platform';
import { type Picture, type Tensor, toBytes, toWords } from '../core/tensor';

/**
 * A pooled tensor of 1, 3 or 4 channels as a picture to save: values clipped to 0..255, or to 0..65535 for 16 bits,
 * then truncated.
 */
export function toPicture(tensor: Tensor, bitDepth: 8 | 16): Picture {
  const [, channels, height, width] = tensor.shape;
  const data = bitDepth === 8 ? toBytes(tensor) : toWords(tensor);
  return { width, height, channels: channels as Picture['channels'], data };
}

/** A picture as the bytes of a PNG file with the same channels and bit depth, 8 or 16. */
export function pngBytes(picture: Picture): Promise<Uint8Array<ArrayBuffer>> {
  return writePng(picture);
}
