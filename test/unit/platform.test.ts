import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import * as node from '../../src/platform/node';
import type { Inflated, Platform } from '../../src/platform/platform';

// The compiler sees to it that nothing is missing.
const { crc32, inflate, inflatePieces, inflateStart }: Platform = node;

const plain = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) >> 7);
const packed = new Uint8Array(deflateSync(plain));

for (const length of [20, 20_000]) {
  const expected = plain.slice(0, length);
  const data = new Uint8Array(deflateSync(expected));

  test(`${length} bytes are unpacked into memory of their own`, async () => {
    const inflated = (await inflate(data, length)) as Inflated;
    assert.deepEqual(inflated, { bytes: expected });
    structuredClone(inflated.bytes, { transfer: [inflated.bytes.buffer] });
    assert.equal(inflated.bytes.length, 0);
  });

  test(`what stands behind ${length} bytes is told`, async () => {
    assert.deepEqual(await inflate(Uint8Array.of(...data, 1), length), { bytes: expected, surplus: 'bytes' });
    const first = plain.slice(0, length - 1);
    assert.deepEqual(await inflate(data, length - 1), { bytes: first, surplus: 'data' });
  });

  test(`so is why ${length} bytes cannot be unpacked`, async () => {
    const failure = async (bytes: Uint8Array, wanted = length) => {
      const inflated = await inflate(bytes, wanted);
      return 'failure' in inflated && inflated.failure;
    };
    assert.equal(await failure(data, length + 1), 'short');
    assert.equal(await failure(data.subarray(0, -5)), 'short');
    assert.equal(await failure(Uint8Array.of(1, 2, 3, 4, 5, 6)), 'damaged');
    // One that asks for a preset dictionary.
    assert.equal(await failure(Uint8Array.of(0x78, 0xbb, 0, 0, 0, 1)), 'damaged');
  });
}

test('the start of data is unpacked wherever it is cut, and not where it is damaged', async () => {
  const start = await inflateStart(packed.subarray(0, packed.length >> 1));
  assert.ok(start && start.length > 1000);
  assert.deepEqual(new Uint8Array(start), plain.slice(0, start.length));
  assert.equal(await inflateStart(Uint8Array.of(1, 2, 3)), undefined);
});

test('pieces come until there are enough', async () => {
  const collect = async (bytes: Uint8Array, enough = Number.POSITIVE_INFINITY) => {
    let count = 0;
    const isSound = await inflatePieces(bytes, { pieceLength: 4096 }, piece => {
      count += piece.length;
      return count >= enough;
    });
    return [count, isSound];
  };
  assert.deepEqual(await collect(packed), [20_000, true]);
  assert.deepEqual(await collect(packed, 5000), [8192, true]);
  assert.deepEqual((await collect(packed.subarray(0, -5)))[1], false);
});

test('the checksum is PNG’s', () => {
  assert.equal(crc32(Buffer.from('IEND')), 0xae426082);
});
