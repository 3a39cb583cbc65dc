/** The most bytes whose sums stay below 2³². */
const most = 5552;

/** Adler-32 (RFC 1950, section 8.2) of bytes after those that gave `sum`, 1 for none. */
export function adler32(sum: number, bytes: Uint8Array): number {
  let a = sum & 0xffff;
  let b = sum >>> 16;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(at + most, bytes.length);
    for (; at < end; at++) {
      a += bytes[at]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
