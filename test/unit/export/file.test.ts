import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PNG } from 'pngjs';
import type { Samples, Tensor } from '../../../src/core/tensor';
import { npyBytes } from '../../../src/export/npy';
import { pngBytes, toPicture } from '../../../src/export/png';

/** Reads what `np.load` would, by the format's one page: magic, version, header length, a Python dictionary, the data. */
function readNpy(bytes: Uint8Array): { descr: string; fortran: boolean; shape: number[]; data: Uint8Array } {
  assert.deepEqual([...bytes.subarray(0, 8)], [0x93, ...Buffer.from('NUMPY'), 1, 0]);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = 10 + view.getUint16(8, true);
  const header = Buffer.from(bytes.subarray(10, start)).toString('latin1');
  assert.ok(header.endsWith('\n'));
  const [, descr, order, shape] =
    /^\{'descr': ?'(.*?)', ?'fortran_order': ?(True|False), ?'shape': ?\((.*?)\),? ?\} *\n$/.exec(header) ??
    assert.fail(header);
  return {
    descr: descr!,
    fortran: order === 'True',
    shape: shape!.split(',').filter(Boolean).map(Number),
    data: bytes.slice(start),
  };
}

function tensor<D extends Samples>(channels: number, height: number, width: number, data: D): Tensor<D> {
  return { shape: [1, channels, height, width], data };
}

describe('.npy', () => {
  it('has planes of channels, where the tensor has channels of pixels', () => {
    // Two rows of two pixels of three channels.
    const { descr, fortran, shape, data } = readNpy(
      npyBytes(tensor(3, 2, 2, Uint8Array.of(1, 10, 100, 2, 20, 200, 3, 30, 103, 4, 40, 204))),
    );
    assert.deepEqual({ descr, fortran, shape }, { descr: '|u1', fortran: false, shape: [1, 3, 2, 2] });
    assert.deepEqual([...data], [1, 2, 3, 4, 10, 20, 30, 40, 100, 200, 103, 204]);
  });

  it('keeps 16 bits and float32', () => {
    const words = readNpy(npyBytes(tensor(1, 1, 3, Uint16Array.of(0, 258, 65535))));
    assert.equal(words.descr, '<u2');
    assert.deepEqual([...words.data], [0, 0, 2, 1, 255, 255]);
    const floats = readNpy(npyBytes(tensor(2, 1, 1, Float32Array.of(-0.1, Infinity))));
    assert.equal(floats.descr, '<f4');
    assert.deepEqual([...new Float32Array(floats.data.buffer)], [Math.fround(-0.1), Infinity]);
  });

  it('gives float32 of bytes when asked', () => {
    const { descr, data } = readNpy(npyBytes(tensor(2, 1, 2, Uint8Array.of(1, 2, 3, 255)), 'float32'));
    assert.equal(descr, '<f4');
    assert.deepEqual([...new Float32Array(data.buffer)], [1, 3, 2, 255]);
  });
});

describe('.png', () => {
  const sizes = [1, 2, 3, 4] as const;
  const read = (bytes: Uint8Array, wide: boolean) =>
    PNG.sync.read(Buffer.from(bytes), wide ? { skipRescale: true } : {});
  /** A sample as pngjs gives it back: always RGBA. */
  const rgba = ([a, b, c, d]: number[], channels: number, full: number) =>
    channels === 1 ? [a, a, a, full] : channels === 2 ? [a, a, a, b] : channels === 3 ? [a, b, c, full] : [a, b, c, d];

  for (const channels of sizes) {
    for (const bits of [8, 16] as const) {
      it(`reads back as it was: ${channels} channels of ${bits} bits`, async () => {
        const [width, height] = [5, 3];
        const full = 2 ** bits - 1;
        const values = Array.from({ length: width * height * channels }, (_, i) => (i * 7919 + 40503) & full);
        // Somewhere in a larger buffer, as a view.
        const buffer = new ArrayBuffer(1024);
        const data =
          bits === 16 ? new Uint16Array(buffer, 64, values.length) : new Uint8Array(buffer, 64, values.length);
        data.set(values);
        const png = read(await pngBytes({ width, height, channels, data }), bits === 16) as ReturnType<typeof read> & {
          colorType: number;
          depth: number;
        };
        assert.deepEqual([png.width, png.height, png.depth], [width, height, bits]);
        assert.equal(png.colorType, { 1: 0, 2: 4, 3: 2, 4: 6 }[channels]);
        const pixels = Array.from({ length: width * height }, (_, i) => values.slice(i * channels, (i + 1) * channels));
        assert.deepEqual(
          Array.from(png.data),
          pixels.flatMap(pixel => rgba(pixel, channels, full)),
        );
      });
    }
  }
});

describe('a tensor as a picture', () => {
  const values = Float32Array.of(-5, 58.75, 255.5, 256, 65535.9, 70000);

  it('is clipped and truncated to 8 bits', () => {
    const { data, ...size } = toPicture(tensor(3, 2, 1, values), 8);
    assert.deepEqual(size, { width: 1, height: 2, channels: 3 });
    assert.deepEqual(data, Uint8Array.of(0, 58, 255, 255, 255, 255));
  });

  it('of 16-bit samples to 16', () => {
    assert.deepEqual(toPicture(tensor(3, 2, 1, values), 16).data, Uint16Array.of(0, 58, 255, 256, 65535, 65535));
    assert.deepEqual(toPicture(tensor(1, 1, 2, Uint16Array.of(7, 65535)), 16).data, Uint16Array.of(7, 65535));
  });
});
