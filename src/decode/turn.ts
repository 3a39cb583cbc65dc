import type { Picture } from '../core/tensor';
import type { DecodeOptions, Orientation } from './image';

/**
 * Turns a picture as an EXIF orientation says. Orientation 1 gives the picture itself.
 * EXIF 2.3, section 4.6.4: 2 mirrored, 3 by 180°, 4 flipped, 5 transposed, 6 by 90° clockwise, 7 transversed, 8 by 270°.
 */
export function turn(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture;
  const { width, height, channels, data } = picture;
  const size = orientation >= 5 ? { width: height, height: width } : { width, height };
  return { ...size, channels, data: turnSamples(data, width, height, channels, orientation) };
}

/** A picture as it was stored, turned to stand upright unless that was not wanted. */
export function upright(picture: Picture, orientation: Orientation, { orient = true }: DecodeOptions): Picture {
  return orient ? turn(picture, orientation) : picture;
}

/** The orientation that undoes another. */
export function inverse(orientation: Orientation): Orientation {
  return orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
}

function turnSamples<D extends Uint8Array | Uint16Array>(
  data: D,
  width: number,
  height: number,
  channels: number,
  orientation: Orientation,
): D {
  const turned = new (data.constructor as new (length: number) => D)(width * height * channels);
  const swaps = orientation >= 5;
  const columns = swaps ? height : width;
  const rows = swaps ? width : height;
  // Where the new picture's columns and rows run in the old one.
  const fromRight = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const fromBottom = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  const [right, down] = [fromRight ? -channels : channels, (fromBottom ? -width : width) * channels];
  const [alongRow, alongColumn] = swaps ? [down, right] : [right, down];
  const start = ((fromBottom ? height - 1 : 0) * width + (fromRight ? width - 1 : 0)) * channels;
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0, from = start + y * alongColumn; x < columns; x++, from += alongRow) {
      for (let c = 0; c < channels; c++) turned[to++] = data[from + c]!;
    }
  }
  return turned;
}
