/** The files that the scripts are run on: every kind that loads differently, small, odd-sized, made from a seed. */
import jpeg from 'jpeg-js';
import type { CodeRequest } from '../../../src/export/request';
import { writePng } from '../../../src/platform/pngjs';
import { random } from '../../random';
import { chunk, headerChunk, signature } from '../pictures/png';

export interface TestFile {
  /** As the script names it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file and how the preview looks at it. */
export interface View extends Pick<CodeRequest, 'mode' | 'orient'> {
  readonly file: TestFile;
}

function png(
  path: string,
  width: number,
  height: number,
  channels: 1 | 2 | 3 | 4,
  bits: 8 | 16,
  seed: number,
): TestFile {
  const next = random(seed);
  const data = bits === 16 ? new Uint16Array(width * height * channels) : new Uint8Array(width * height * channels);
  // Every third sample is dark or bright to the end of the range.
  for (let i = 0; i < data.length; i++) {
    const value = i % 3 === 0 ? Math.round(next()) : next();
    data[i] = Math.floor(value * (2 ** bits - 1));
  }
  return { path, bytes: writePng({ width, height, channels, data }) };
}

/** A smooth colour picture, since JPEG is made for those. `orientation` becomes its EXIF tag. */
function photo(path: string, width: number, height: number, orientation?: number): TestFile {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[i++] = (255 * x) / width;
      data[i++] = (255 * y) / height;
      data[i++] = 128 + 100 * Math.sin((x + 2 * y) / 5);
      data[i++] = 255;
    }
  }
  const bytes = new Uint8Array(jpeg.encode({ width, height, data }, 90).data);
  return { path, bytes: orientation === undefined ? bytes : withOrientation(bytes, orientation) };
}

/** EXIF of one tag. */
function tiffOf(orientation: number): number[] {
  return [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
}

/** A PNG with an eXIf chunk behind its header. */
function turnedPng({ path, bytes }: TestFile, orientation: number): TestFile {
  const afterHeader = signature.length + headerChunk(1, 1).length;
  const exif = chunk('eXIf', Uint8Array.from(tiffOf(orientation)));
  return {
    path: `turned-${orientation}-${path}`,
    bytes: Uint8Array.from([...bytes.subarray(0, afterHeader), ...exif, ...bytes.subarray(afterHeader)]),
  };
}

/** Puts an EXIF segment behind the first marker. */
function withOrientation(bytes: Uint8Array, orientation: number): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiffOf(orientation)];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...bytes.subarray(2)]);
}

/** Puts an XMP segment, such as it is, behind the first marker. */
function behindXmp(bytes: Uint8Array): Uint8Array {
  const xmp = Array.from('http://ns.adobe.com/xap/1.0/\0', letter => letter.charCodeAt(0));
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, xmp.length + 2, ...xmp, ...bytes.subarray(2)]);
}

const grey = png('grey.png', 29, 23, 1, 8, 1);
const colour = png('colour.png', 31, 18, 3, 8, 2);
const alpha = png('alpha.png', 17, 26, 4, 8, 3);
const greyAlpha = png('grey-alpha.png', 22, 19, 2, 8, 4);
const grey16 = png('grey16.png', 25, 20, 1, 16, 5);
const colour16 = png('colour16.png', 19, 27, 3, 16, 6);
const alpha16 = png('alpha16.png', 21, 16, 4, 16, 7);
const jpg = photo('photo.jpg', 33, 21);
const turned = photo('turned.jpg', 32, 19, 6);
/** XMP data before the EXIF data, which OpenCV 4 then does not see. */
const hidden = { path: 'hidden.jpg', bytes: behindXmp(photo('hidden.jpg', 26, 22, 8).bytes) };
const mirrored = photo('mirrored.jpg', 20, 30, 5);
const named = png('나의 사진/it\'s "\\ $x {y} %d\n🏔.png', 24, 24, 3, 8, 8);
const inFolder = png('a.b/no extension', 23, 17, 1, 8, 9);

export const views: readonly View[] = [
  { file: grey, mode: 'grey', orient: true },
  { file: colour, mode: 'colour', orient: true },
  { file: alpha, mode: 'alpha', orient: true },
  { file: grey16, mode: 'grey', orient: true },
  { file: jpg, mode: 'grey', orient: true },
  { file: colour16, mode: 'colour', orient: true },
  { file: alpha, mode: 'colour', orient: true },
  { file: turned, mode: 'colour', orient: true },
  { file: greyAlpha, mode: 'grey', orient: true },
  { file: turned, mode: 'grey', orient: false },
  { file: alpha16, mode: 'alpha', orient: true },
  { file: colour, mode: 'grey', orient: true },
  { file: named, mode: 'colour', orient: true },
  { file: mirrored, mode: 'colour', orient: false },
  { file: colour16, mode: 'grey', orient: true },
  { file: jpg, mode: 'colour', orient: true },
  { file: inFolder, mode: 'grey', orient: true },
  { file: mirrored, mode: 'grey', orient: true },
  { file: hidden, mode: 'colour', orient: true },
  { file: hidden, mode: 'grey', orient: false },
  { file: alpha16, mode: 'colour', orient: true },
  ...[2, 3, 4, 5, 6, 7, 8].map(orientation => ({
    file: turnedPng(orientation % 2 === 0 ? alpha : alpha16, orientation),
    mode: 'alpha' as const,
    orient: true,
  })),
];

/** One value throughout, which a float32 sum over the whole picture drifts away from. */
const flat: TestFile = {
  path: 'flat.png',
  bytes: writePng({ width: 120, height: 100, channels: 1, data: new Uint16Array(12000).fill(40001) }),
};

/** Pictures large enough for the layers of a network, of every kind. */
export const deep: readonly View[] = [
  { file: png('deep.png', 97, 83, 3, 8, 11), mode: 'colour', orient: true },
  { file: png('deep-grey.png', 90, 101, 1, 8, 12), mode: 'grey', orient: true },
  { file: png('deep-alpha.png', 84, 96, 4, 8, 13), mode: 'alpha', orient: true },
  { file: png('deep16.png', 88, 79, 3, 16, 14), mode: 'colour', orient: true },
  { file: photo('deep.jpg', 112, 96, 6), mode: 'colour', orient: true },
  { file: png('deep-grey16.png', 81, 92, 1, 16, 15), mode: 'grey', orient: true },
];

/** Pictures so large, or of so many bits, that one window's sum outgrows float32; each with its height and width. */
export const large: readonly (readonly [View, height: number, width: number])[] = [
  [{ file: png('large.png', 300, 260, 3, 8, 10), mode: 'colour', orient: true }, 260, 300],
  [{ file: flat, mode: 'grey', orient: true }, 100, 120],
];
