import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Rows, rowsOf, type Samples, type Shape, type Tensor } from '../../../src/core/tensor';
import { addNoise } from '../../../src/lab/noise';
import { errorsOf, type Score, scoreOf } from '../../../src/lab/score';
import { type LabInput, lab, labInputs, poolSquare } from '../../golden/lab';
import { random } from '../../random';
import { withoutWebAssembly } from './withoutWebAssembly';

let inputs: Record<LabInput, Tensor>;
before(async () => {
  inputs = await labInputs();
});

function score(clean: Tensor, noisy: Tensor, peak = 255): Score {
  return scoreOf(rowsOf(clean), rowsOf(noisy), clean.shape, peak);
}

function plainScore(clean: Tensor, noisy: Tensor, peak = 255): Score {
  return withoutWebAssembly(() => score(clean, noisy, peak));
}

function assertClose(actual: number | null, expected: number | null, relative: number, what: string): void {
  const isClose =
    actual === expected ||
    (actual !== null && expected !== null && Math.abs(actual - expected) <= relative * Math.max(1, Math.abs(expected)));
  assert.ok(isClose, `${what}: ${actual} instead of ${expected}`);
}

/** Two pictures that resemble each other: a slope, and the same with noise. */
function pair<D extends Samples>(shape: Shape, empty: (length: number) => D, peak: number, seed: number) {
  const next = random(seed);
  const [, channels, height, width] = shape;
  const length = channels * height * width;
  const clean = empty(length).map((_, i) => (peak * ((i * 3) % length)) / length);
  const noisy = empty(length).map((_, i) => Math.min(Math.max(clean[i]! + (next() - 0.4) * 0.2 * peak, 0), peak));
  return [
    { shape, data: clean },
    { shape, data: noisy },
  ] as [Tensor<D>, Tensor<D>];
}

/** SSIM by its definition: the mean over windows, each with the mean, variance and covariance of its 121 places. */
function naiveSsim(a: Tensor, b: Tensor, colours: number, peak: number): number {
  const [, channels, height, width] = a.shape;
  const line = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / 4.5));
  const total = line.reduce((sum, weight) => sum + weight);
  let sum = 0;
  let count = 0;
  for (let y = 0; y + 11 <= height; y++) {
    for (let x = 0; x + 11 <= width; x++) {
      for (let c = 0; c < colours; c++) {
        const mean = (of: (p: number, q: number) => number) => {
          let weighed = 0;
          for (let i = 0; i < 121; i++) {
            const [v, u] = [Math.floor(i / 11), i % 11];
            const at = ((y + v) * width + x + u) * channels + c;
            weighed += (line[v]! / total) * (line[u]! / total) * of(a.data[at]!, b.data[at]!);
          }
          return weighed;
        };
        const p = mean(value => value);
        const q = mean((_, value) => value);
        const [c1, c2] = [(0.01 * peak) ** 2, (0.03 * peak) ** 2];
        const variances = mean((v, w) => (v - p) ** 2 + (w - q) ** 2);
        const covariance = mean((v, w) => (v - p) * (w - q));
        sum += ((2 * p * q + c1) * (2 * covariance + c2)) / ((p * p + q * q + c1) * (variances + c2));
        count++;
      }
    }
  }
  return sum / count;
}

test("scores are those of NumPy and scikit-image on PyTorch's poolings", () => {
  // The poolings are the same bit for bit and all sums are float64: only the order of addition differs.
  for (const { input, noise, kernel, stride, operator, ...expected } of lab.scores) {
    const [clean, noisy] = [inputs[input], addNoise(inputs[input], noise)].map(picture =>
      poolSquare(picture, operator, kernel, stride),
    ) as [Tensor, Tensor];
    const actual = score(clean, noisy, inputs[input].data instanceof Uint16Array ? 65535 : 255);
    const what = JSON.stringify({ input, noise, kernel, stride, operator });
    assertClose(actual.psnr, expected.psnr ?? Number.POSITIVE_INFINITY, 1e-11, `PSNR, ${what}`);
    assertClose(actual.bias, expected.bias, 1e-11, `bias, ${what}`);
    assertClose(actual.spread, expected.spread, 1e-11, `spread, ${what}`);
    assertClose(actual.ssim, expected.ssim, 1e-11, `SSIM, ${what}`);
  }
});

test('SSIM is that of its definition', () => {
  for (const [channels, colours] of [
    [1, 1],
    [2, 1],
    [3, 3],
    [4, 3],
  ] as const) {
    for (const [height, width] of [
      [11, 11],
      [17, 12],
      [12, 30],
    ] as const) {
      const [a, b] = pair([1, channels, height, width], length => new Float32Array(length), 255, channels);
      assertClose(score(a, b).ssim, naiveSsim(a, b, colours, 255), 1e-12, `${[channels, height, width]}`);
    }
  }
});

