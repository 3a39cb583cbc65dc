// npm run bench:decode [-- --runs 5]
// How long each stage of decoding 12 megapixels takes, beside inflating alone, OpenCV and sharp where they can be had.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deflateSync, inflateSync } from 'node:zlib';
import { decode, encode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { decodeImage } from '../../src/decode/decode';
import { chunk, headerChunk, png } from '../golden/pictures/png';
import { installed, npmInstall } from '../host/install';
import { random } from '../random';

const SHARP = '0.35.5';
const width = 4000;
const height = 3000;
const runs = Number(parseArgs({ options: { runs: { type: 'string' } } }).values.runs ?? 5);

/** The sample landscape enlarged to 12 megapixels, with grain, so that it packs as a photograph does. RGB. */
function landscape(): Uint8Array {
  const file = readFileSync(join(__dirname, '../../media/samples/mountain.jpg'));
  const sample = decode(file, { useTArray: true, formatAsRGBA: false });
  const next = random(1);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from =
        (Math.floor((y * sample.height) / height) * sample.width + Math.floor((x * sample.width) / width)) * 3;
      const grain = next() * 8 - 4;
      for (let c = 0; c < 3; c++) data[to++] = Math.min(255, Math.max(0, sample.data[from + c]! + grain));
    }
  }
  return data;
}

/** Each row filtered by Paeth, the slowest to undo and the most usual in photographs. */
function paethRows(data: Uint8Array): Buffer {
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

async function time(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const start = performance.now();
    await work();
    // The first run warms up.
    if (i > 0) times.push(performance.now() - start);
  }
  return median(times);
}

async function stages(bytes: Uint8Array): Promise<Record<string, number>> {
  const laps = new Map<string, number[]>();
  for (let i = 0; i <= runs; i++) {
    await decodeImage(
      bytes,
      {},
      {
        onStage: (stage, milliseconds) => {
          if (i > 0) laps.set(stage, [...(laps.get(stage) ?? []), milliseconds]);
        },
      },
    );
  }
  return Object.fromEntries([...laps].map(([stage, times]) => [stage, Math.round(median(times))]));
}

const python = `
import cv2, sys, time
for path in sys.argv[2:]:
    times = []
    for _ in range(int(sys.argv[1]) + 1):
        start = time.perf_counter(); cv2.imread(path); times.append((time.perf_counter() - start) * 1000)
    print(round(sorted(times[1:])[len(times[1:]) // 2]))
`;

function openCv(paths: readonly string[]): number[] | undefined {
  try {
    return execFileSync('/usr/bin/python3', ['-c', python, String(runs), ...paths], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return undefined;
  }
}

type Sharp = (input: Uint8Array) => { raw(): { toBuffer(): Promise<Buffer> } };

async function loadSharp(): Promise<Sharp | undefined> {
  try {
    const folder = await installed('bench-sharp', 'sharp to compare with', (into, step) =>
      npmInstall(step, into, [`sharp@${SHARP}`]),
    );
    return createRequire(join(folder, 'package.json'))('sharp') as Sharp;
  } catch (error) {
    console.error(`Without sharp: ${(error as Error).message}`);
    return undefined;
  }
}

async function main(): Promise<void> {
  const data = landscape();
  const rows = paethRows(data);
  const packed = deflateSync(rows, { level: 4 });
  const rgba = Buffer.alloc(width * height * 4, 255);
  for (let i = 0, j = 0; i < data.length; i += 3, j += 4) rgba.set(data.subarray(i, i + 3), j);
  const files = {
    'PNG, RGB 8 bits': png([headerChunk(width, height, 8, 2), chunk('IDAT', packed), chunk('IEND')]),
    'JPEG, 4:4:4 baseline': encode({ width, height, data: rgba }, 88).data,
  };
  const folder = mkdtempSync(join(tmpdir(), 'bench-decode-'));
  const paths = Object.values(files).map((bytes, i) => {
    const path = join(folder, i === 0 ? 'a.png' : 'b.jpg');
    writeFileSync(path, bytes);
    return path;
  });
  const cv = openCv(paths);
  rmSync(folder, { recursive: true });
  const sharp = await loadSharp();
  const table: Record<string, Record<string, number | string>> = {};
  for (const [i, [name, bytes]] of Object.entries(files).entries()) {
    console.log(
      `${name}, ${width} × ${height}, ${(bytes.length / 1e6).toFixed(1)} MB: stages in ms, median of ${runs}`,
    );
    console.table(await stages(bytes));
    table[name] = {
      decodeImage: Math.round(await time(() => decodeImage(bytes))),
      'the library alone': Math.round(
        await time(() =>
          i === 0 ? PNG.sync.read(bytes) : decode(bytes, { useTArray: true, maxMemoryUsageInMB: 4096 }),
        ),
      ),
      'inflate alone': i === 0 ? Math.round(await time(() => inflateSync(packed, { chunkSize: rows.length + 1 }))) : '',
      OpenCV: cv?.[i] ?? '',
      sharp: sharp ? Math.round(await time(() => sharp(bytes).raw().toBuffer())) : '',
    };
  }
  console.log('In all, ms:');
  console.table(table);
}

void main();
