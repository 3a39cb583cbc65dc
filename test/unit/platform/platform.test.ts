// What each platform has to do. The one for browsers runs in Node, too, all but its threads.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import * as node from '../../../src/platform/node';
import type { Inflated, Platform } from '../../../src/platform/platform';
import * as web from '../../../src/platform/web';
import { plainWeb } from './plainWeb';

// The compiler sees to it that nothing is missing.
const platforms: Readonly<Record<string, Platform>> = { node, web, 'web without WebAssembly': { ...web, ...plainWeb } };

const plain = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) >> 7);
const packed = new Uint8Array(deflateSync(plain));

for (const [name, { crc32, inflate, inflatePieces, inflateStart, writePng }] of Object.entries(platforms)) {
  describe(name, () => {
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
      // 123456789 is what catalogues of checksums give.
      assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926);
      assert.equal(crc32(new Uint8Array(0)), 0);
    });

    for (const channels of [1, 2, 3, 4] as const) {
      for (const bits of [8, 16] as const) {
        test(`a PNG of ${channels} channels of ${bits} bits reads back as it was`, async () => {
          const [width, height] = [37, 29];
          // Rows of several kinds, so that each filter is the best somewhere. A view, somewhere in a larger buffer.
          const count = width * height * channels;
          const data =
            bits === 16
              ? new Uint16Array(new ArrayBuffer(1 << 16), 64, count)
              : new Uint8Array(new ArrayBuffer(1 << 16), 64, count);
          for (let i = 0; i < count; i++) {
            const [x, y] = [i % (width * channels), Math.floor(i / (width * channels))];
            data[i] = [0, x * 300, i * i * 40503, data[i - width * channels]! + 3, x * y * 90][y % 5]!;
          }
          const bytes = await writePng({ width, height, channels, data });
          const png = PNG.sync.read(Buffer.from(bytes), bits === 16 ? { skipRescale: true } : {}) as PNG & {
            colorType: number;
            depth: number;
          };
          assert.deepEqual(
            [png.width, png.height, png.depth, png.colorType],
            [width, height, bits, [0, 4, 2, 6][channels - 1]],
          );
          const opaque = 2 ** bits - 1;
          const rgba = Array.from({ length: width * height }, (_, i) => {
            const [a, b, c, d] = data.subarray(i * channels, (i + 1) * channels);
            return channels === 1
              ? [a, a, a, opaque]
              : channels === 2
                ? [a, a, a, b]
                : channels === 3
                  ? [a, b, c, opaque]
                  : [a, b, c, d];
          });
          assert.deepEqual(Array.from(png.data as Uint8Array), rgba.flat());
        });
      }
    }
  });
}

test('without room for a WebAssembly memory the platform for browsers unpacks all the same', async () => {
  const kept = WebAssembly.Memory;
  Object.assign(WebAssembly, {
    Memory: class {
      constructor() {
        throw new RangeError('could not allocate memory');
      }
    },
  });
  try {
    assert.deepEqual(await web.inflate(packed, plain.length), { bytes: plain });
  } finally {
    Object.assign(WebAssembly, { Memory: kept });
  }
});
