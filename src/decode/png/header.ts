import { DecodeError } from '../error';
import { type DecodeNote, noteOf } from '../note';
import { type Chunk, isAncillary, readChunks } from './chunks';
import { GammaReader } from './gamma';

/** PNG's colour types by their number in the file. */
export const colourTypes = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 } as const;

const samplesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** libpng refuses longer sides (PNG_USER_WIDTH_MAX). */
const longestSide = 1_000_000;

/** All that a PNG file says before its pixels. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly colourType: number;
  /** Samples per stored pixel: a palette index counts one. */
  readonly samples: number;
  readonly interlaced: boolean;
  /** RGB triples. */
  readonly palette?: Uint8Array;
  /** The tRNS chunk as stored: alpha per palette entry, or the grey or colour that is transparent. */
  readonly transparency?: Uint8Array;
  readonly exif?: Uint8Array;
  /** The file's gamma × 100000, where it or an sRGB chunk says one. */
  readonly gamma?: number;
  /** Of 16-bit colours, how many bits an sBIT chunk calls insignificant. */
  readonly insignificantBits?: number;
}

/** The header, and the compressed pixels in as many pieces as the file has. */
export interface PngFile {
  readonly header: PngHeader;
  /** Of the IDAT chunks that follow each other. */
  readonly pixels: readonly Uint8Array[];
  /** Whether more IDAT chunks follow after another chunk: libpng leaves them alone. */
  readonly interrupted: boolean;
  readonly notes: readonly DecodeNote[];
}

/**
 * Reads a PNG's structure; checks what libpng checks, and passes over what libpng passes over.
 * `onSize` sees width and height before any other chunk is looked at, and may throw.
 * @throws DecodeError
 */
export async function readPng(bytes: Uint8Array, onSize: (width: number, height: number) => void): Promise<PngFile> {
  let header: PngHeader | undefined;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let exif: Uint8Array | undefined;
  let insignificantBits: number | undefined;
  const gamma = new GammaReader();
  const pixels: Uint8Array[] = [];
  let [seenPalette, seenPixels, interrupted, animated] = [false, false, false, false];
  const unsound = new Set<string>();
  let previous = '';
  for (const chunk of readChunks(bytes)) {
    const { name, data, isSound } = chunk;
    if (!header) {
      header = readHeader(chunk);
      onSize(header.width, header.height);
    } else if (name === 'IHDR') {
      throw new DecodeError('damagedChunk', { chunk: name });
    } else if (name === 'PLTE' && seenPixels && !seenPalette) {
      // Too late to count.
    } else if (name === 'PLTE') {
      if (seenPalette) throw new DecodeError('damagedChunk', { chunk: name });
      seenPalette = true;
      // A palette in a true-colour picture is only a hint for poor displays, and in a grey one it means nothing.
      if (header.colourType === colourTypes.palette) {
        const entries = data.length / 3;
        if (entries === 0 || entries > 256 || !Number.isInteger(entries)) {
          throw new DecodeError('damagedChunk', { chunk: name });
        }
        palette = data;
      }
    } else if (name === 'IDAT') {
      interrupted ||= seenPixels && previous !== 'IDAT';
      seenPixels = true;
      // A file of nothing but empty ones would fill memory with them.
      if (data.length > 0 && !interrupted) pixels.push(data);
    } else if (!isAncillary(name)) {
      if (name !== 'IEND') throw new DecodeError('unsupported', { format: 'PNG', feature: `a ${name} chunk` });
    } else if (!isSound && name !== 'iCCP') {
      unsound.add(name);
    } else if (name === 'tRNS') {
      if (!seenPixels && !transparency && isTransparency(header, palette, data)) transparency = data;
    } else if (name === 'eXIf') {
      exif ??= data;
    } else if (name === 'acTL') {
      animated ||= !seenPixels;
    } else if (!seenPixels && !seenPalette) {
      // A profile counts before libpng gets to see its checksum.
      await gamma.read(chunk);
      if (name === 'sBIT') insignificantBits ??= insignificantIn(header, data);
    }
    previous = name;
  }
  if (!header || !seenPixels) throw new DecodeError('missingChunk', { chunk: 'IDAT' });
  if (header.colourType === colourTypes.palette && !palette) throw new DecodeError('missingChunk', { chunk: 'PLTE' });
  return {
    header: {
      ...header,
      ...(palette && { palette }),
      ...(transparency && { transparency }),
      ...(exif && { exif }),
      ...(gamma.value !== undefined && { gamma: gamma.value }),
      ...(insignificantBits !== undefined && { insignificantBits }),
    },
    pixels,
    interrupted,
    notes: [
      ...(animated ? [noteOf('animation')] : []),
      ...[...unsound].map(chunk => noteOf('chunkChecksum', { chunk })),
    ],
  };
}

function readHeader({ name, data }: Chunk): PngHeader {
  const damaged = () => new DecodeError('damagedChunk', { chunk: 'IHDR' });
  if (name === 'CgBI') throw new DecodeError('unsupported', { format: 'PNG', feature: "Apple's private CgBI variant" });
  if (name !== 'IHDR') throw new DecodeError('missingChunk', { chunk: 'IHDR' });
  if (data.length !== 13) throw damaged();
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const [depth, colourType, compression, filter, interlace] = data.subarray(8) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  const limit = 0x7fff_ffff;
  if (width === 0 || height === 0 || width > limit || height > limit) throw damaged();
  if (!depths[colourType]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) throw damaged();
  if (Math.max(width, height) > longestSide) {
    throw new DecodeError('unsupported', { format: 'PNG', feature: `a side of more than ${longestSide} pixels` });
  }
  return { width, height, depth, colourType, samples: samplesPerPixel[colourType]!, interlaced: interlace === 1 };
}

/** Whether a tRNS chunk means anything; libpng passes over one that does not. */
function isTransparency(header: PngHeader, palette: Uint8Array | undefined, data: Uint8Array): boolean {
  switch (header.colourType) {
    case colourTypes.grey:
      return data.length === 2;
    case colourTypes.rgb:
      return data.length === 6;
    case colourTypes.palette:
      // A palette may be longer than there are indices; the rest of it does not count.
      return palette !== undefined && data.length > 0 && data.length <= Math.min(palette.length / 3, 2 ** header.depth);
    default:
      return false;
  }
}

/** How many bits of 16-bit colours an sBIT chunk leaves aside, 8 at most; undefined where it means nothing. */
function insignificantIn({ depth, samples }: PngHeader, data: Uint8Array): number | undefined {
  if (depth !== 16 || samples < 3 || data.length !== samples || data.some(bits => bits < 1 || bits > 16))
    return undefined;
  return Math.min(8, 16 - Math.max(...data.subarray(0, 3)));
}
