import type { Picture } from '../../core/tensor';
import { hasWebAssembly, type MemoryPlace } from '../../core/webAssembly';
import type { Decoder } from '../decoder';
import { DecodeError } from '../error';
import type { DecodedImage, OnStage, Orientation } from '../image';
import { lazy } from '../lazy';
import { type DecodeNote, type DecodeNoteCode, noteOf } from '../note';
import { Stopwatch } from '../stopwatch';
import { cmykToRgb, greyOfCmyk } from './colour';
import { blocksOf } from './frame';
import { decodeWithJpegJs, greyOfRgb } from './jpegJs';
import { type Decompressed, decompress, mostMemory, pixelFormats, turboJpeg } from './libjpeg/libjpeg';
import { type JpegFile, readMarkers } from './markers';
import { hasEnd } from './segments';

export const jpegDecoder: Decoder = {
  prepare: () => void turboJpeg.compile(),
  decode: decodeJpeg,
};

/**
 * Decodes a JPEG to libjpeg-turbo's pixels, like `cv2.imread`: every sampling, baseline and progressive, grey, YCbCr,
 * RGB, CMYK and YCCK. Damaged data is shown as libjpeg decodes it, with a note. If WebAssembly cannot run, jpeg-js
 * decodes, with another note.
 * @throws {DecodeError}
 * @throws {RangeError} if memory runs out
 */
function decodeJpeg(
  bytes: Uint8Array,
  onSize: (width: number, height: number) => void,
  onStage: OnStage | undefined,
): DecodedImage {
  const watch = new Stopwatch(onStage);
  const file = readMarkers(bytes, onSize);
  watch.lap('jpeg markers');
  const { stored, place, remark } = hasWebAssembly() ? throughLibjpeg(file) : throughJpegJs(file);
  watch.lap('jpeg pixels');
  const { orientation } = file;
  const isHidden = file.exifIsHidden && orientation !== 1;
  const notes = [...(remark ? [noteOf(remark)] : []), ...(isHidden ? [noteOf('hiddenOrientation')] : [])];
  // A separate function: whatever the picture's functions can reference stays in memory as long as the picture.
  return imageOf(stored, place, orientation, notes, greyOf(file, stored));
}

function imageOf(
  picture: Picture,
  place: MemoryPlace | undefined,
  orientation: Orientation,
  notes: readonly DecodeNote[],
  grey: DecodedImage['grey'],
): DecodedImage {
  const { width, height, channels } = picture;
  return {
    width,
    height,
    channels,
    // A new view at each access, because the memory may have grown since.
    get data() {
      return picture.data;
    },
    ...(place && { place }),
    bitDepth: 8,
    format: 'jpeg',
    orientation,
    notes,
    grey,
  };
}

/** How to get a picture's grey: by another decode if libjpeg can output grey, else from the colours. */
function greyOf(file: JpegFile, picture: Picture): DecodedImage['grey'] {
  const { components } = file.frame;
  if (components.length === 1) return () => picture.data;
  // libjpeg does not output grey of four components; OpenCV computes it from their RGB.
  if (components.length === 4) return lazy(() => greyOfCmyk(picture.data as Uint8Array));
  return hasWebAssembly() ? lazyGrey(file) : lazy(() => greyOfRgb(picture.data as Uint8Array));
}

/** Not part of `greyOf`, so that the result does not keep the colour picture in memory. */
function lazyGrey(file: JpegFile): DecodedImage['grey'] {
  return lazy(() => read(file, 'grey').pixels);
}

/** The pixels, and the note on them. */
interface Stored {
  readonly stored: Picture<Uint8Array>;
  /** See `DecodedImage`. */
  readonly place?: MemoryPlace;
  readonly remark: DecodeNoteCode | undefined;
}

function throughLibjpeg(file: JpegFile): Stored {
  const { width, height, components } = file.frame;
  const format = ({ 1: 'grey', 3: 'rgb', 4: 'cmyk' } as const)[components.length as 1 | 3 | 4];
  const { pixels, place, isSound } = read(file, format);
  if (format === 'cmyk') cmykToRgb(pixels);
  const { memory, address } = place;
  const channels = format === 'grey' ? 1 : 3;
  const stored: Picture<Uint8Array> = {
    width,
    height,
    channels,
    get data() {
      return new Uint8Array(memory.buffer, address, width * height * channels);
    },
  };
  return { stored, place, remark: remarkOn(file, isSound) };
}

function throughJpegJs(file: JpegFile): Stored {
  return { stored: decodeWithJpegJs(file), remark: 'nearPixels' };
}

/** The note on a decode. If whole scans are missing, libjpeg reports no damage. */
function remarkOn({ bytes, hasManyScans }: JpegFile, isSound: boolean): DecodeNoteCode | undefined {
  if (isSound && !hasManyScans) return undefined;
  if (!hasEnd(bytes)) return 'cutScan';
  return isSound ? undefined : 'disturbedScan';
}

/**
 * @throws {DecodeError} with what the markers show, if libjpeg makes no picture
 * @throws {RangeError} if memory runs out
 */
function read({ bytes, frame, fault, hasManyScans }: JpegFile, format: keyof typeof pixelFormats): Decompressed {
  // With several scans libjpeg keeps all coefficients, two bytes each. If it cannot, it would report damage.
  const coefficients = hasManyScans ? blocksOf(frame, frame.components) * 64 * 2 : 0;
  const pixels = frame.width * frame.height * pixelFormats[format].channels;
  if (coefficients + pixels + bytes.length > mostMemory) throw new RangeError('more than WebAssembly can address');
  const decompressed = decompress(bytes, frame, format);
  if (decompressed) return decompressed;
  throw fault ?? new DecodeError(hasEnd(bytes) ? 'damagedScan' : 'truncated');
}
