// Files made to cost time or memory: an answer within 2 s and 300 MB, measured in a process of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { constants, createDeflate, deflateSync } from 'node:zlib';
import { chunk, headerChunk, png } from '../../golden/pictures/png';

const folder = mkdtempSync(join(tmpdir(), 'bombs-'));
after(() => rmSync(folder, { recursive: true }));

/** So many zeros, compressed without ever holding them. */
async function zeros(count: number): Promise<Buffer> {
  const deflate = createDeflate({ level: 1, strategy: constants.Z_RLE });
  const pieces: Buffer[] = [];
  deflate.on('data', piece => pieces.push(piece));
  const ended = new Promise(resolve => deflate.on('end', resolve));
  const block = Buffer.alloc(1 << 22);
  for (let left = count; left > 0; left -= block.length) {
    if (!deflate.write(block.subarray(0, Math.min(left, block.length)))) {
      await new Promise(resolve => deflate.once('drain', resolve));
    }
  }
  deflate.end();
  await ended;
  return Buffer.concat(pieces);
}

/** What Node is started with to run on a platform: `imports` of package.json have such a condition. */
const platforms = { Node: [], browsers: ['--conditions=browser'] } as const;

function answers(what: string, outcome: string, make: () => Promise<Buffer> | Buffer, most = 300): void {
  const path = join(folder, what);
  before(async () => writeFileSync(path, await make()));
  for (const [platform, flags] of Object.entries(platforms)) {
    test(`${what}, on the platform for ${platform}: ${outcome}`, () => {
      const args = [...flags, '--import', 'tsx', join(__dirname, 'measure.ts'), path];
      const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
      const measured = JSON.parse(output) as { outcome: string; milliseconds: number; megabytes: number };
      assert.equal(measured.outcome, outcome);
      assert.ok(measured.milliseconds < 2000, `took ${Math.round(measured.milliseconds)} ms`);
      assert.ok(measured.megabytes < most, `added ${Math.round(measured.megabytes)} MB`);
    });
  }
}

const tiny = chunk('IDAT', deflateSync(Buffer.alloc(2)));
const end = chunk('IEND');
answers('a 60000 × 60000 PNG header', 'tooLarge', () => png([headerChunk(60000, 60000), tiny, end]));
answers('a real 30000 × 30000 PNG of one bit', 'tooLarge', async () =>
  png([headerChunk(30000, 30000, 1), chunk('IDAT', await zeros(30000 * 3751)), end]),
);
answers('a PNG of 150 bytes that claims 10000 × 10000 of 64 bits', 'truncated', () =>
  png([headerChunk(10000, 10000, 16, 6), tiny, end]),
);
answers('the same, interlaced', 'truncated', () => png([headerChunk(10000, 10000, 16, 6, 1), tiny, end]));
answers('10000 × 10000 RGB with one row missing', 'truncated', async () =>
  png([headerChunk(10000, 10000, 8, 2), chunk('IDAT', await zeros(9999 * 30001)), end]),
);
// A picture at the limit, which libpng shows whatever follows: 286 MB are its own.
answers(
  '10000 × 10000 RGB with one byte too many',
  '10000 × 10000',
  async () => png([headerChunk(10000, 10000, 8, 2), chunk('IDAT', await zeros(10000 * 30001 + 1)), end]),
  286 + 100,
);
answers('8 × 8 pixels in half a gigabyte', '8 × 8', async () =>
  png([headerChunk(8, 8), chunk('IDAT', await zeros(500_000_000)), end]),
);
answers(
  'text and profiles that would unpack to a gigabyte and a half',
  '8 × 8',
  async () => {
    const bomb = await zeros(500_000_000);
    const texts = [
      ['zTXt', 'Comment\0\0'],
      ['iCCP', 'profile\0\0'],
      ['iTXt', 'Title\0\x01\0\0\0'],
    ] as const;
    const chunks = texts.map(([name, start]) => chunk(name, Buffer.concat([Buffer.from(start), bomb])));
    return png([headerChunk(8, 8), ...chunks, chunk('IDAT', deflateSync(Buffer.alloc(8 * 9))), end]);
  },
  60,
);
answers('10000 × 10000 pixels of one bit', '10000 × 10000', async () =>
  png([headerChunk(10000, 10000, 1), chunk('IDAT', await zeros(10000 * 1251)), end]),
);

const jpegs = join(__dirname, '../../golden/pictures/jpeg');
function claiming(name: string, width: number, height: number): Buffer {
  const bytes = readFileSync(join(jpegs, `${name}.jpg`));
  const frame = Math.max(bytes.indexOf(Buffer.of(0xff, 0xc0)), bytes.indexOf(Buffer.of(0xff, 0xc2)));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}
answers('a JPEG header of 60000 × 60000', 'tooLarge', () => claiming('baseline-2x2', 60000, 60000));
answers('a JPEG that claims 9000 × 9000', 'truncated', () => claiming('baseline-2x2', 9000, 9000));
answers('a progressive JPEG that claims 10000 × 10000', 'truncated', () => claiming('progressive', 10000, 10000));
