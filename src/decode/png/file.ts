import { DecodeError } from '../error';
import { type DecodeNote, noteOf } from '../note';
import { type Chunk, isAncillary, readChunks } from './chunks';
import { GammaReader } from './gamma';
import { colourTypes, type PngHeader, readHeader } from './header';

/** Everything that a PNG file says about its picture, and the compressed pixels in as many pieces as the file has. */
export interface PngFile {
  readonly header: PngHeader;
  /** RGB triples; only if the samples are palette indices. */
  readonly palette: Uint8Array | undefined;
  /** The tRNS chunk as stored: alpha for each palette entry, or the grey or colour that is transparent. */
  readonly transparency: Uint8Array | undefined;
  readonly exif: Uint8Array | undefined;
  /** The file's gamma × 100000, if a chunk gives one. */
  readonly gamma: number | undefined;
  /** For 16-bit colours, how many bits are insignificant according to an sBIT chunk. */
  readonly insignificantBits: number | undefined;
  /** The data of the first IDAT chunks, up to the first other chunk. */
  readonly pixels: readonly Uint8Array[];
  /** Whether more IDAT chunks follow after another chunk: libpng ignores them. */
  readonly interrupted: boolean;
  readonly notes: readonly DecodeNote[];
}

/**
 * Reads a PNG's structure; checks what libpng checks, and ignores what libpng ignores.
 * @param onSize gets width and height before any other chunk is read, and may throw
 * @throws {DecodeError}
 */
export async function readPng(bytes: Uint8Array, onSize: (width: number, height: number) => void): Promise<PngFile> {
  let reader: ChunkReader | undefined;
  for (const chunk of readChunks(bytes)) {
    if (reader) {
      reader.take(chunk);
      // Only this chunk is awaited: there may be millions of others, and awaiting each would be slow.
      if (reader.wantsProfile(chunk)) await reader.takeProfile(chunk);
    } else {
      const header = readHeader(chunk);
      onSize(header.width, header.height);
      reader = new ChunkReader(header);
    }
  }
  if (!reader) throw missing('IHDR');
  return reader.finish();
}

/** Takes the chunks after IHDR in file order, by libpng's rules for which chunk counts where. */
class ChunkReader {
  readonly #header: PngHeader;
  #palette: Uint8Array | undefined;
  #transparency: Uint8Array | undefined;
  #exif: Uint8Array | undefined;
  #insignificantBits: number | undefined;
  readonly #gamma = new GammaReader();
  readonly #pixels: Uint8Array[] = [];
  readonly #unsound = new Set<string>();
  #seenPalette = false;
  #seenPixels = false;
  #interrupted = false;
  #animated = false;
  #previous = 'IHDR';

  constructor(header: PngHeader) {
    this.#header = header;
  }

  take(chunk: Chunk): void {
    const { name, isSound } = chunk;
    if (!isAncillary(name)) this.#takeCritical(chunk);
    else if (isSound) this.#takeAncillary(chunk);
    // libpng uses a profile before it checks the chunk's checksum.
    else if (name !== 'iCCP') this.#unsound.add(name);
    this.#previous = name;
  }

  wantsProfile(chunk: Chunk): boolean {
    return this.#colourInfoCounts && this.#gamma.wantsProfile(chunk);
  }

  takeProfile(chunk: Chunk): Promise<void> {
    return this.#gamma.readProfile(chunk);
  }

  finish(): PngFile {
    if (!this.#seenPixels) throw missing('IDAT');
    if (this.#header.colourType === colourTypes.palette && !this.#palette) throw missing('PLTE');
    return {
      header: this.#header,
      palette: this.#palette,
      transparency: this.#transparency,
      exif: this.#exif,
      gamma: this.#gamma.value,
      insignificantBits: this.#insignificantBits,
      pixels: this.#pixels,
      interrupted: this.#interrupted,
      notes: [
        ...(this.#animated ? [noteOf('animation')] : []),
        ...[...this.#unsound].map(chunk => noteOf('chunkChecksum', { chunk })),
      ],
    };
  }

  #takeCritical({ name, data }: Chunk): void {
    switch (name) {
      case 'IHDR':
        throw damaged(name);
      case 'PLTE':
        this.#takePalette(data);
        break;
      case 'IDAT':
        this.#interrupted ||= this.#seenPixels && this.#previous !== 'IDAT';
        this.#seenPixels = true;
        // Empty ones are left out: a file full of them would fill memory.
        if (data.length > 0 && !this.#interrupted) this.#pixels.push(data);
        break;
      case 'IEND':
        break;
      default:
        throw new DecodeError('unsupported', { format: 'PNG', feature: `a ${name} chunk` });
    }
  }

  #takePalette(data: Uint8Array): void {
    if (this.#seenPalette) throw damaged('PLTE');
    // After the pixels a palette is ignored.
    if (this.#seenPixels) return;
    this.#seenPalette = true;
    // In a true-colour picture a palette is only a hint for displays with few colours; in a grey one it means nothing.
    if (this.#header.colourType !== colourTypes.palette) return;
    const entries = data.length / 3;
    if (entries === 0 || entries > 256 || !Number.isInteger(entries)) throw damaged('PLTE');
    this.#palette = data;
  }

  #takeAncillary(chunk: Chunk): void {
    const { name, data } = chunk;
    switch (name) {
      case 'tRNS':
        if (!this.#seenPixels && isTransparency(this.#header, this.#palette, data)) this.#transparency ??= data;
        break;
      case 'eXIf':
        this.#exif ??= data;
        break;
      case 'acTL':
        this.#animated ||= !this.#seenPixels;
        break;
      case 'sBIT':
        if (this.#colourInfoCounts) this.#insignificantBits ??= insignificantIn(this.#header, data);
        break;
      default:
        if (this.#colourInfoCounts) this.#gamma.read(chunk);
    }
  }

  get #colourInfoCounts(): boolean {
    return !this.#seenPixels && !this.#seenPalette;
  }
}

function damaged(chunk: string): DecodeError {
  return new DecodeError('damagedChunk', { chunk });
}

function missing(chunk: string): DecodeError {
  return new DecodeError('missingChunk', { chunk });
}

/** Whether a tRNS chunk is valid; libpng ignores an invalid one. */
function isTransparency(header: PngHeader, palette: Uint8Array | undefined, data: Uint8Array): boolean {
  switch (header.colourType) {
    case colourTypes.grey:
      return data.length === 2;
    case colourTypes.rgb:
      return data.length === 6;
    case colourTypes.palette:
      // A palette may have more entries than there are indices; these do not count.
      return palette !== undefined && data.length > 0 && data.length <= Math.min(palette.length / 3, 2 ** header.depth);
    default:
      return false;
  }
}

/**
 * How many bits of 16-bit colours are insignificant according to an sBIT chunk, at most 8; undefined if it is invalid.
 */
function insignificantIn({ depth, samples }: PngHeader, data: Uint8Array): number | undefined {
  if (depth !== 16 || samples < 3 || data.length !== samples || data.some(bits => bits < 1 || bits > 16))
    return undefined;
  return Math.min(8, 16 - Math.max(...data.subarray(0, 3)));
}
