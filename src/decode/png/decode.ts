import type { Decoder } from '../decoder';
import { readOrientation } from '../exif';
import type { DecodedImage, OnStage } from '../image';
import { lazy } from '../lazy';
import { Stopwatch } from '../stopwatch';
import { readPng } from './file';
import { filterKernels } from './filters/kernels';
import { type GreyRule, greyOf } from './grey';
import { type Pixels, pixelsOf } from './pixels';
import { unpack } from './unpack';

export const pngDecoder: Decoder = {
  prepare: () => void filterKernels.compile(),
  decode: decodePng,
};

/**
 * Decodes a PNG to libpng's pixels: every colour type, depth and interlacing, 16 bits kept, palettes and tRNS expanded.
 * Colours are the stored ones, whatever gAMA, sRGB and iCCP say; the grey of colours depends on these chunks, as in
 * OpenCV.
 * @throws {DecodeError}
 */
async function decodePng(
  bytes: Uint8Array,
  onSize: (width: number, height: number) => void,
  onStage: OnStage | undefined,
): Promise<DecodedImage> {
  const watch = new Stopwatch(onStage);
  const file = await readPng(bytes, onSize);
  watch.lap('png chunks');
  const { filtered, notes } = await unpack(file);
  watch.lap('png inflate');
  const pixels = pixelsOf(file, filtered);
  watch.lap('png rows');
  const { exif, gamma, insignificantBits } = file;
  return {
    ...pixels,
    format: 'png',
    orientation: exif ? readOrientation(exif) : 1,
    notes: [...file.notes, ...notes],
    grey: lazyGrey(pixels, { gamma, insignificantBits }),
  };
}

/** Not part of `decodePng`, so that the result does not keep the file in memory. */
function lazyGrey(pixels: Pixels, rule: GreyRule): DecodedImage['grey'] {
  return lazy(() => greyOf(pixels, rule));
}
