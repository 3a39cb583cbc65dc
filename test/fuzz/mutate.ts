import { deflateSync, inflateSync } from 'node:zlib';
import { chunk, png } from '../golden/pictures/png';

/** Random choices, all from one source, so that a seed and a round give the same file again. */
export class Dice {
  constructor(readonly next: () => number) {}

  /** A whole number from 0 up to, but not including, `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  byte(): number {
    // Numbers at the edges find more than others.
    return this.below(3) === 0 ? this.pick([0, 1, 2, 4, 8, 16, 127, 128, 254, 255]) : this.below(256);
  }
}

type Mutation = (bytes: Buffer, dice: Dice, other: Buffer) => Buffer;

const turnBits: Mutation = (bytes, dice) => {
  const copy = Buffer.from(bytes);
  for (let n = 1 + dice.below(8); n > 0 && copy.length > 0; n--) copy[dice.below(copy.length)]! ^= 1 << dice.below(8);
  return copy;
};

const setBytes: Mutation = (bytes, dice) => {
  const copy = Buffer.from(bytes);
  const at = dice.below(copy.length);
  for (let i = at; i < Math.min(copy.length, at + 1 + dice.below(4)); i++) copy[i] = dice.byte();
  return copy;
};

const cut: Mutation = (bytes, dice) => bytes.subarray(0, dice.below(bytes.length));

/** Takes a piece out, doubles it, or puts it elsewhere. */
const splice: Mutation = (bytes, dice) => {
  const from = dice.below(bytes.length);
  const to = Math.min(bytes.length, from + 1 + dice.below(64));
  const piece = bytes.subarray(from, to);
  const at = dice.below(bytes.length);
  switch (dice.below(3)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
    default:
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  }
};

/** The beginning of one file with the end of another. */
const cross: Mutation = (bytes, dice, other) =>
  Buffer.concat([bytes.subarray(0, dice.below(bytes.length)), other.subarray(dice.below(other.length))]);

const general: readonly Mutation[] = [turnBits, turnBits, setBytes, cut, splice, cross];

/** Changes a PNG chunk by chunk with checksums made right again, so that the change reaches the code behind them. */
const pngDeep: Mutation = (bytes, dice, other) => {
  const chunks = readChunks(bytes);
  const at = dice.below(chunks.length);
  const chosen = chunks[at]!;
  switch (dice.below(7)) {
    case 0:
      chunks.splice(at, 1);
      break;
    case 1:
      chunks.splice(dice.below(chunks.length), 0, chosen);
      break;
    case 2: {
      const target = dice.below(chunks.length);
      [chunks[at], chunks[target]] = [chunks[target]!, chosen];
      break;
    }
    case 3:
      chunks[at] = {
        ...chosen,
        data: chosen.data.length > 0 ? dice.pick(general)(chosen.data, dice, chosen.data) : Buffer.of(dice.byte()),
      };
      break;
    case 4:
      chunks[0] = { name: 'IHDR', data: randomHeader(chunks[0]!.data, dice) };
      break;
    case 5: {
      const theirs = readChunks(other);
      chunks.splice(1 + dice.below(chunks.length), 0, dice.pick(theirs.length > 0 ? theirs : chunks));
      break;
    }
    default: {
      // Change the filtered rows themselves.
      const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data));
      const first = chunks.findIndex(({ name }) => name === 'IDAT');
      let rows: Buffer;
      try {
        rows = inflateSync(packed, { maxOutputLength: 1 << 20 });
      } catch {
        return turnBits(bytes, dice, other);
      }
      const kept = chunks.filter(({ name }) => name !== 'IDAT');
      kept.splice(first, 0, { name: 'IDAT', data: deflateSync(dice.pick(general)(rows, dice, rows)) });
      return png(kept.map(({ name, data }) => chunk(name, data)));
    }
  }
  return png(chunks.map(({ name, data }) => chunk(name, data)));
};

