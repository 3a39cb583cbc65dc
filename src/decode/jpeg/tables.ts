/**
 * Which tables a JPEG's segments define, and whether they are valid. libjpeg checks them again and decides what can be
 * decoded; this is for the error message if it cannot decode.
 */

/** The numbers of the quantization tables in a DQT segment; undefined if the segment is malformed. */
export function quantizationTables(data: Uint8Array): number[] | undefined {
  const found: number[] = [];
  for (let at = 0; at < data.length; ) {
    const spec = data[at]!;
    const length = 1 + 64 * (1 + (spec >> 4));
    if (spec >> 4 > 1 || (spec & 15) > 3 || at + length > data.length) return undefined;
    found.push(spec & 15);
    at += length;
  }
  return found;
}

/**
 * The names of the Huffman tables in a DHT segment, for example `DC 0`; undefined if the segment or a table's codes are
 * invalid.
 */
export function huffmanTables(data: Uint8Array): string[] | undefined {
  const found: string[] = [];
  for (let at = 0; at < data.length; ) {
    const spec = data[at]!;
    const counts = data.subarray(at + 1, at + 17);
    if (spec >> 4 > 1 || (spec & 15) > 3 || counts.length < 16) return undefined;
    const isAc = spec >> 4 === 1;
    let total = 0;
    for (let length = 1, code = 0; length <= 16; length++, code <<= 1) {
      const count = counts[length - 1]!;
      total += count;
      code += count;
      // No code may be all ones, so the next free one must still fit.
      if (count > 0 && code >= 1 << length) return undefined;
    }
    const symbols = data.subarray(at + 17, at + 17 + total);
    if (total > 256 || symbols.length < total) return undefined;
    // A DC symbol is a number of bits, at most 15.
    if (!isAc && symbols.some(symbol => symbol > 15)) return undefined;
    found.push(`${isAc ? 'AC' : 'DC'} ${spec & 15}`);
    at += 17 + total;
  }
  return found;
}

/**
 * The tables of T.81, annex K.3. libjpeg-turbo uses them for a sequential JPEG without tables, like a frame of Motion
 * JPEG.
 */
export const standardHuffmanTables: readonly string[] = ['DC 0', 'AC 0', 'DC 1', 'AC 1'];
