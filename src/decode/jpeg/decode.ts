import type { Picture } from '../../core/tensor';
import { hasWebAssembly, type MemoryPlace } from '../../core/webAssembly';
import { DecodeError } from '../error';
import { readOrientation } from '../exif';
import type { DecodedImage, DecodeOptions } from '../image';
import { lazy } from '../lazy';
import { type DecodeNoteCode, noteOf } from '../note';
import { Stopwatch } from '../stopwatch';
import { upright } from '../turn';
import { cmykToRgb, greyOfCmyk } from './colour';
import { decodeWithJpegJs, greyOfRgb } from './jpegJs';
import { type Decompressed, decompress, type pixelFormats } from './libjpeg/libjpeg';
import { type JpegFile, readMarkers } from './markers';
import { hasEnd } from './segments';

/**
 * Decodes a JPEG to libjpeg-turbo's pixels, as `cv2.imread` gives them: every sampling, baseline and progressive, grey,
 * YCbCr, RGB, CMYK and YCCK. Damaged data is shown as libjpeg reads it, with a note. Turned as its EXIF orientation says
 * unless `options.orient` is false. Where WebAssembly cannot run, jpeg-js decodes, with another note.
 * @throws DecodeError
 */
export function decodeJpeg(
  bytes: Uint8Array,
  onSize: (width: number, height: number) => void,
  options: DecodeOptions,
): DecodedImage {
  const watch = new Stopwatch(options.onStage);
  const file = readMarkers(bytes, onSize);
  watch.lap('jpeg markers');
  const { stored, place, grey, remark } = hasWebAssembly() ? throughLibjpeg(file) : throughJpegJs(file);
  watch.lap('jpeg pixels');
  const orientation = file.exif ? readOrientation(file.exif) : 1;
  const turned = upright(stored, orientation, options);
  watch.lap('turn');
  const isHidden = file.exifIsHidden && orientation !== 1;
  const { width, height, channels } = turned;
  return {
    width,
    height,
    channels,
    // Pixels that stay where they were decoded are taken anew each time, for their memory may have grown meanwhile.
    get data() {
      return turned === stored ? stored.data : turned.data;
    },
    ...(turned === stored && place && { place }),
    bitDepth: 8,
    format: 'jpeg',
    orientation,
    notes: [...(remark ? [noteOf(remark)] : []), ...(isHidden ? [noteOf('hiddenOrientation')] : [])],
    grey: channels === 1 ? () => turned.data as Uint8Array : lazy(() => upright(grey(), orientation, options).data),
  };
}

/** A picture as the file stores it, not turned yet. */
interface Stored {
  readonly stored: Picture<Uint8Array>;
  /** See `DecodedImage`. */
  readonly place?: MemoryPlace;
  /** Its grey, of pictures in colour. */
  readonly grey: () => Picture<Uint8Array>;
  readonly remark: DecodeNoteCode | undefined;
}

function throughLibjpeg(file: JpegFile): Stored {
  const { width, height, components } = file.frame;
  const grey = (data: Uint8Array) => ({ width, height, channels: 1, data }) as const;
  const format = ({ 1: 'grey', 3: 'rgb', 4: 'cmyk' } as const)[components.length as 1 | 3 | 4];
  const { pixels, place, isSound } = read(file, format);
  const { memory, address } = place;
  const channels = format === 'grey' ? 1 : 3;
  if (format === 'cmyk') cmykToRgb(pixels);
  const stored: Picture<Uint8Array> = {
    width,
    height,
    channels,
    get data() {
      return new Uint8Array(memory.buffer, address, width * height * channels);
    },
  };
  return {
    stored,
    place,
    // libjpeg makes no grey of four components; OpenCV makes it of their RGB.
    grey: () => grey(format === 'cmyk' ? greyOfCmyk(stored.data) : read(file, 'grey').pixels),
    remark: remarkOn(file, isSound),
  };
}

/** Where scans are missing altogether, libjpeg is content with those that are there. */
function remarkOn({ bytes, hasManyScans }: JpegFile, isSound: boolean): DecodeNoteCode | undefined {
  if (isSound && !hasManyScans) return undefined;
  if (!hasEnd(bytes)) return 'cutScan';
  return isSound ? undefined : 'disturbedScan';
}

/** @throws DecodeError with what the markers give away, when libjpeg makes no picture */
function read({ bytes, frame, fault }: JpegFile, format: keyof typeof pixelFormats): Decompressed {
  const decompressed = decompress(bytes, frame, format);
  if (decompressed) return decompressed;
  throw fault ?? new DecodeError(hasEnd(bytes) ? 'damagedScan' : 'truncated');
}

function throughJpegJs(file: JpegFile): Stored {
  const stored = decodeWithJpegJs(file);
  const { width, height } = stored;
  return {
    stored,
    grey: () => ({ width, height, channels: 1, data: greyOfRgb(stored.data) }),
    remark: 'nearPixels',
  };
}
