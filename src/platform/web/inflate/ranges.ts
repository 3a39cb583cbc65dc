/** What symbols of lengths or distances mean: the smallest one, and in how many further bits stands what is added. */
export interface Ranges {
  readonly base: Uint16Array;
  readonly bits: Uint8Array;
}

/** Lengths by symbol − 257, and distances by symbol (RFC 1951, section 3.2.5). */
export const lengthRanges = ranges(3, [...Array(8).fill(0), ...[1, 2, 3, 4, 5].flatMap(bits => Array(4).fill(bits))]);
export const distanceRanges = ranges(1, [0, 0, ...Array.from({ length: 28 }, (_, i) => i >> 1)]);

// The greatest length has a symbol without bits, though the one before it reaches as far.
lengthRanges.base[28] = 258;

/** Ranges that follow each other, with so many bits each. Room for 32, as many as symbols of 5 bits. */
function ranges(first: number, bits: readonly number[]): Ranges {
  const all = { base: new Uint16Array(32), bits: new Uint8Array(32) };
  for (let symbol = 0, next = first; symbol < bits.length; symbol++) {
    all.base[symbol] = next;
    all.bits[symbol] = bits[symbol]!;
    next += 1 << bits[symbol]!;
  }
  return all;
}
