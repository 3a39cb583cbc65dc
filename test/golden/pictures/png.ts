import { crc32, deflateSync } from 'node:zlib';
import { random } from '../../random';

/** What a PNG for a test is made of. Written apart from the decoder, from the specification. */
export interface PngSpec {
  readonly width: number;
  readonly height: number;
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced: boolean;
  /** Stored samples, `width × height × samples` in reading order. */
  readonly samples: readonly number[];
  readonly palette?: Uint8Array;
  readonly transparency?: Uint8Array;
}

export const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
export const samplesPerPixel = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Every legal pair of colour type and depth. */
export const kinds = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const;

export function chunk(name: string, data: Uint8Array = new Uint8Array(0)): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

export function headerChunk(width: number, height: number, depth = 8, colourType = 0, interlace = 0): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colourType, 0, 0, interlace], 8);
  return chunk('IHDR', data);
}

/** The filtered rows of all passes; the five filters take turns. */
export function filteredRows(spec: PngSpec): Buffer {
  const { width, height, depth, samples } = spec;
  const channels = samplesPerPixel[spec.colourType];
  const grids = spec.interlaced
    ? ['0088', '4088', '0448', '2044', '0224', '1022', '0112'].map(digits => [...digits].map(Number))
    : [[0, 0, 1, 1]];
  const rows: Buffer[] = [];
  for (const [left, top, right, down] of grids as [number, number, number, number][]) {
    if (left >= width) continue;
    let above = Buffer.alloc(Math.ceil((Math.ceil((width - left) / right) * channels * depth) / 8));
    for (let y = top; y < height; y += down) {
      const row = Buffer.alloc(above.length);
      let bit = 0;
      for (let x = left; x < width; x += right) {
        for (let c = 0; c < channels; c++, bit += depth) {
          const sample = samples[(y * width + x) * channels + c]!;
          if (depth === 16) row.writeUInt16BE(sample, bit / 8);
          else row[bit >> 3]! |= sample << (8 - depth - (bit & 7));
        }
      }
      rows.push(filterRow(row, above, Math.max(1, (channels * depth) / 8), rows.length % 5));
      above = row;
    }
  }
  return Buffer.concat(rows);
}

function filterRow(row: Buffer, above: Buffer, bytesPerPixel: number, filter: number): Buffer {
  const filtered = Buffer.alloc(row.length + 1);
  filtered[0] = filter;
  for (let i = 0; i < row.length; i++) {
    const a = i >= bytesPerPixel ? row[i - bytesPerPixel]! : 0;
    const b = above[i]!;
    const c = i >= bytesPerPixel ? above[i - bytesPerPixel]! : 0;
    const guess = a + b - c;
    const nearest = [a, b, c].reduce((best, next) => (Math.abs(guess - next) < Math.abs(guess - best) ? next : best));
    filtered[i + 1] = row[i]! - [0, a, b, (a + b) >> 1, nearest][filter]!;
  }
  return filtered;
}

/** The chunks of a whole PNG, its pixels in two IDAT chunks. */
export function pngChunks(spec: PngSpec): Buffer[] {
  const packed = deflateSync(filteredRows(spec));
  const half = packed.length >> 1;
  return [
    headerChunk(spec.width, spec.height, spec.depth, spec.colourType, spec.interlaced ? 1 : 0),
    ...(spec.palette ? [chunk('PLTE', spec.palette)] : []),
    ...(spec.transparency ? [chunk('tRNS', spec.transparency)] : []),
    chunk('IDAT', packed.subarray(0, half)),
    chunk('IDAT', packed.subarray(half)),
    chunk('IEND'),
  ];
}

export function png(chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([signature, ...chunks]);
}

/** Test pictures of every kind: interlaced or not, with and without tRNS, in sizes that leave passes empty and rows ragged. */
export function everyPng(): { name: string; spec: PngSpec }[] {
  const next = random(7);
  const all: { name: string; spec: PngSpec }[] = [];
  for (const [colourType, depth] of kinds) {
    for (const interlaced of [false, true]) {
      for (const keyed of colourType === 4 || colourType === 6 ? [false] : [false, true]) {
        for (const [width, height] of [
          [1, 1],
          [3, 5],
          [33, 20],
        ] as const) {
          const channels = samplesPerPixel[colourType];
          const most = 2 ** depth;
          const samples = Array.from({ length: width * height * channels }, (_, i) => {
            const pixel = Math.floor(i / channels);
            const wave = (pixel % width) * 7 + Math.floor(pixel / width) * 13 + (i % channels) * 29;
            return (wave * (depth === 16 ? 401 : 1) + Math.floor(next() * 3)) % most;
          });
          const palette = Uint8Array.from({ length: 3 * most }, () => next() * 256);
          const key = Buffer.alloc(2 * channels);
          for (let c = 0; c < channels; c++) key.writeUInt16BE(samples[c]!, 2 * c);
          const spec: PngSpec = {
            width,
            height,
            colourType,
            depth,
            interlaced,
            samples,
            ...(colourType === 3 && { palette }),
            ...(keyed && { transparency: colourType === 3 ? Uint8Array.of(0, 100) : key }),
          };
          const name = `type${colourType}-depth${depth}${interlaced ? '-interlaced' : ''}${keyed ? '-trns' : ''}-${width}x${height}`;
          all.push({ name, spec });
        }
      }
    }
  }
  return all;
}
