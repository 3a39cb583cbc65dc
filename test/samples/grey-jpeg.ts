/** What codes of a Huffman table stand for, by their length and value. */
type Codes = Map<string, number>;

/**
 * A colour JPEG's first component as a grey JPEG of its own, for jpeg-js writes colour only: its coefficients are copied, not
 * encoded anew. Serves what jpeg-js writes: baseline, three components sampled alike, one scan, no restart markers.
 */
export function firstComponent(jpeg: Buffer): Buffer {
  const tables = new Map<number, Buffer>();
  const codes = new Map<number, Codes>();
  let quantization: Buffer = Buffer.alloc(0);
  let frame: Buffer = Buffer.alloc(0);
  let at = 2;
  for (let marker = 0; marker !== 0xda; ) {
    marker = jpeg[at + 1]!;
    const data = jpeg.subarray(at + 4, at + 2 + jpeg.readUInt16BE(at + 2));
    if (marker === 0xdb) quantization = data.subarray(1, 65);
    if (marker === 0xc0) frame = data;
    if (marker === 0xc4) for (const table of splitTables(data)) tables.set(table[0]!, table);
    at += 4 + data.length;
  }
  for (const [spec, table] of tables) codes.set(spec, codesOf(table));
  const units = Math.ceil(frame.readUInt16BE(1) / 8) * Math.ceil(frame.readUInt16BE(3) / 8);
  const wide = Buffer.alloc(129);
  wide[0] = 0x10;
  for (let k = 0; k < 64; k++) wide.writeUInt16BE(quantization[k]!, 1 + 2 * k);
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xdb, wide),
    segment(0xc0, Buffer.concat([frame.subarray(0, 5), Buffer.of(1, 1, 0x11, 0)])),
    segment(0xdd, Buffer.of(0, 0)),
    segment(0xc4, tables.get(0x00)!),
    segment(0xc4, tables.get(0x10)!),
    segment(0xda, Buffer.of(1, 1, 0x00, 0, 63, 0)),
    stuffed(firstBlocks(bitsOf(jpeg.subarray(at, -2)), units, codes)),
    Buffer.of(0xff, 0xd9),
  ]);
}

function segment(marker: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255), data]);
}

/** The tables of a DHT segment. */
function splitTables(data: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < data.length; ) {
    const symbols = data.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    found.push(data.subarray(at, at + 17 + symbols));
    at += 17 + symbols;
  }
  return found;
}

/** T.81, annex C: codes of a length follow each other, and begin at twice the first that the next shorter length leaves. */
function codesOf(table: Buffer): Codes {
  const codes: Codes = new Map();
  for (let length = 1, code = 0, k = 17; length <= 16; length++, code <<= 1) {
    for (let i = 0; i < table[length]!; i++, code++, k++) codes.set(code.toString(2).padStart(length, '0'), table[k]!);
  }
  return codes;
}

/** A scan's data as text of zeros and ones, without the zero bytes behind FF. */
function bitsOf(data: Buffer): string {
  const bytes: string[] = [];
  for (let i = 0; i < data.length; i++) {
    bytes.push(data[i]!.toString(2).padStart(8, '0'));
    if (data[i] === 0xff) i++;
  }
  return bytes.join('');
}

/** The bits of each unit's first block. T.81, annex F.2. */
function firstBlocks(bits: string, units: number, codes: ReadonlyMap<number, Codes>): string {
  let at = 0;
  const symbol = (table: Codes) => {
    for (let length = 1; length <= 16; length++) {
      const found = table.get(bits.slice(at, at + length));
      if (found === undefined) continue;
      at += length;
      return found;
    }
    throw new Error('no such code');
  };
  const kept: string[] = [];
  for (let unit = 0; unit < units; unit++) {
    for (let component = 0; component < 3; component++) {
      const start = at;
      const id = component === 0 ? 0 : 1;
      const size = symbol(codes.get(id)!);
      at += size;
      for (let k = 1; k < 64; k++) {
        const found = symbol(codes.get(0x10 | id)!);
        if (found === 0) break;
        k += found >> 4;
        at += found & 15;
      }
      if (component === 0) kept.push(bits.slice(start, at));
    }
  }
  return kept.join('');
}

/** Bits as a scan's data: filled up with ones, a zero byte behind each FF. */
function stuffed(bits: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, '1'), 2);
    bytes.push(byte, ...(byte === 0xff ? [0] : []));
  }
  return Buffer.from(bytes);
}
