import { decode } from 'jpeg-js';
import { DecodeError } from '../error';
import { readOrientation } from '../exif';
import type { DecodedImage, DecodeOptions } from '../image';
import { Stopwatch } from '../stopwatch';
import { upright } from '../turn';
import { cmykToRgb, greyOfRgb, yccToCmy, yccToRgb } from './colour';
import { type JpegFile, readJpeg } from './file';
import { writeStream } from './stream';
import { upsample } from './upsample';

/**
 * Decodes a JPEG: baseline and progressive, every sampling, grey, YCbCr, RGB, CMYK and YCCK, within four levels of what
 * libjpeg-turbo gives OpenCV. Turned as its EXIF orientation says unless `options.orient` is false.
 * @throws DecodeError
 */
export function decodeJpeg(
  bytes: Uint8Array,
  onSize: (width: number, height: number) => void,
  options: DecodeOptions,
): DecodedImage {
  const watch = new Stopwatch(options.onStage);
  const file = readJpeg(bytes, onSize);
  watch.lap('jpeg markers');
  const pixels = toPicture(file, watch);
  const orientation = file.exif ? readOrientation(file.exif) : 1;
  const image = upright({ ...pixels, bitDepth: 8, format: 'jpeg', orientation }, options);
  watch.lap('turn');
  return image;
}

type Pixels = Pick<DecodedImage, 'width' | 'height' | 'channels'> & { data: Uint8Array; luma: Uint8Array };

function toPicture(file: JpegFile, watch: Stopwatch): Pixels {
  const { frame, model } = file;
  const { width, height, components } = frame;
  const data = unpack(file, model === 'grey' ? [0] : [0, 1, 2]);
  // jpeg-js mixes four components into three, so the fourth is had by a second run in the third's place.
  const black = components.length === 4 ? unpack(file, [0, 1, 3]) : undefined;
  watch.lap('jpeg unpack');
  const luma = new Uint8Array(width * height);
  if (model === 'grey') {
    for (let i = 0, from = 0; i < luma.length; i++, from += 3) luma[i] = data[from]!;
    watch.lap('jpeg colour');
    return { width, height, channels: 1, data: luma, luma };
  }
  for (const channel of [0, 1, 2]) upsample(data, channel, frame, components[channel]!);
  if (black) upsample(black, 2, frame, components[3]!);
  watch.lap('jpeg upsampling');
  const clamped = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  if (model === 'ycc') yccToRgb(clamped, luma);
  if (model === 'rgb') greyOfRgb(clamped, luma);
  if (model === 'ycck') yccToCmy(clamped, luma);
  if (black) cmykToRgb(clamped, black, luma);
  watch.lap('jpeg colour');
  return { width, height, channels: 3, data, luma };
}

/** Runs jpeg-js on one or three components of a checked file: three samples per pixel, as stored. */
function unpack(file: JpegFile, keep: readonly number[]): Uint8Array {
  const stream = writeStream(file, keep);
  try {
    return decode(stream, {
      useTArray: true,
      formatAsRGBA: false,
      colorTransform: false,
      // The size has been checked already; these two are only estimates.
      maxResolutionInMP: Number.POSITIVE_INFINITY,
      maxMemoryUsageInMB: Number.POSITIVE_INFINITY,
    }).data;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new DecodeError('damagedScan', {}, error);
  }
}
