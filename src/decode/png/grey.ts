import { type Picture, samplesLike } from '../../core/tensor';
import { isSignificant } from './gamma';

/** OpenCV's weights 0.299, 0.587 and 0.114 as libpng rounds them to 15 fractional bits; they add up to 1. */
const red = 9797;
const green = 19234;
const blue = 3737;

/** What determines libpng's weights for colours. */
export interface GreyRule {
  /** The file's gamma × 100000; undefined if it gives none. */
  readonly gamma?: number | undefined;
  /** How many bits of 16-bit samples are insignificant according to an sBIT chunk. */
  readonly insignificantBits?: number | undefined;
}

/** The grey of a picture with any channels, without alpha. A grey picture's own samples are returned, not copied. */
export function greyOf({ channels, data }: Picture, rule: GreyRule): Uint8Array | Uint16Array {
  if (channels === 1) return data;
  if (channels !== 2) return weighGrey(data, channels, rule);
  const grey = samplesLike(data, data.length / 2);
  for (let i = 0, from = 0; i < grey.length; i++, from += 2) grey[i] = data[from]!;
  return grey;
}

/**
 * The grey of 3 or 4 interleaved channels as libpng makes it for `cv2.imread` with `IMREAD_GRAYSCALE` (in its
 * `png_do_rgb_to_gray`); for 16 bits with `IMREAD_ANYDEPTH` too. Alpha is ignored.
 */
export function weighGrey(
  data: Uint8Array | Uint16Array,
  channels: 3 | 4,
  { gamma, insignificantBits = 0 }: GreyRule,
): Uint8Array | Uint16Array {
  const length = data.length / channels;
  const isWide = data instanceof Uint16Array;
  const grey = samplesLike(data, length);
  if (gamma === undefined || !(isSignificant(gamma) || isSignificant(reciprocal(gamma)))) {
    // 16-bit samples are rounded, 8-bit ones are not.
    const rounding = isWide ? 1 << 14 : 0;
    for (let i = 0, from = 0; i < length; i++, from += channels) {
      grey[i] = (red * data[from]! + green * data[from + 1]! + blue * data[from + 2]! + rounding) >> 15;
    }
    return grey;
  }
  const shift = isWide ? insignificantBits : 0;
  const white = isWide ? 65535 : 255;
  const { toLinear, fromLinear } = tablesOf(gamma, white, shift);
  for (let i = 0, from = 0; i < length; i++, from += channels) {
    const r = data[from]!;
    const g = data[from + 1]!;
    const b = data[from + 2]!;
    // A pixel without colour keeps its value, as far as its bits are significant.
    if (r === g && r === b) {
      grey[i] = shift === 0 ? r : scaled(r >> shift, white, white >> shift);
      continue;
    }
    const light = red * toLinear[r >> shift]! + green * toLinear[g >> shift]! + blue * toLinear[b >> shift]!;
    grey[i] = fromLinear[((light + (1 << 14)) >> 15) >> shift]!;
  }
  return grey;
}

/**
 * libpng's tables to linear light and back (`png_build_8bit_table`, `png_build_16bit_table`), for samples up to `white`
 * whose lowest `shift` bits are ignored. An exponent that is nearly 1 counts as 1, separately in each table.
 */
function tablesOf(gamma: number, white: 255 | 65535, shift: number) {
  const last = white >> shift;
  const table = (fixed: number) => {
    const value = isSignificant(fixed)
      ? (i: number) => Math.floor(white * (i / last) ** (fixed * 1e-5) + 0.5)
      : (i: number) => scaled(i, white, last);
    return Uint16Array.from({ length: last + 1 }, (_, i) => value(i));
  };
  const screen = reciprocal(gamma);
  return { toLinear: table(screen), fromLinear: table(reciprocal(screen)) };
}

/** A number from 0 to `last`, a power of two minus 1, on the scale from 0 to `white`, rounded as in libpng. */
function scaled(value: number, white: number, last: number): number {
  return Math.floor((value * white + (last + 1) / 2) / last);
}

/** The reciprocal of a fixed-point number × 100000. */
function reciprocal(gamma: number): number {
  return Math.floor(1e10 / gamma + 0.5);
}
