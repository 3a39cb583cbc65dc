import type { Picture } from '../core/tensor';
import type { MemoryPlace } from '../core/webAssembly';
import { DecodeError } from './error';
import type { FormatName } from './formats';
import type { DecodeNote } from './note';

/** Limits of what is decoded, checked against the header before anything is allocated. */
export interface DecodeLimits {
  /** Width × height, in pixels. */
  readonly maxPixels: number;
}

export const defaultLimits: DecodeLimits = { maxPixels: 100_000_000 };

/** Options of a decode, besides its limits. */
export interface DecodeOptions {
  /** Apply the EXIF orientation; true if absent, as in `cv2.imread`. False leaves pixels as stored. */
  readonly orient?: boolean;
  readonly onStage?: OnStage | undefined;
}

/** Called after each stage of a decode with its name and duration, for the log. */
export type OnStage = (stage: string, milliseconds: number) => void;

/** How to turn a picture upright, by EXIF's numbers; 1 is upright already. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A decoded file: the picture, upright or as stored, depending on the options, and its properties. */
export interface DecodedImage extends Picture {
  readonly bitDepth: 8 | 16;
  readonly format: FormatName;
  /** EXIF orientation as stored, 1 if absent. */
  readonly orientation: Orientation;
  /** Where `data` lies, if that is a WebAssembly memory of its own. Read `data` again after the memory has grown. */
  readonly place?: MemoryPlace;
  /** Remarks on a file that can be shown but is not quite right. */
  readonly notes: readonly DecodeNote[];
  /**
   * The grey samples of OpenCV's `IMREAD_GRAYSCALE` (with `IMREAD_ANYDEPTH` for 16 bits), `width × height`, upright or
   * stored like `data`. Made on the first call: for a colour JPEG by another decode of the file's bytes, which must be
   * unchanged.
   * @throws {RangeError} if memory runs out
   */
  readonly grey: () => Uint8Array | Uint16Array;
}

/**
 * Checks the size in a picture's header.
 * @throws {DecodeError} `tooLarge`
 */
export function checkSize(width: number, height: number, limits: DecodeLimits): void {
  if (width * height <= limits.maxPixels) return;
  throw new DecodeError('tooLarge', {
    width,
    height,
    megapixels: Math.ceil((width * height) / 1e6),
    limit: limits.maxPixels / 1e6,
  });
}
