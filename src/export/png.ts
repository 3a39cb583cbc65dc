import { PNG } from 'pngjs';
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

/** PNG's colour types by number of channels. */
const colourTypes = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** A picture as the bytes of a PNG file of the same channels and depth, 8 bits or 16. */
export function pngBytes({ width, height, channels, data }: Picture): Uint8Array<ArrayBuffer> {
  const colorType = colourTypes[channels];
  // Of 16-bit samples pngjs looks at the whole buffer behind them, so they must begin where it begins.
  const whole = data instanceof Uint16Array && data.byteOffset > 0 ? data.slice() : data;
  const png = Object.assign(new PNG(), {
    width,
    height,
    data: Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength),
  });
  return new Uint8Array(
    PNG.sync.write(png, {
      colorType,
      inputColorType: colorType,
      inputHasAlpha: channels === 2 || channels === 4,
      bitDepth: data instanceof Uint16Array ? 16 : 8,
    }),
  );
}
