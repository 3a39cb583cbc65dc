import { DecodeError } from '../error';
import type { Chunk } from './chunks';

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

/** PNG's width and height are 31-bit numbers. PNG specification, section 11.2.1. */
const largestNumber = 0x7fff_ffff;
/** libpng refuses longer sides (PNG_USER_WIDTH_MAX). */
const longestSide = 1_000_000;

/** The content of an IHDR chunk. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly colourType: number;
  /** Samples per stored pixel; a palette index is one sample. */
  readonly samples: number;
  readonly interlaced: boolean;
}

/**
 * Reads a file's first chunk, which must be an IHDR.
 * @throws DecodeError
 */
export function readHeader({ name, data }: Chunk): PngHeader {
  const damaged = () => new DecodeError('damagedChunk', { chunk: 'IHDR' });
  if (name === 'CgBI') throw new DecodeError('unsupported', { format: 'PNG', feature: "Apple's private CgBI variant" });
  if (name !== 'IHDR') throw new DecodeError('missingChunk', { chunk: 'IHDR' });
  if (data.length !== 13) throw damaged();
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const depth = view.getUint8(8);
  const colourType = view.getUint8(9);
  const [compression, filter, interlace] = [view.getUint8(10), view.getUint8(11), view.getUint8(12)];
  if (width === 0 || height === 0 || Math.max(width, height) > largestNumber) throw damaged();
  if (!depths[colourType]?.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) throw damaged();
  if (Math.max(width, height) > longestSide) {
    throw new DecodeError('unsupported', { format: 'PNG', feature: `a side of more than ${longestSide} pixels` });
  }
  return { width, height, depth, colourType, samples: samplesPerPixel[colourType]!, interlaced: interlace === 1 };
}
