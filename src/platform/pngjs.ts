import { PNG } from 'pngjs';
import type { Platform } from './platform';

/** PNG's colour types by number of channels. */
const colourTypes = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

export const writePng: Platform['writePng'] = ({ width, height, channels, data }) => {
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
};
