/** Sums of uniform numbers from hashes, in AssemblyScript: the rule of noise.ts and hash.ts, four numbers to a vector. */

/** Writes `n` sums of the places from `index` on, rounded up to whole vectors. */
export function sums(to: usize, key: i32, index: i32, n: i32): void {
  const keys = i32x4.splat(key);
  const four = i32x4.splat(4);
  let places = i32x4.add(i32x4.splat(index), i32x4(0, 1, 2, 3));
  for (const end = to + 4 * n; to < end; to += 16) {
    const word = hash(v128.xor(hash(places), keys));
    let sum = i32x4.splat(-393210);
    for (let i = 1; i <= 6; i++) {
      const next = hash(i32x4.add(word, i32x4.splat(i)));
      sum = i32x4.add(sum, i32x4.add(v128.and(next, i32x4.splat(0xffff)), i32x4.shr_u(next, 16)));
    }
    v128.store(to, sum);
    places = i32x4.add(places, four);
  }
}

function hash(x: v128): v128 {
  const a = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  const b = i32x4.mul(v128.xor(a, i32x4.shr_u(a, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(b, i32x4.shr_u(b, 16));
}
