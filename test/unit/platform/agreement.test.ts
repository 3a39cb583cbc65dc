// The platform for browsers unpacks as zlib in Node does, whatever the data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateSync } from 'node:zlib';
import * as node from '../../../src/platform/node';
import type { Platform } from '../../../src/platform/platform';
import * as web from '../../../src/platform/web';
import { integers, seed } from '../../random';
import { plainWeb } from './plainWeb';

type Unpacking = Pick<Platform, 'inflate' | 'inflateStart' | 'inflatePieces'>;
const others: Readonly<Record<string, Unpacking>> = { web, 'web without WebAssembly': plainWeb };

/** zlib's smallest buffer: below it, Node cannot stop where it should. */
const least = 64;

const below = integers(seed);

/** Data of several kinds: noise, steps, repetitions near and far. */
function content(length: number): Uint8Array {
  const kinds: ((i: number) => number)[] = [
    () => below(256),
    () => below(4) * 3,
    i => i >> 5,
    i => (below(40) ? (i * 7) % 251 : below(256)),
    i => (i % 29_000 < 300 ? i % 29_000 : 0),
  ];
  const kind = kinds[below(kinds.length)]!;
  return Uint8Array.from({ length }, (_, i) => kind(i));
}

function pack(bytes: Uint8Array): Uint8Array {
  const { Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
  const strategy = [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE][below(4)]!;
  return new Uint8Array(
    deflateSync(bytes, { level: below(10), strategy, windowBits: 9 + below(7), memLevel: 1 + below(9) }),
  );
}

/** One bit turned, a few bytes changed, cut off, or with more behind. */
function spoilt(packed: Uint8Array): Uint8Array {
  const bytes = packed.slice(0, below(3) ? packed.length : below(packed.length + 1));
  for (let i = below(4); i > 0 && bytes.length > 0; i--) {
    // Often in the first bytes, where the codes are.
    const at = below(below(2) ? bytes.length : Math.min(bytes.length, 100));
    bytes[at] = below(2) ? bytes[at]! ^ (1 << below(8)) : below(256);
  }
  return below(5) ? bytes : Uint8Array.of(...bytes, below(256), below(256));
}

async function results({ inflate, inflateStart, inflatePieces }: Unpacking, packed: Uint8Array, length: number) {
  const { cause: _, ...whole } = (await inflate(packed, length)) as { cause?: unknown };
  const start = await inflateStart(packed.subarray(0, 5000));
  const pieces: unknown[] = [];
  for (const strictWindow of [false, true]) {
    const parts: Uint8Array[] = [];
    let left = 1 + (length >> 1);
    const isSound = await inflatePieces(packed, { pieceLength: least + (length % 5000), strictWindow }, piece => {
      parts.push(piece.slice());
      left -= piece.length;
      return !strictWindow && left <= 0;
    });
    pieces.push(isSound, Buffer.concat(parts));
  }
  return { whole, start: start && Buffer.from(start), pieces };
}

async function agree(packed: Uint8Array, length: number): Promise<void> {
  const expected = await results(node, packed, length);
  for (const [name, other] of Object.entries(others)) {
    assert.deepEqual(
      await results(other, packed, length),
      expected,
      `${name}: ${length} bytes of ${Buffer.from(packed).toString('base64')}`,
    );
  }
}

test('of sound data', async () => {
  for (let i = 0; i < 60; i++) {
    const bytes = content(least + below(below(3) ? 3000 : 150_000));
    const packed = pack(bytes);
    for (const more of [-1, 0, 1]) await agree(packed, Math.max(least, bytes.length + more));
  }
});

test('of data above all that is in memory at a time', async () => {
  const bytes = content(700_000);
  await agree(pack(bytes), bytes.length);
  await agree(pack(bytes), 300_000);
});

test('of damaged data', async () => {
  const outcomes = new Set<string>();
  for (let i = 0; i < 1500; i++) {
    const bytes = content(least + below(2000));
    const packed = spoilt(pack(bytes));
    const length = Math.max(least, bytes.length + below(3) - 1);
    await agree(packed, length);
    const whole = await web.inflate(packed, length);
    outcomes.add('failure' in whole ? whole.failure : (whole.surplus ?? 'sound'));
  }
  assert.deepEqual([...outcomes].sort(), ['bytes', 'damaged', 'data', 'short', 'sound']);
});

test('of data cut anywhere', async () => {
  const bytes = content(900);
  const packed = pack(bytes);
  for (let length = 0; length < packed.length; length++) await agree(packed.subarray(0, length), bytes.length);
});

test('of bytes that are no data', async () => {
  for (let i = 0; i < 1500; i++) {
    const bytes = Uint8Array.from({ length: below(300) }, () => below(256));
    // With the header of zlib data, mostly; and with a block's own codes.
    if (below(10)) bytes.set([0x78, 0x9c].slice(0, bytes.length));
    if (below(2) && bytes.length > 2) bytes[2] = (bytes[2]! & ~6) | 4;
    await agree(bytes, least + below(500));
  }
});
