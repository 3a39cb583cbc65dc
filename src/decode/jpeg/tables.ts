/**
 * Which tables a JPEG's segments define, and whether they are possible. libjpeg looks at them again and decides what can be
 * decoded; this is for saying what is wrong when it cannot.
 */

/** The quantization tables of a DQT segment by number; undefined when the segment is malformed. */
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

/** The Huffman tables of a DHT segment by name, such as `DC 0`; undefined when the segment or a table's codes are impossible. */
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
    // A DC symbol is a number of bits.
    if (!isAc && symbols.some(symbol => symbol > 15)) return undefined;
    found.push(`${isAc ? 'AC' : 'DC'} ${spec & 15}`);
    at += 17 + total;
  }
  return found;
}

/** The tables of T.81, annex K.3: libjpeg-turbo puts them in where a sequential JPEG has none, as frames of Motion JPEG do. */
export const standardHuffmanTables: readonly string[] = ['DC 0', 'AC 0', 'DC 1', 'AC 1'];
