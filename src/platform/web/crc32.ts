/**
 * CRC-32 as in PNG (specification, annex D) and zlib, 8 bytes at a time, each with a table of its own (“slicing by 8”,
 * Kounavis and Berry 2005).
 */
export function crc32(bytes: Uint8Array): number {
  const whole = bytes.length - (bytes.length % 8);
  let sum = -1;
  let i = 0;
  for (; i < whole; i += 8) {
    sum ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    sum =
      table[0x700 + (sum & 255)]! ^
      table[0x600 + ((sum >>> 8) & 255)]! ^
      table[0x500 + ((sum >>> 16) & 255)]! ^
      table[0x400 + (sum >>> 24)]! ^
      table[0x300 + bytes[i + 4]!]! ^
      table[0x200 + bytes[i + 5]!]! ^
      table[0x100 + bytes[i + 6]!]! ^
      table[bytes[i + 7]!]!;
  }
  for (; i < bytes.length; i++) sum = (sum >>> 8) ^ table[(sum ^ bytes[i]!) & 255]!;
  return ~sum >>> 0;
}

/** What a byte contributes to the sum: at index 256 · n + byte, when n bytes follow. */
const table = contributions();

function contributions(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    made[byte] = sum;
  }
  for (let i = 256; i < made.length; i++) {
    const before = made[i - 256]!;
    made[i] = (before >>> 8) ^ made[before & 255]!;
  }
  return made;
}