function randomHeader(header: Buffer, dice: Dice): Buffer {
  const copy = Buffer.from(header);
  if (copy.length < 13) return copy;
  const sizes = [0, 1, 2, 3, 4, 5, 8, 16, 32, 33, 34, 100, 1000, 9999, 30000, 60000, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
  if (dice.below(2)) copy.writeUInt32BE(dice.pick(sizes), 0);
  if (dice.below(2)) copy.writeUInt32BE(dice.pick(sizes), 4);
  if (dice.below(2)) copy[8] = dice.pick([1, 2, 4, 8, 16, dice.byte()]);
  if (dice.below(2)) copy[9] = dice.pick([0, 2, 3, 4, 6, dice.byte()]);
  if (dice.below(4) === 0) copy[10 + dice.below(3)] = dice.byte();
  return copy;
}

function readChunks(bytes: Buffer): { name: string; data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ name: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Changes a JPEG segment by segment, with lengths made right again. */
const jpegDeep: Mutation = (bytes, dice, other) => {
  const parts = readSegments(bytes);
  const at = dice.below(parts.length);
  const chosen = parts[at]!;
  switch (dice.below(8)) {
    case 0:
      parts.splice(at, 1);
      break;
    case 1:
      parts.splice(dice.below(parts.length), 0, chosen);
      break;
    case 2: {
      const target = dice.below(parts.length);
      [parts[at], parts[target]] = [parts[target]!, chosen];
      break;
    }
    case 3:
      chosen.data = chosen.data.length > 0 ? dice.pick(general)(chosen.data, dice, chosen.data) : chosen.data;
      break;
    case 4:
      chosen.scan = chosen.scan.length > 0 ? dice.pick(general)(chosen.scan, dice, chosen.scan) : chosen.scan;
      break;
    case 5:
      chosen.marker = dice.pick([
        0xc0,
        0xc1,
        0xc2,
        0xc3,
        0xc4,
        0xd8,
        0xd9,
        0xda,
        0xdb,
        0xdd,
        0xe0,
        0xe1,
        0xee,
        0xfe,
        dice.byte(),
      ]);
      break;
    case 6: {
      const frame = parts.find(({ marker }) => marker >= 0xc0 && marker <= 0xc2);
      if (!frame || frame.data.length < 9) return turnBits(bytes, dice, other);
      frame.data = Buffer.from(frame.data);
      const sizes = [1, 2, 7, 8, 9, 16, 17, 40, 64, 500, 9000, 65535];
      if (dice.below(2)) frame.data.writeUInt16BE(dice.pick(sizes), 1);
      if (dice.below(2)) frame.data.writeUInt16BE(dice.pick(sizes), 3);
      if (dice.below(2))
        frame.data[7 + 3 * dice.below((frame.data.length - 6) / 3)] = dice.pick([
          0x11,
          0x12,
          0x21,
          0x22,
          0x41,
          0x14,
          0x44,
          dice.byte(),
        ]);
      break;
    }
    default: {
      const interval = Buffer.of(0, dice.below(12));
      parts.splice(dice.below(parts.length), 0, { marker: 0xdd, data: interval, scan: Buffer.alloc(0) });
    }
  }
  return writeSegments(parts);
};

interface Segment {
  marker: number;
  data: Buffer;
  /** What follows it up to the next marker. */
  scan: Buffer;
}

function readSegments(bytes: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const length = bytes.readUInt16BE(at + 2);
    const from = at + 2 + length;
    let to = from;
    while (to < bytes.length && !(bytes[to] === 0xff && bytes[to + 1] !== 0 && (bytes[to + 1]! & 0xf8) !== 0xd0)) to++;
    segments.push({ marker: bytes[at + 1]!, data: bytes.subarray(at + 4, from), scan: bytes.subarray(from, to) });
    at = to;
  }
  return segments.length > 0 ? segments : [{ marker: 0xe0, data: Buffer.alloc(0), scan: Buffer.alloc(0) }];
}

function writeSegments(segments: readonly Segment[]): Buffer {
  const pieces: Uint8Array[] = [Buffer.of(0xff, 0xd8)];
  for (const { marker, data, scan } of segments) {
    pieces.push(Buffer.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255), data, scan);
  }
  pieces.push(Buffer.of(0xff, 0xd9));
  return Buffer.concat(pieces);
}

/** One to three mutations of a good file: deep ones, which leave checksums and lengths right, or plain ones. */
export function mutate(bytes: Buffer, dice: Dice, other: Buffer): Buffer {
  const deep = bytes[0] === 0x89 ? pngDeep : jpegDeep;
  // Plain changes on top of a deep one would mostly be stopped at the first checksum.
  const kinds = dice.below(3) > 0 ? [deep] : general;
  let mutant = dice.pick(kinds)(bytes, dice, other);
  for (let more = dice.below(3); more > 0 && isWhole(mutant); more--) mutant = dice.pick(kinds)(mutant, dice, other);
  return mutant;
}

/** Whether there is enough of a file left to change it further. */
function isWhole(bytes: Buffer): boolean {
  return (
    bytes.length > 8 &&
    (bytes[0] === 0xff || readChunks(bytes).some(({ name, data }) => name === 'IDAT' && data.length > 8))
  );
}
