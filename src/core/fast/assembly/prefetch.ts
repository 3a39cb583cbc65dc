/** Reads a byte of each cache line of a row: WebAssembly has no instruction that prefetches. */
export function prefetch(from: usize, n: i32): i32 {
  const end = from + n;
  let all: i32 = 0;
  for (; from < end; from += 64) all |= load<u8>(from);
  // Returned so that no compiler drops the reads.
  return all;
}
