import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { rowsOf, type Samples, type Tensor } from '../../../src/core/tensor';
import { addNoise, type Noise, noiseKinds } from '../../../src/lab/noise';
import { errorsOf } from '../../../src/lab/score';
import { type LabInput, lab, labInputs, poolSquare, sha256 } from '../../golden/lab';
import { withoutWebAssembly } from './withoutWebAssembly';

let inputs: Record<LabInput, Tensor>;
before(async () => {
  inputs = await labInputs();
});

const specks = ['pepper', 'salt', 'saltAndPepper'] as const;
const seeds = Array.from({ length: 20 }, (_, seed) => seed);

/** A picture of one value, on which noise is all that there is to see. */
function flat<D extends Samples>(channels: number, data: D, value: number, width = 256): Tensor<D> {
  return { shape: [1, channels, data.length / channels / width, width], data: data.fill(value) as D };
}

const grey = flat(1, new Uint8Array(65536), 128);

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function assertNear(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} is not ${expected} ± ${tolerance}`);
}

test("noise is NumPy's, byte for byte", () => {
  for (const { input, noise, sha256: expected, values } of lab.noises) {
    const { data } = addNoise(inputs[input], noise);
    const step = Math.floor(data.length / 8);
    const some = values.map((_, i) => data[i * step]);
    assert.deepEqual([some, sha256(data)], [values, expected], JSON.stringify({ input, noise }));
  }
});

test('Gaussian noise is the same without WebAssembly, of all channels and sizes', () => {
  for (const channels of [1, 2, 3, 4]) {
    // One number, fewer than are made at a time, as many, and more.
    for (const pixels of [1, 1000, 8192, 8193, 12345]) {
      const input: Tensor = { shape: [1, channels, 1, pixels], data: new Uint8Array(channels * pixels).fill(128) };
      const noise: Noise = { kind: 'gaussian', level: 40, seed: channels * pixels };
      assert.deepEqual(
        addNoise(input, noise),
        withoutWebAssembly(() => addNoise(input, noise)),
        `${channels} × ${pixels}`,
      );
    }
  }
});

test('a level below 0, a share above 1, and a seed that is no whole number are refused', () => {
  for (const kind of noiseKinds) {
    for (const level of [-0.01, Number.NaN, Number.NEGATIVE_INFINITY, ...(kind === 'gaussian' ? [] : [1.01])]) {
      assert.throws(
        () => addNoise(grey, { kind, level, seed: 1 }),
        new RangeError(`No noise has the level ${level}`),
        kind,
      );
    }
    for (const seed of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      const expected = new RangeError(`A seed is a whole number, not ${seed}`);
      assert.throws(() => addNoise(grey, { kind, level: 1, seed }), expected, kind);
    }
  }
});

test('level 0 changes nothing, level 1 hits all, and the input stays as it is', () => {
  const before = Uint8Array.from(inputs.colour.data);
  for (const kind of noiseKinds) {
    for (const input of [inputs.colour, inputs.grey16]) {
      assert.deepEqual(addNoise(input, { kind, level: 0, seed: 3 }), input, kind);
    }
    addNoise(inputs.colour, { kind, level: 0.5, seed: 3 });
  }
  for (const perChannel of [false, true]) {
    const all = (kind: (typeof specks)[number]) =>
      new Set(addNoise(inputs.colour, { kind, level: 1, seed: 3, perChannel }).data);
    assert.deepEqual(all('pepper'), new Set([0]));
    assert.deepEqual(all('salt'), new Set([255]));
    assert.deepEqual([...all('saltAndPepper')].sort(), [0, 255]);
  }
  assert.deepEqual(inputs.colour.data, before);
});

test('alpha stays as it is, and what else is hit does not depend on it', () => {
  for (const [channels, kind] of [1, 3].flatMap(count => noiseKinds.map(name => [count, name] as const))) {
    const data = new Uint16Array(300 * (channels + 1)).map((_, i) => (i * 7919) % 65536);
    const opaque = data.filter((_, i) => i % (channels + 1) < channels);
    for (const perChannel of [false, true]) {
      const noise: Noise = { kind, level: 0.5, seed: 8, perChannel };
      const noisy = addNoise({ shape: [1, channels + 1, 15, 20], data }, noise).data;
      assert.deepEqual(
        noisy.filter((_, i) => i % (channels + 1) === channels),
        data.filter((_, i) => i % (channels + 1) === channels),
      );
      assert.deepEqual(
        noisy.filter((_, i) => i % (channels + 1) < channels),
        addNoise({ shape: [1, channels, 15, 20], data: opaque }, noise).data,
      );
    }
  }
});

test('specks hit all channels of a pixel alike, or each by itself', () => {
  const colour = flat(3, new Uint8Array(3 * 65536), 128);
  for (const kind of specks) {
    const mixed = (perChannel: boolean) => {
      const { data } = addNoise(colour, { kind, level: 0.3, seed: 4, perChannel });
      return data.filter((value, i) => i % 3 > 0 && value !== data[i - 1]).length;
    };
    assert.equal(mixed(false), 0);
    // Of two channels one is hit and the other is not, or both are hit and differ.
    const share = 2 * 0.3 * 0.7 + (kind === 'saltAndPepper' ? 0.3 ** 2 / 2 : 0);
    assertNear(mixed(true) / 131072, share, 0.01, kind);
  }
});

test('the share that is hit is the level, half of it white in salt and pepper, over 20 seeds', () => {
  for (const level of [0.001, 0.05, 0.3]) {
    for (const kind of specks) {
      const shares = seeds.map(seed => {
        const { data } = addNoise(grey, { kind, level, seed });
        const share = (value: number) => data.filter(sample => sample === value).length / data.length;
        return { black: share(0), white: share(255) };
      });
      const white = kind === 'salt' ? level : kind === 'pepper' ? 0 : level / 2;
      for (const [colour, expected] of [
        ['black', level - white],
        ['white', white],
      ] as const) {
        // Standard errors of a share; 4 are exceeded by chance once in 16000 times.
        const error = Math.sqrt((expected * (1 - expected)) / grey.data.length);
        const measured = shares.map(share => share[colour]);
        for (const share of measured) assertNear(share, expected, 4 * error, `${kind} ${level} ${colour}`);
        assertNear(sum(measured) / 20, expected, (4 * error) / Math.sqrt(20), `${kind} ${level} ${colour} in all`);
      }
    }
  }
});

test('what is hit at one level is hit at every higher one', () => {
  for (const kind of specks) {
    for (const perChannel of [false, true]) {
      const hits = (level: number) =>
        addNoise(flat(3, new Uint8Array(30000), 128, 100), { kind, level, seed: 5, perChannel }).data;
      const levels = [0.01, 0.05, 0.1, 0.5, 0.9].map(hits);
      for (const [i, higher] of levels.slice(1).entries()) {
        assert.ok(
          levels[i]!.every((value, at) => value === 128 || higher[at] !== 128),
          kind,
        );
      }
    }
  }
});

test('Gaussian noise has mean 0, its σ, and nearly the fourth moment of a Gaussian, over 20 seeds', () => {
  for (const [white, empty] of [
    [255, new Uint8Array(65536)],
    [65535, new Uint16Array(65536)],
  ] as const) {
    const middle = (white + 1) / 2;
    for (const level of [1, 10, 25]) {
      const sigma = (level * white) / 255;
      // Rounding adds a twelfth of a level's square.
      const deviation = Math.sqrt(sigma ** 2 + 1 / 12);
      let all = 0;
      for (const seed of seeds) {
        const { data } = addNoise(flat(1, empty, middle), { kind: 'gaussian', level, seed });
        const errors = Float64Array.from(data, value => value - middle);
        const mean = sum(errors) / errors.length;
        all += mean / 20;
        assertNear(mean, 0, (4 * deviation) / 256, 'mean');
        const measured = Math.sqrt(sum(errors.map(error => error ** 2)) / errors.length);
        assertNear(measured, deviation, (4 * deviation) / Math.sqrt(2 * 65536), 'σ');
        // A Gaussian has 3; the sum of twelve uniform numbers has a tenth less.
        const fourth = sum(errors.map(error => (error / measured) ** 4)) / errors.length;
        assertNear(fourth, 2.9, 4 * Math.sqrt(24 / 65536), 'fourth moment');
      }
      assertNear(all, 0, (4 * deviation) / 256 / Math.sqrt(20), 'mean of all');
    }
  }
});

test('the noises of two seeds have nothing to do with each other, nor with themselves at other places', () => {
  const noises = [0, 1, 2, 3, -1, 1000, 2 ** 31, 0x9e3779b9].map(seed => {
    const { data } = addNoise(grey, { kind: 'gaussian', level: 20, seed });
    return Float64Array.from(data, value => (value - 128) / 20);
  });
  for (const [i, a] of noises.entries()) {
    for (const [j, b] of noises.entries()) {
      for (const offset of [0, 1, 2, 3, 5, 16, 255, 256, 257, 4096]) {
        if (i === j && offset === 0) continue;
        const n = a.length - offset;
        const correlation = sum(b.subarray(0, n).map((value, at) => value * a[at + offset]!)) / n;
        // 639 pairs: one beyond 4.5 standard errors happens by chance once in 200 times.
        assertNear(correlation, 0, 4.5 / Math.sqrt(n), `noises ${i} and ${j}, ${offset} apart`);
      }
    }
  }
});

test('32 bits of a seed count', () => {
  const noisy = (seed: number) => addNoise(grey, { kind: 'gaussian', level: 9, seed }).data;
  assert.deepEqual(noisy(2 ** 32 + 7), noisy(7));
  assert.deepEqual(noisy(-1), noisy(2 ** 32 - 1));
  assert.notDeepEqual(noisy(7), noisy(8));
});

test("what pooling makes of 20 noises has the PSNR that it has with NumPy's generator", () => {
  for (const { kind, level, operator, mean, deviation } of lab.chance) {
    const clean = poolSquare(inputs.grey, operator, 2, 2);
    const ratios = seeds.map(seed => {
      const noisy = poolSquare(addNoise(inputs.grey, { kind, level, seed }), operator, 2, 2);
      return errorsOf(rowsOf(clean), rowsOf(noisy), clean.shape, 255).psnr;
    });
    // The sum of twelve numbers has less of what is far out than a Gaussian: its maxima of four are 0.02 dB nearer.
    const nearer = kind === 'gaussian' && operator !== 'average' ? 0.02 : 0;
    const what = `${kind} ${operator}`;
    for (const ratio of ratios) assertNear(ratio - nearer, mean, 4 * deviation, what);
    // The mean of the golden noises, of which there are 100, has an error too.
    assertNear(sum(ratios) / 20 - nearer, mean, 4 * deviation * Math.sqrt(1 / 20 + 1 / 100), `${what} in all`);
  }
});
