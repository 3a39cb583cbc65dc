import type { Picture } from '../core/tensor';
import type { MemoryPlace } from '../core/webAssembly';
import { DecodeError } from './error';
import type { FormatName } from './formats';
import type { DecodeNote } from './note';

/** Bounds on what may be decoded; checked from the header, before anything is allocated. */
export interface DecodeLimits {
  /** Width × height, in pixels. */
  readonly maxPixels: number;
}

export const defaultLimits: DecodeLimits = { maxPixels: 100_000_000 };

/** What may be asked of a decode beside its limits. */
export interface DecodeOptions {
  /** Turn the picture as its EXIF orientation says; true when absent, as `cv2.imread` does. False leaves pixels as stored. */
  readonly orient?: boolean;
  readonly onStage?: OnStage | undefined;
}

/** Called after each stage of a decode with its name and how long it took, for the log. */
export type OnStage = (stage: string, milliseconds: number) => void;

/** How a picture is to be turned to stand upright, as EXIF numbers it; 1 is upright already. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** A decoded file: the picture, upright or as stored, whichever was asked for, and what the file says of it. */
export interface DecodedImage extends Picture {
  readonly bitDepth: 8 | 16;
  readonly format: FormatName;
  /** EXIF orientation as stored, 1 when absent. */
  readonly orientation: Orientation;
  /** Where `data` lies, if it does in a WebAssembly memory that is the picture's alone. When that grows, take `data` anew. */
  readonly place?: MemoryPlace;
  /** Quiet remarks on a file that is not quite in order. */
  readonly notes: readonly DecodeNote[];
  /**
   * The grey samples that OpenCV's `IMREAD_GRAYSCALE` gives (with `IMREAD_ANYDEPTH` for 16 bits), `width × height`, upright
   * or stored like `data`. Made when first asked for: of a JPEG in colour that is a decode of its own, of the file's bytes, which must
   * not have been changed. @throws RangeError for want of memory
   */
  readonly grey: () => Uint8Array | Uint16Array;
}

/**
 * Refuses a picture by its header.
 * @throws DecodeError `tooLarge`
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
