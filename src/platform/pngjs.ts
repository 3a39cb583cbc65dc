import { PNG } from 'pngjs';
import type { Picture } from '../core/tensor';
import { colourTypes } from './colourTypes';

/** The bytes of a PNG file with the picture's own channels and bit depth. */
export function writePng({ width, height, channels, data }: Picture): Uint8Array<ArrayBuffer> {
  const colorType = colourTypes[channels];
  // For 16-bit samples pngjs reads their whole buffer, so they must begin where it begins.
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
