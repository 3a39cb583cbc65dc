// npm run bench:decode [-- --runs 5] [-- --large]
// Decoding 12 megapixels in turn with OpenCV on one thread, beside sharp and inflating alone, where these can be had; each
// stage; and the memory that it takes. With --large: opening pictures at the default limit, 10000 × 10000.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deflateSync, inflateSync } from 'node:zlib';
import { decode } from 'jpeg-js';
import { decodeImage } from '../../src/decode/decode';
import { chunk, headerChunk, png } from '../golden/pictures/png';
import { installed, npmInstall } from '../host/install';
import { random } from '../random';
import type { Opening } from './open';
import { OpenCv } from './openCv';

const SHARP = '0.35.5';
const { values } = parseArgs({ options: { runs: { type: 'string' }, large: { type: 'boolean' } } });
const runs = Number(values.runs ?? 5);

/** The sample landscape enlarged, with grain, so that it packs as a photograph does. RGB. */
function landscape(width: number, height: number, grain: number): Uint8Array {
  const file = readFileSync(join(__dirname, '../../media/samples/mountain.jpg'));
  const sample = decode(file, { useTArray: true, formatAsRGBA: false });
  const next = random(1);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from =
        (Math.floor((y * sample.height) / height) * sample.width + Math.floor((x * sample.width) / width)) * 3;
      const more = (next() - 0.5) * 2 * grain;
      for (let c = 0; c < 3; c++) data[to++] = Math.min(255, Math.max(0, sample.data[from + c]! + more));
    }
  }
  return data;
}

