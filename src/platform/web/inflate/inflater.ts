import { BitReader } from './bitReader';
import type { BlockDecoder, Range } from './blockDecoder';
import { type Codes, codeOf, codesOf, fixedCodes, symbolOf } from './codes';

/**
 * Why unpacking stopped: there is no more room, the data has come to its end, or ends too early, or is damaged there.
 */
export type Stop = 'full' | 'end' | 'short' | 'damaged';

/** The order in which a block gives the code lengths of its code lengths (RFC 1951, section 3.2.7). */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** What is read next, or why nothing is. */
type Part = 'header' | 'block' | 'stored' | 'codes' | 'sum' | 'end' | 'short' | 'damaged';

/**
 * Unpacks zlib data (RFC 1950, RFC 1951) in the memory of a decoder. Stops where zlib does, with the same verdict.
 */
export class Inflater {
  readonly #decoder: BlockDecoder;
  readonly #bits: BitReader;
  #part: Part = 'header';
  #isLast = false;
  #codes: Codes | undefined;
  /** What is left of a stored block. */
  #stored = 0;
  readonly #repetition = { left: 0, distance: 0 };
  #sum = 1;

  constructor(packed: Uint8Array, decoder: BlockDecoder) {
    this.#bits = new BitReader(packed);
    this.#decoder = decoder;
  }

  /** Whether bytes follow the end of the data, once it is reached. */
  get hasSurplus(): boolean {
    return this.#bits.at < this.#bits.packed.length;
  }

  /** Unpacks into a part of the decoder's memory. Returns why it stopped, and before which index. */
  unpack(range: Range): { readonly stop: Stop; readonly end: number } {
    const end = this.#unpackBlocks(range);
    this.#sum = this.#decoder.adler32(this.#sum, range.from, end);
    if (this.#part === 'sum') this.#checkSum();
    const part = this.#part;
    if (part === 'end' || part === 'damaged') return { stop: part, end };
    // Without room there is no telling whether data is missing.
    return { stop: end === range.to ? 'full' : 'short', end };
  }

  /** Returns before which index it stopped: for want of room or data, or in a part that is none of a block. */
  #unpackBlocks({ from, to, oldest }: Range): number {
    for (let at = from; ; ) {
      switch (this.#part) {
        case 'header':
          this.#readHeader();
          break;
        case 'block':
          this.#readBlock();
          break;
        case 'stored':
          at = this.#copyStored(at, to);
          if (this.#part === 'stored') return at;
          break;
        case 'codes': {
          const { end, stop } = this.#decoder.decode(this.#bits, this.#codes!, this.#repetition, {
            from: at,
            to,
            oldest,
          });
          at = end;
          this.#goOn(stop === 'more' ? 'codes' : stop);
          if (stop === 'more') return at;
          break;
        }
        default:
          return at;
      }
    }
  }

  /** Goes on with a part, unless zeros behind the data's end have led to it. */
  #goOn(part: Part): void {
    this.#part = this.#bits.hasEnded ? 'short' : part;
  }

  /** RFC 1950, section 2.2. Data for which a dictionary is needed counts as damaged. */
  #readHeader(): void {
    const method = this.#bits.read(8);
    const flags = this.#bits.read(8);
    const isDeflate = (method & 15) === 8 && method >> 4 <= 7;
    const isSound = isDeflate && ((method << 8) | flags) % 31 === 0 && (flags & 32) === 0;
    this.#goOn(isSound ? 'block' : 'damaged');
  }

  #readBlock(): void {
    if (this.#isLast) {
      this.#bits.align();
      this.#part = 'sum';
      return;
    }
    this.#isLast = this.#bits.read(1) === 1;
    switch (this.#bits.read(2)) {
      case 0:
        this.#readStored();
        break;
      case 1:
        this.#codes = fixedCodes();
        this.#goOn('codes');
        break;
      case 2:
        this.#codes = this.#readCodes();
        this.#goOn(this.#codes ? 'codes' : 'damaged');
        break;
      default:
        this.#goOn('damaged');
    }
  }

  /** The length of a stored block (RFC 1951, section 3.2.4). */
  #readStored(): void {
    this.#bits.align();
    this.#stored = this.#bits.read(16);
    const isSound = this.#bits.read(16) === (this.#stored ^ 0xffff);
    this.#goOn(isSound ? 'stored' : 'damaged');
  }

  #copyStored(from: number, to: number): number {
    const { at, packed } = this.#bits;
    const count = Math.min(this.#stored, to - from, packed.length - at);
    this.#decoder.out.set(packed.subarray(at, at + count), from);
    this.#bits.at += count;
    this.#stored -= count;
    if (this.#stored === 0) this.#part = 'block';
    return from + count;
  }

  /** The codes of a block that brings its own (section 3.2.7); undefined if there are no such codes. */
  #readCodes(): Codes | undefined {
    const bits = this.#bits;
    const count = 257 + bits.read(5);
    const distances = 1 + bits.read(5);
    const orders = 4 + bits.read(4);
    if (count > 286 || distances > 30) return undefined;
    const ofLengths = new Uint8Array(19);
    for (let i = 0; i < orders; i++) ofLengths[lengthOrder[i]!] = bits.read(3);
    // A code of a single symbol is none here.
    const code = ofLengths.filter(Boolean).length > 1 ? codeOf(ofLengths) : undefined;
    if (!code) return undefined;
    const lengths = new Uint8Array(count + distances);
    for (let i = 0; i < lengths.length; ) {
      const symbol = symbolOf(bits, code);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) return undefined;
      const value = symbol === 16 ? lengths[i - 1]! : 0;
      const end = i + (symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7));
      if (end > lengths.length) return undefined;
      lengths.fill(value, i, end);
      i = end;
    }
    // A block has to have a symbol for its end.
    return lengths[256] === 0 ? undefined : codesOf(lengths.subarray(0, count), lengths.subarray(count));
  }

  #checkSum(): void {
    let sum = 0;
    for (let i = 0; i < 4; i++) sum = sum * 256 + this.#bits.read(8);
    this.#goOn(sum === this.#sum ? 'end' : 'damaged');
  }
}
