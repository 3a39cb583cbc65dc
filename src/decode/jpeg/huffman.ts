import { DecodeError } from '../error';

/** One Huffman table of a DHT segment. */
export class HuffmanTable {
  #lookup: Uint16Array | undefined;

  constructor(
    readonly isAc: boolean,
    readonly id: number,
    /** How many codes there are of each length, from 1 to 16 bits. */
    private readonly counts: Uint8Array,
    /** What the codes stand for, in the codes' order. */
    readonly symbols: Uint8Array,
  ) {}

  /** By the next 16 bits of the data: `length << 8 | symbol` of the code that they begin with, 0 when there is none. */
  get lookup(): Uint16Array {
    if (this.#lookup) return this.#lookup;
    const lookup = new Uint16Array(1 << 16);
    for (let length = 1, from = 0, k = 0; length <= 16; length++) {
      for (let i = 0; i < this.counts[length - 1]!; i++) {
        const to = from + (1 << (16 - length));
        lookup.fill((length << 8) | this.symbols[k++]!, from, to);
        from = to;
      }
    }
    this.#lookup = lookup;
    return lookup;
  }

  /** Gives the memory of `lookup` back; it is made anew when needed. */
  release(): void {
    this.#lookup = undefined;
  }

  /**
   * This table with a code for symbol 0 (a DC difference of nothing, an end of block), which optimized tables may lack.
   * All other codes stay: the new one is longer, and begins with what no table may use, all ones.
   */
  withZero(): HuffmanTable {
    if (this.symbols.includes(0)) return this;
    const counts = Uint8Array.from(this.counts);
    let longest = 16;
    while (longest > 0 && counts[longest - 1] === 0) longest--;
    counts[Math.min(longest, 15)]!++;
    return new HuffmanTable(this.isAc, this.id, counts, Uint8Array.of(...this.symbols, 0));
  }

  /** The code for symbol 0. */
  zero(): { bits: number; length: number } {
    let k = this.symbols.indexOf(0);
    let length = 1;
    let code = 0;
    for (; k >= this.counts[length - 1]!; length++) {
      k -= this.counts[length - 1]!;
      code = (code + this.counts[length - 1]!) << 1;
    }
    return { bits: code + k, length };
  }

  /** The table as a DHT segment holds it. */
  segment(): Uint8Array {
    return Uint8Array.of((this.isAc ? 0x10 : 0) | this.id, ...this.counts, ...this.symbols);
  }
}

/**
 * Reads the tables of a DHT segment and checks that their codes are possible, as libjpeg does.
 * @throws DecodeError `damagedMarker`
 */
export function readHuffmanTables(segment: Uint8Array): HuffmanTable[] {
  const damaged = () => new DecodeError('damagedMarker', { marker: 'DHT' });
  const tables: HuffmanTable[] = [];
  for (let at = 0; at < segment.length; ) {
    const spec = segment[at]!;
    const counts = segment.subarray(at + 1, at + 17);
    if (spec >> 4 > 1 || (spec & 15) > 3 || counts.length < 16) throw damaged();
    const isAc = spec >> 4 === 1;
    let total = 0;
    for (let length = 1, code = 0; length <= 16; length++, code <<= 1) {
      const count = counts[length - 1]!;
      total += count;
      code += count;
      // No code may be all ones, so the next free one must still fit.
      if (count > 0 && code >= 1 << length) throw damaged();
    }
    const symbols = segment.subarray(at + 17, at + 17 + total);
    if (total > 256 || symbols.length < total) throw damaged();
    // A DC symbol is a number of bits.
    if (!isAc && symbols.some(symbol => symbol > 15)) throw damaged();
    tables.push(new HuffmanTable(isAc, spec & 15, counts, symbols));
    at += 17 + total;
  }
  return tables;
}

/**
 * The tables of T.81, annex K.3, as a DHT segment holds them. Frames of Motion JPEG leave them out, and libjpeg-turbo
 * puts them in wherever a sequential JPEG has none of its own.
 */
export function standardHuffmanTables(): HuffmanTable[] {
  return readHuffmanTables(Buffer.from(standardSegment, 'base64'));
}

const standardSegment =
  'AAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEV' +
  'UtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeY' +
  'mZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+gEAAwEBAQEBAQEBAQAAAAAA' +
  'AAECAwQFBgcICQoLEQACAQIEBAMEBwUEBAABAncAAQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZ' +
  'GiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1' +
  'tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo6ery8/T19vf4+fo=';