test('with and without WebAssembly the scores are the same, of all element types, channels and sizes', () => {
  const types = [
    [(length: number) => new Uint8Array(length), 255],
    [(length: number) => new Uint16Array(length), 65535],
    [(length: number) => new Float32Array(length), 255],
  ] as const;
  // Heights and widths around a window, and around the rows and numbers that are computed at a time.
  for (const height of [11, 12, 64, 65, 74, 75, 139]) {
    for (const width of [11, 12, 13, 53, 139]) {
      for (const channels of [1, 2, 3, 4]) {
        const [empty, peak] = types[(height + width + channels) % 3]!;
        const [a, b] = pair<Samples>([1, channels, height, width], empty, peak, height * width);
        const what = `${[channels, height, width]}`;
        const { ssim, ...errors } = score(a, b, peak);
        const plain = plainScore(a, b, peak);
        assert.deepEqual({ ...errors, ssim: plain.ssim }, plain, what);
        assert.notEqual(ssim, null, what);
        assertClose(ssim, plain.ssim, 1e-12, what);
        assert.deepEqual(errorsOf(rowsOf(a), rowsOf(b), a.shape, peak), errors, what);
      }
    }
  }
});

test('a picture is like itself', () => {
  for (const scored of [score, plainScore]) {
    const same = { psnr: Number.POSITIVE_INFINITY, bias: 0, spread: 0 };
    assert.deepEqual(scored(inputs.tiny, inputs.tiny), { ...same, ssim: null });
    const [a] = pair([1, 3, 20, 30], length => new Float32Array(length), 255, 1);
    assert.deepEqual(scored(a, a), { ...same, ssim: 1 });
  }
});

test('bias is the mean of noisy less clean, spread what is left without it, and PSNR has both', () => {
  const clean: Tensor = { shape: [1, 1, 1, 4], data: Uint8Array.of(10, 20, 30, 40) };
  const noisy: Tensor = { shape: [1, 1, 1, 4], data: Uint8Array.of(13, 23, 35, 45) };
  assert.deepEqual(score(clean, noisy), { psnr: 10 * Math.log10(255 ** 2 / 17), bias: 4, spread: 1, ssim: null });
  assert.equal(score(noisy, clean).bias, -4);
});

test('alpha does not count', () => {
  for (const channels of [2, 4]) {
    const [a, b] = pair([1, channels, 12, 14], length => new Uint8Array(length), 255, 2);
    const alpha = { ...b, data: b.data.map((value, i) => (i % channels === channels - 1 ? 255 - value : value)) };
    assert.deepEqual(score(a, alpha), score(a, b));
  }
});

test('a picture without pixels has no errors', () => {
  const none: Tensor = { shape: [1, 1, 0, 5], data: new Uint8Array(0) };
  assert.deepEqual(score(none, none), { psnr: Number.POSITIVE_INFINITY, bias: 0, spread: 0, ssim: null });
});

test('what is infinite in both is no error, in one only an infinite one', () => {
  const [a, b] = pair([1, 1, 20, 20], length => new Float32Array(length), 255, 3);
  for (const at of [0, 210, 399]) a.data[at] = b.data[at] = Number.NEGATIVE_INFINITY;
  const [c, d] = [a, b].map(({ shape, data }) => ({ shape, data: data.map(value => Math.max(value, 0)) })) as [
    Tensor,
    Tensor,
  ];
  for (const scored of [score, plainScore]) {
    assert.deepEqual(scored(a, b), scored(c, d));
    const worst = { psnr: Number.NEGATIVE_INFINITY, spread: Number.NaN, ssim: null };
    assert.deepEqual(scored(a, d), { ...worst, bias: Number.POSITIVE_INFINITY });
    assert.deepEqual(scored(c, b), { ...worst, bias: Number.NEGATIVE_INFINITY });
    const unknown = { ...d, data: d.data.map((value, i) => (i === 210 ? Number.NaN : value)) };
    assert.deepEqual(scored(c, unknown), { psnr: Number.NaN, bias: Number.NaN, spread: Number.NaN, ssim: null });
    assert.equal(scored(unknown, unknown).psnr, Number.POSITIVE_INFINITY);
  }
});

test('each row is read once, from top to bottom, some at a time', () => {
  const [a, b] = pair([1, 1, 1000, 16], length => new Uint8Array(length), 255, 4);
  for (const scored of [scoreOf, errorsOf]) {
    const read: (readonly [number, number])[][] = [[], []];
    const noting = (tensor: Tensor, calls: (readonly [number, number])[]): Rows => {
      return (first, end) => {
        calls.push([first, end]);
        return rowsOf(tensor)(first, end);
      };
    };
    scored(noting(a, read[0]!), noting(b, read[1]!), a.shape, 255);
    assert.deepEqual(read[0], read[1]);
    assert.ok(read[0]!.every(([first, end], i) => first === (read[0]![i - 1]?.[1] ?? 0) && end - first <= 64));
    assert.equal(read[0]!.at(-1)![1], 1000);
  }
});