/** Each row filtered by Paeth, the slowest to undo and the most usual in photographs. */
function paethRows(data: Uint8Array, width: number, height: number): Buffer {
  const bytes = width * 3;
  const rows = Buffer.alloc((bytes + 1) * height);
  for (let y = 0, to = 0; y < height; y++) {
    rows[to++] = 4;
    for (let i = y * bytes, x = 0; x < bytes; x++, i++) {
      const a = x >= 3 ? data[i - 3]! : 0;
      const b = y > 0 ? data[i - bytes]! : 0;
      const c = x >= 3 && y > 0 ? data[i - 3 - bytes]! : 0;
      const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
      rows[to++] = data[i]! - (da <= db && da <= dc ? a : db <= dc ? b : c);
    }
  }
  return rows;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** Milliseconds that each of several contenders takes, in turn, so that a slow moment of the machine hits all: medians. */
async function inTurn(contenders: Readonly<Record<string, () => unknown>>): Promise<Record<string, number>> {
  const names = Object.keys(contenders);
  const times = new Map<string, number[]>(names.map(name => [name, []]));
  for (let i = 0; i <= runs; i++) {
    for (const name of names) {
      const start = performance.now();
      const own = await contenders[name]!();
      // The first run warms up. A contender in another process measures itself.
      if (i > 0) times.get(name)!.push(typeof own === 'number' ? own : performance.now() - start);
    }
  }
  return Object.fromEntries(names.map(name => [name, Math.round(median(times.get(name)!))]));
}

async function stages(bytes: Uint8Array): Promise<Record<string, number>> {
  const laps = new Map<string, number[]>();
  for (let i = 0; i <= runs; i++) {
    const onStage = (stage: string, milliseconds: number) => {
      if (i > 0) laps.set(stage, [...(laps.get(stage) ?? []), milliseconds]);
    };
    await decodeImage(bytes, {}, { onStage });
  }
  return Object.fromEntries([...laps].map(([stage, times]) => [stage, Math.round(median(times))]));
}

/** In a process of its own: what decoding a file and opening it, to its first picture on a screen, take in time and memory. */
function opening(path: string): Opening {
  const output = execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'open.ts'), path], {
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

interface SharpImage {
  raw(): SharpImage;
  jpeg(options: { quality: number; chromaSubsampling: string; progressive: boolean }): SharpImage;
  toBuffer(): Promise<Buffer>;
}
type Sharp = (input: Uint8Array, options?: object) => SharpImage;

async function loadSharp(): Promise<Sharp> {
  const folder = await installed('bench-sharp', 'sharp to compare with', (into, step) =>
    npmInstall(step, into, [`sharp@${SHARP}`]),
  );
  return createRequire(join(folder, 'package.json'))('sharp') as Sharp;
}

/** Test pictures as files. */
async function write(folder: string, sharp: Sharp, width: number, height: number, grain: number, quality: number) {
  const data = landscape(width, height, grain);
  const jpeg = (progressive: boolean) =>
    sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
      .jpeg({ quality, chromaSubsampling: '4:2:0', progressive })
      .toBuffer();
  const rows = paethRows(data, width, height);
  const packed = deflateSync(rows, { level: 4 });
  const files = {
    'JPEG, 4:2:0': await jpeg(false),
    'JPEG, progressive': await jpeg(true),
    'PNG, RGB': png([headerChunk(width, height, 8, 2), chunk('IDAT', packed), chunk('IEND')]),
  };
  const paths = Object.entries(files).map(([name, bytes], i) => {
    const path = join(folder, `${width}-${i}.${name.startsWith('PNG') ? 'png' : 'jpg'}`);
    writeFileSync(path, bytes);
    return { name, path, bytes };
  });
  return { paths, packed, rowBytes: rows.length };
}

async function usual(folder: string, sharp: Sharp, openCv: OpenCv | undefined): Promise<void> {
  const [width, height] = [4000, 3000];
  const { paths, packed, rowBytes } = await write(folder, sharp, width, height, 16, 90);
  const table: Record<string, Record<string, number | string>> = {};
  for (const { name, path, bytes } of paths) {
    const isPng = name.startsWith('PNG');
    console.log(`${name}, ${width} × ${height}, ${(bytes.length / 1e6).toFixed(1)} MB: stages in ms`);
    console.table(await stages(bytes));
    const colour = await inTurn({
      this: () => decodeImage(bytes),
      ...(openCv && { OpenCV: () => openCv.read(path, 'colour') }),
      ...(isPng && { 'inflate alone': () => inflateSync(packed, { chunkSize: rowBytes + 1 }) }),
      sharp: () => sharp(bytes).raw().toBuffer(),
    });
    table[name] = withRatio(colour);
    if (isPng) continue;
    // Not the one of the picture, which it keeps: each time anew.
    const grey = await inTurn({
      this: async () => {
        const start = performance.now();
        const fresh = await decodeImage(bytes);
        const decoded = performance.now();
        fresh.grey();
        return performance.now() - (decoded - start) - start;
      },
      ...(openCv && { OpenCV: () => openCv.read(path, 'grey') }),
    });
    table[`${name}, grey`] = withRatio(grey);
    const { decoding } = opening(path);
    const surplus = (decoding * 2 ** 20) / (width * height) - 3;
    console.log(
      `Decoding it added ${Math.round(decoding)} MB to a process: ${surplus.toFixed(1)} bytes a pixel above the picture.`,
    );
  }
  console.log(`In all, ms, medians of ${runs}, in turn:`);
  console.table(table);
}

function withRatio(times: Record<string, number>): Record<string, number | string> {
  const { this: own, OpenCV } = times as { this: number; OpenCV?: number };
  return { ...times, ...(OpenCV && { 'this / OpenCV': (own / OpenCV).toFixed(2) }) };
}

async function large(folder: string, sharp: Sharp, openCv: OpenCv | undefined): Promise<void> {
  const { paths } = await write(folder, sharp, 10000, 10000, 1, 80);
  for (const { name, path } of paths) {
    const { milliseconds, megabytes } = opening(path);
    const theirs = openCv && (await openCv.read(path, 'colour'));
    console.log(
      `${name}, 10000 × 10000, ${(statSync(path).size / 1e6).toFixed(1)} MB: open after ${Math.round(milliseconds)} ms, ` +
        `${Math.round(megabytes)} MB added; OpenCV decodes it in ${theirs === undefined ? '?' : Math.round(theirs)} ms`,
    );
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-decode-'));
  const openCv = OpenCv.start();
  try {
    const sharp = await loadSharp();
    await (values.large ? large : usual)(folder, sharp, openCv);
  } finally {
    openCv?.close();
    rmSync(folder, { recursive: true });
  }
}

void main();
