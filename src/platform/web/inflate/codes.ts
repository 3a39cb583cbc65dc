import type { BitReader } from './bitReader';

/**
 * The codes of compressed blocks (RFC 1951, section 3.2) as tables: the next bits of the data, of which the first is the
 * lowest, are the index of what they mean.
 */

/** A code ready to be read. An entry of a table is a symbol × 16 + the number of bits of its code. */
export interface Code {
  /**
   * First by the next `rootBits` bits. Where these are the beginning of longer codes, the entry is a number × 16, and
   * the table with this number holds the entries by the bits that follow.
   */
  readonly table: Uint16Array;
  readonly rootBits: number;
  /** By how many bits the longest code is longer than `rootBits`, or 0. */
  readonly moreBits: number;
}

/** Bits of the first table: so that it stays in the processor's first-level cache, and few codes need a second one. */
const mostRootBits = 10;

/** The symbol of bits that no symbol has as its code. */
export const noSymbol = 320;

/** How many symbols mean something: literals, the end of a block and lengths; distances. The fixed codes have more. */
const known = { lengths: 286, distances: 30 };

/**
 * The code in which each symbol's code has the given length in bits, up to 15, 0 for none; undefined if there is none.
 * As in zlib, bits without meaning are allowed only if just one symbol, of one bit, or none has a code.
 * @param count how many of the symbols mean something
 */
export function codeOf(lengths: Uint8Array, count = lengths.length): Code | undefined {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  let most = 15;
  while (most > 1 && counts[most] === 0) most--;
  // The first code of each length (section 3.2.2), and which part of 2¹⁵ all take.
  const next = new Uint16Array(16);
  let used = 0;
  for (let length = 1; length <= most; length++) {
    next[length] = used >> (15 - length);
    used += counts[length]! << (15 - length);
  }
  if (used > 1 << 15 || (used < 1 << 15 && most > 1)) return undefined;
  const rootBits = Math.min(most, mostRootBits);
  const moreBits = most - rootBits;
  const root = 1 << rootBits;
  // Each table of longer codes has two of them or more.
  const table = new Uint16Array(root + ((lengths.length >> 1) << moreBits)).fill((noSymbol << 4) | 1, 0, root);
  let tables = 0;
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const code = reversed(next[length]!++, length);
    const entry = ((symbol < count ? symbol : noSymbol) << 4) | length;
    if (length <= rootBits) {
      for (let at = code; at < root; at += 1 << length) table[at] = entry;
      continue;
    }
    const first = code & (root - 1);
    if (isSymbol(table[first]!)) table[first] = tables++ << 4;
    const start = root + ((table[first]! >> 4) << moreBits);
    for (let at = code >> rootBits; at < 1 << moreBits; at += 1 << (length - rootBits)) table[start + at] = entry;
  }
  return { table, rootBits, moreBits };
}

/** Whether an entry is a symbol and not the number of another table. */
function isSymbol(entry: number): boolean {
  return (entry & 15) > 0;
}

/** The `count` low bits of a number in the opposite order: a code's first bit is its highest. */
function reversed(bits: number, count: number): number {
  let result = 0;
  for (let i = 0; i < count; i++) result |= ((bits >> i) & 1) << (count - 1 - i);
  return result;
}

/** The codes of a compressed block: of literals, lengths and the block's end, and of distances. */
export interface Codes {
  readonly lengths: Code;
  readonly distances: Code;
}

/** A block's own codes from the lengths of both; undefined if there are no such codes. */
export function codesOf(lengths: Uint8Array, distances: Uint8Array): Codes | undefined {
  const [first, second] = [codeOf(lengths, known.lengths), codeOf(distances, known.distances)];
  return first && second && { lengths: first, distances: second };
}

/** The codes of blocks that bring none of their own (section 3.2.6). */
export function fixedCodes(): Codes {
  const lengths = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  return codesOf(lengths, new Uint8Array(32).fill(5))!;
}

/** The next symbol. */
export function symbolOf(bits: BitReader, { table, rootBits, moreBits }: Code): number {
  const first = bits.read(rootBits);
  let ahead = rootBits;
  let all = first;
  let entry = table[first]!;
  if (!isSymbol(entry)) {
    const more = bits.read(moreBits);
    entry = table[(1 << rootBits) + ((entry >> 4) << moreBits) + more]!;
    ahead += moreBits;
    all |= more << rootBits;
  }
  const used = entry & 15;
  bits.unread(all >> used, ahead - used);
  return entry >> 4;
}
