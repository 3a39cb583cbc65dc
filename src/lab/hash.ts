/**
 * A number from 0 to 2³² − 1 in which every bit depends on every bit of `x`, as an integer of 32 bits: `lowbias32` of
 * Wellons 2018, Prospecting for Hash Functions, <https://nullprogram.com/blog/2018/07/31/>. Distinct numbers have
 * distinct hashes. Only multiplications, shifts and exclusive ors: every language has the same result.
 */
export function hash32(x: number): number {
  const a = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  const b = Math.imul(a ^ (a >>> 15), 0x846ca68b);
  return b ^ (b >>> 16);
}

/** What {@link hashWith} takes for a seed. */
export function keyOf(seed: number): number {
  // The hash of 0 is 0, which would leave an index of 0 unchanged.
  return hash32(seed ^ 0x9e3779b9);
}

/** The hash of a place under a key. Hashed twice, so that the numbers of two seeds are not those of each other's places. */
export function hashWith(key: number, index: number): number {
  return hash32(hash32(index) ^ key);
}
