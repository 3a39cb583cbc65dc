import { type Picture, samplesLike } from '../core/tensor';
import { swapsSides } from '../core/view';
import type { DecodedImage, Orientation } from './image';
import { lazy } from './lazy';

/**
 * A picture turned by its EXIF orientation; orientation 1 returns the picture itself. EXIF 2.3, section 4.6.4: 2
 * mirrored, 3 by 180°, 4 flipped, 5 transposed, 6 by 90° clockwise, 7 transversed, 8 by 270°.
 */
export function orient(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture;
  const { width, height, channels, data } = picture;
  const size = orientedSize(picture, orientation);
  return { ...size, channels, data: orientSamples(data, width, height, channels, orientation) };
}

/** The size of a picture after `orient`. */
export function orientedSize({ width, height }: Pick<Picture, 'width' | 'height'>, orientation: Orientation) {
  return swapsSides(orientation) ? { width: height, height: width } : { width, height };
}

/** Turns a decoded image upright; its pixels must be as the file stores them. */
export function uprightImage(stored: DecodedImage): DecodedImage {
  const { bitDepth, format, orientation, notes } = stored;
  if (orientation === 1) return stored;
  const picture = orient(stored, orientation);
  const grey = stored.channels === 1 ? () => picture.data : orientedGrey(stored);
  return { ...picture, bitDepth, format, orientation, notes, grey };
}

/** Keeps what makes the stored grey in memory, but not the stored colours. */
function orientedGrey({ width, height, orientation, grey }: DecodedImage): DecodedImage['grey'] {
  return lazy(() => orient({ width, height, channels: 1, data: grey() }, orientation).data);
}

function orientSamples<D extends Uint8Array | Uint16Array>(
  data: D,
  width: number,
  height: number,
  channels: number,
  orientation: Orientation,
): D {
  const turned = samplesLike(data, width * height * channels);
  const swaps = swapsSides(orientation);
  const columns = swaps ? height : width;
  const rows = swaps ? width : height;
  // The direction of the new picture's columns and rows in the old one.
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
