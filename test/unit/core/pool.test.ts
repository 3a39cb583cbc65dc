import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperatorName } from '../../../src/core/operators';
import type { Padding, PoolOptions } from '../../../src/core/options';
import { avgPool2d, maxPool2d, pool } from '../../../src/core/pool';
import type { Samples, Tensor } from '../../../src/core/tensor';
import { base, one } from '../../options';
import { plainAvgPool2d, plainMaxPool2d, plainPool } from '../../pooling';
import { random, seed } from '../../random';

/** A grey picture of literal rows. */
function grey(...rows: number[][]): Tensor<Uint8Array> {
  return { shape: [1, 1, rows.length, rows[0]!.length], data: Uint8Array.from(rows.flat()) };
}

function floats(...rows: number[][]): Tensor<Float32Array> {
  return { shape: [1, 1, rows.length, rows[0]!.length], data: Float32Array.from(rows.flat()) };
}

/** The rows of a grey tensor. */
function rows({ shape: [, , height, width], data }: Tensor): number[][] {
  return Array.from({ length: height }, (_, y) => [...data.subarray(y * width, (y + 1) * width)]);
}

function max(input: Tensor, options: Partial<PoolOptions> = {}) {
  return rows(maxPool2d(input, { ...base, ...options }).output);
}

function average(input: Tensor, options: Partial<PoolOptions> = {}) {
  return rows(avgPool2d(input, { ...base, ...options }).output);
}

const line = (...values: number[]) => grey(values);
const oneToNine = grey([1, 2, 3], [4, 5, 6], [7, 8, 9]);

test('2×2/2 takes the largest and the mean of each block, and leaves an odd row and column out', () => {
  const picture = grey([1, 2, 9, 0, 5], [3, 4, 8, 7, 5], [5, 5, 5, 5, 5]);
  assert.deepEqual(max(picture), [[4, 9]]);
  assert.deepEqual(average(picture), [[2.5, 6]]);
});

test('the average of a line with padding, in ceil_mode, with counted padding and without', () => {
  const padding = { top: 0, bottom: 0, left: 1, right: 1 };
  const options: Partial<PoolOptions> = { kernelSize: [1, 3], stride: [1, 2], padding, ceilMode: true };
  assert.deepEqual(average(line(1, 2, 3, 4, 5, 6), options), [[1, 3, 5, 3]]);
  assert.deepEqual(average(line(1, 2, 3, 4, 5, 6), { ...options, countIncludePad: false }), [[1.5, 3, 5, 6]]);
});

test('an overhanging window counts its real pixels, or the divisor that was given', () => {
  const options: Partial<PoolOptions> = { kernelSize: [1, 2], stride: [1, 2], ceilMode: true };
  assert.deepEqual(average(line(1, 2, 3, 4, 5), options), [[1.5, 3.5, 5]]);
  assert.deepEqual(average(line(1, 2, 3, 4, 5), { ...options, divisorOverride: 2 }), [[1.5, 3.5, 2.5]]);
});

test("Keras' same pads at the bottom and right and averages real pixels only", () => {
  assert.deepEqual(max(oneToNine, { padding: 'same' }), [
    [5, 6],
    [8, 9],
  ]);
  assert.deepEqual(average(oneToNine, { padding: 'same' }), [
    [3, 4.5],
    [7.5, 9],
  ]);
});

test('the same with the padding at the top and left, as SAME_LOWER puts it', () => {
  const options: Partial<PoolOptions> = {
    framework: 'onnx',
    padding: { top: 1, bottom: 0, left: 1, right: 0 },
    countIncludePad: false,
  };
  assert.deepEqual(max(oneToNine, options), [
    [1, 3],
    [7, 9],
  ]);
  assert.deepEqual(average(oneToNine, options), [
    [1, 2.5],
    [5.5, 7],
  ]);
});

test('padding never wins a maximum, not even over negative values', () => {
  const options: Partial<PoolOptions> = { padding: { top: 1, bottom: 1, left: 1, right: 1 } };
  assert.deepEqual(max(floats([-5, -6], [-7, -8]), options), [
    [-5, -6],
    [-7, -8],
  ]);
});

test('indices point into the unpadded plane; of equal values the first is taken', () => {
  const { indices } = maxPool2d(grey([7, 7, 1], [7, 7, 1]), {
    ...base,
    stride: [1, 1],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
    returnIndices: true,
  });
  assert.deepEqual(indices, Int32Array.of(0, 0, 1, 2, 0, 0, 1, 2, 3, 3, 4, 5));
});

test('indices are per channel, laid out as the output', () => {
  const input: Tensor = { shape: [1, 2, 1, 2], data: Uint8Array.of(1, 9, 2, 8) };
  const { output, indices } = maxPool2d(input, { ...base, kernelSize: [1, 2], returnIndices: true });
  assert.deepEqual(output, { shape: [1, 2, 1, 1], data: Uint8Array.of(2, 9) });
  assert.deepEqual(indices, Int32Array.of(1, 0));
});

test('NaN wins, and of several the last is where it was found', () => {
  const input = floats([Number.NaN, 1, Number.NaN, Infinity]);
  const options = { ...base, kernelSize: [1, 4] as const, returnIndices: true };
  assert.deepEqual(max(input, options), [[Number.NaN]]);
  assert.deepEqual(maxPool2d(input, options).indices, Int32Array.of(2));
});

test('a window that dilation leads past the image is −∞ whatever the type, and the lowest float32 in ONNX Runtime', () => {
  const options: Partial<PoolOptions> = {
    stride: [1, 1],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
    dilation: [3, 3],
  };
  assert.deepEqual(max(floats([1, 2], [3, 4]), options), [[-Infinity]]);
  assert.deepEqual(max(grey([1, 2], [3, 4]), options), [[-Infinity]]);
  const onnx = { ...options, framework: 'onnx', kernelSize: [2, 2], padding: one } as const;
  assert.deepEqual(max(grey([1, 2], [3, 4]), onnx), [[lowest]]);
});

test('an average whose window dilation leads past the image is 0, as in ONNX Runtime', () => {
  for (const countIncludePad of [false, true]) {
    const options: Partial<PoolOptions> = {
      framework: 'onnx',
      stride: [1, 1],
      padding: { top: 1, bottom: 1, left: 1, right: 1 },
      dilation: [3, 3],
      countIncludePad,
    };
    assert.deepEqual(average(grey([1, 2], [3, 4]), options), [[0]]);
    assert.deepEqual(average(floats([1, 2], [3, 4]), options), [[0]]);
  }
});

test('16 bits stay 16 bits, and a Buffer gives a plain array', () => {
  const deep: Tensor = { shape: [1, 1, 2, 2], data: Uint16Array.of(1, 65535, 300, 2) };
  assert.deepEqual(maxPool2d(deep, base).output.data, Uint16Array.of(65535));
  assert.deepEqual(avgPool2d(deep, base).output.data, Float32Array.of((1 + 65535 + 300 + 2) / 4));
  const buffer: Tensor = { shape: [1, 1, 2, 2], data: Buffer.from([1, 2, 3, 4]) };
  assert.equal(Object.getPrototypeOf(maxPool2d(buffer, base).output.data), Uint8Array.prototype);
});

test('sums beyond 2²⁴ are exact before the one division', () => {
  const side = 300;
  const data = new Uint16Array(side * side).fill(65535);
  data[0] = 1;
  const whole: PoolOptions = { ...base, kernelSize: [side, side], stride: [side, side] };
  const exact = (65535 * (side * side - 1) + 1) / (side * side);
  assert.deepEqual(rows(avgPool2d({ shape: [1, 1, side, side], data }, whole).output), [[Math.fround(exact)]]);
});

test('a tensor whose data does not fit its shape is refused', () => {
  assert.throws(() => maxPool2d({ shape: [1, 3, 2, 2], data: new Uint8Array(4) }, base), RangeError);
  assert.throws(() => avgPool2d({ shape: [1, 1, 2, 2], data: new Uint8Array(5) }, base), RangeError);
});

// Random geometries against an implementation that shares nothing with the core: windows are found by walking along the
// padded axis, and every tap of every window is looked at.

interface Walked {
  readonly start: number;
  /** Taps before the end of the padding, for counted padding. */
  readonly counted: number;
}

function walk(input: number, k: number, s: number, d: number, before: number, after: number, ceil: boolean): Walked[] {
  const windows: Walked[] = [];
  const tapsOf = (start: number) => Array.from({ length: k }, (_, tap) => start + tap * d);
  for (let start = -before; ; start += s) {
    const taps = tapsOf(start);
    const fits = taps.at(-1)! < input + after;
    const previous = windows.at(-1);
    // With ceil_mode a window may overhang if pixels or padding were left over, and it starts inside or before the input.
    const leftOver = previous !== undefined && tapsOf(previous.start).at(-1)! < input + after - 1;
    if (!fits && !(ceil && leftOver && start < input)) return windows;
    windows.push({ start, counted: taps.filter(tap => tap < input + after).length });
  }
}

function walkSame(input: number, k: number, s: number, d: number): Walked[] {
  const starts: number[] = [];
  for (let start = 0; start < input; start += s) starts.push(start);
  const missing = Math.max(0, starts.at(-1)! + d * (k - 1) + 1 - input);
  return starts.map(start => ({ start: start - Math.floor(missing / 2), counted: Number.NaN }));
}

const lowest = -3.4028234663852886e38;

function naive(input: Tensor, o: PoolOptions, kind: OperatorName) {
  const [, channels, height, width] = input.shape;
  const d = kind !== 'average' || o.framework === 'onnx' ? o.dilation : ([1, 1] as const);
  const walkAxis = (size: number, axis: 0 | 1, pads: readonly [number, number] | 'same') =>
    pads === 'same'
      ? walkSame(size, o.kernelSize[axis], o.stride[axis], d[axis])
      : walk(size, o.kernelSize[axis], o.stride[axis], d[axis], pads[0], pads[1], o.ceilMode);
  const p = o.padding;
  const vertical = walkAxis(height, 0, p === 'same' ? p : [p.top, p.bottom]);
  const horizontal = walkAxis(width, 1, p === 'same' ? p : [p.left, p.right]);
  const values: number[] = [];
  const indices: number[] = [];
  let isMissed = false;
  for (const row of vertical) {
    for (const column of horizontal) {
      for (let c = 0; c < channels; c++) {
        const found: { value: number; index: number }[] = [];
        for (let i = 0; i < o.kernelSize[0]; i++) {
          for (let j = 0; j < o.kernelSize[1]; j++) {
            const y = row.start + i * d[0];
            const x = column.start + j * d[1];
            if (y < 0 || y >= height || x < 0 || x >= width) continue;
            found.push({ value: input.data[(y * width + x) * channels + c]!, index: y * width + x });
          }
        }
        if (kind !== 'average') {
          const sign = kind === 'max' ? 1 : -1;
          const nan = found.findLast(({ value }) => Number.isNaN(value));
          const best = found.reduce((one, next) => (sign * next.value > sign * one.value ? next : one), {
            value: sign * -Infinity,
            index: found[0]?.index ?? Number.NaN,
          });
          // Where there is no pixel ONNX Runtime gives the lowest float32, PyTorch −∞.
          isMissed ||= found.length === 0;
          values.push(found.length === 0 && o.framework === 'onnx' ? sign * lowest : (nan ?? best).value);
          indices.push((nan ?? best).index);
        } else {
          const sum = found.reduce((total, { value }) => Math.fround(total + value), 0);
          const counted = o.countIncludePad && p !== 'same' ? row.counted * column.counted : found.length;
          // A window that dilation leads past the image may count nothing at all: its average is 0.
          values.push(Math.fround(sum / (o.divisorOverride ?? (counted || 1))));
        }
      }
    }
  }
  return { isMissed, shape: [1, channels, vertical.length, horizontal.length], values, indices };
}

/** A maximum's or minimum's values as they are stored: in the input's element type, in float32 where a window has no pixel. */
function stored({ values, isMissed }: ReturnType<typeof naive>, data: Samples): Samples {
  return (isMissed ? Float32Array : (data.constructor as Uint8ArrayConstructor)).from(values);
}

test('4000 random geometries equal a naive implementation', () => {
  const next = random(seed);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const drawData = (length: number): Samples => {
    const type = int(0, 3);
    if (type === 0) return Uint8Array.from({ length }, () => int(0, 255));
    if (type === 1) return Uint16Array.from({ length }, () => int(0, 65535));
    if (type === 2) return Float32Array.from({ length }, () => next() * 2 - 1);
    return Float32Array.from({ length }, () => [0, -0, 1, -1, Number.NaN, -Infinity][int(0, 5)]!);
  };
  let compared = 0;
  while (compared < 4000) {
    const shape = [1, int(1, 4), int(1, 24), int(1, 24)] as const;
    const kernelSize = [int(1, 9), int(1, 9)] as const;
    const dilation = int(0, 1) ? ([1, 1] as const) : ([int(1, 4), int(1, 4)] as const);
    // Half the smaller of both poolings' kernels: average's, which has no dilation.
    const pad = (axis: 0 | 1) => int(0, Math.floor(kernelSize[axis] / 2));
    const padding: Padding | 'same' =
      int(0, 4) === 0 ? 'same' : { top: pad(0), bottom: pad(0), left: pad(1), right: pad(1) };
    const options: PoolOptions = {
      kernelSize,
      stride: [int(1, 7), int(1, 7)],
      padding,
      dilation,
      ceilMode: int(0, 1) === 1,
      countIncludePad: int(0, 1) === 1,
      ...(int(0, 5) === 0 ? { divisorOverride: int(1, 50) } : {}),
    };
    const input: Tensor = { shape, data: drawData(shape[1] * shape[2] * shape[3]) };
    const where = () => `SEED=${seed}, comparison ${compared}: ${shape} ${JSON.stringify(options)}`;

    for (const operator of ['max', 'min'] as const) {
      const expected = naive(input, options, operator);
      if (expected.shape.includes(0)) continue;
      for (const pooled of [pool(input, { ...options, operator }), plainPool(operator, input, options)]) {
        assert.deepEqual(pooled.output.shape, expected.shape, where());
        assert.deepEqual(pooled.output.data, stored(expected, input.data), where());
      }
      const { output, indices } = pool(input, { ...options, operator, returnIndices: true });
      assert.deepEqual(output.data, stored(expected, input.data), where());
      const known = expected.indices.map((index, i) => (Number.isNaN(index) ? indices![i]! : index));
      assert.deepEqual(indices, Int32Array.from(known), where());
      compared++;
    }
    const averages = naive(input, options, 'average');
    if (!averages.shape.includes(0)) {
      for (const pool of [avgPool2d, plainAvgPool2d]) {
        const { output } = pool(input, options);
        assert.deepEqual(output.shape, averages.shape, where());
        assert.deepEqual(output.data, Float32Array.from(averages.values), where());
      }
      compared++;
    }
  }
});

test('1500 kernels and dilations that reach far beyond the picture equal the naive implementation', () => {
  const next = random(seed);
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const types = [Uint8Array, Uint16Array, Float32Array];
  let compared = 0;
  while (compared < 1500) {
    const shape = [1, int(1, 4), int(1, 9), int(1, 9)] as const;
    const farthest = [1, 1, 4, 40, 4000, 1e9][int(0, 5)]!;
    const dilation = [int(1, farthest), int(1, farthest)] as const;
    const kernel = (axis: 0 | 1) => int(1, [3, 10 * shape[axis + 2]!][int(0, 1)]!);
    const kernelSize = [kernel(0), kernel(1)] as const;
    const isOnnx = int(0, 2) === 0;
    // ONNX lets the padding be nearly as wide as the kernel, PyTorch half as wide.
    const pad = (axis: 0 | 1) => {
      const most = isOnnx ? kernelSize[axis] - 1 : Math.floor(kernelSize[axis] / 2);
      return [int(0, most), most][int(0, 1)]!;
    };
    const options: PoolOptions = {
      ...(isOnnx ? { framework: 'onnx' as const } : {}),
      kernelSize,
      stride: [int(1, 9), int(1, isOnnx ? 100 : 9)],
      padding: int(0, 1) ? 'same' : { top: pad(0), bottom: pad(0), left: pad(1), right: pad(1) },
      dilation,
      ceilMode: int(0, 1) === 1,
      countIncludePad: int(0, 1) === 1,
    };
    const Type = types[int(0, 2)]!;
    const data: Samples = Type.from(Array.from({ length: shape[1] * shape[2] * shape[3] }, () => int(0, 255) - 5));
    const input: Tensor = { shape, data };
    const where = () => `SEED=${seed}: ${Type.name} ${shape} ${JSON.stringify(options)}`;

    for (const operator of ['max', 'min'] as const) {
      const expected = naive(input, options, operator);
      if (expected.shape.includes(0)) continue;
      for (const pooled of [pool(input, { ...options, operator }), plainPool(operator, input, options)]) {
        assert.deepEqual(pooled.output.shape, expected.shape, where());
        assert.deepEqual(pooled.output.data, stored(expected, data), where());
      }
      const { output, indices } = pool(input, { ...options, operator, returnIndices: true });
      assert.deepEqual(output.data, stored(expected, data), where());
      const known = expected.indices.map((index, i) => (Number.isNaN(index) ? indices![i]! : index));
      assert.deepEqual(indices, Int32Array.from(known), where());
      compared++;
    }
    const averages = naive({ shape, data }, options, 'average');
    if (averages.shape.includes(0)) continue;
    for (const pool of [avgPool2d, plainAvgPool2d]) {
      const { output } = pool({ shape, data }, options);
      assert.deepEqual(output.shape, averages.shape, where());
      assert.deepEqual(output.data, Float32Array.from(averages.values), where());
    }
    compared++;
  }
});

test('the largest kernel and the largest dilation that can be asked for need no rows of their size', () => {
  const most = 2 ** 31 - 1;
  for (const Type of [Uint8Array, Uint16Array, Float32Array]) {
    const data: Samples = Type.from(Array.from({ length: 3 * 20 * 20 }, (_, i) => (i * 7) % 251));
    const input: Tensor = { shape: [1, 3, 20, 20], data };
    const options: PoolOptions = { ...base, kernelSize: [most, most], stride: [1, 1], padding: 'same' };
    const whole = { ...base, kernelSize: [20, 20] as const };
    const corner = (tensor: Tensor) => [...tensor.data.subarray(3 * 210, 3 * 211)];
    assert.deepEqual(corner(maxPool2d(input, options).output), [...maxPool2d(input, whole).output.data]);
    assert.deepEqual(corner(avgPool2d(input, options).output), [...avgPool2d(input, whole).output.data]);
    // Of three taps so far apart only the middle one is on the picture, and only where the padding puts it.
    const far: PoolOptions = { ...options, framework: 'onnx', kernelSize: [3, 3], dilation: [most, most] };
    assert.deepEqual(maxPool2d(input, far).output.data.at(-1), data.at(-1));
    assert.deepEqual(avgPool2d(input, far).output.data.at(-1), data.at(-1));
  }
});

test('a tall picture, which is pooled in strips, has no seams', () => {
  const next = random(1);
  const shape = [1, 1, 401, 3] as const;
  const data = Uint8Array.from({ length: 401 * 3 }, () => next() * 256);
  for (const [kernel, stride, pad, dilation] of [
    [2, 2, 1, 1],
    [3, 1, 1, 1],
    [15, 1, 7, 1],
    [5, 3, 2, 4],
    [2, 7, 0, 1],
    [70, 1, 35, 1],
    [3, 5, 1, 50],
    [401, 1, 200, 1],
  ] as const) {
    const options: PoolOptions = {
      ...base,
      kernelSize: [kernel, 2],
      stride: [stride, 1],
      padding: { top: pad, bottom: pad, left: 1, right: 1 },
      dilation: [dilation, 1],
    };
    const expected = naive({ shape, data }, options, 'max');
    const what = `kernel ${kernel}, stride ${stride}`;
    for (const returnIndices of [false, true]) {
      const { output, indices } = plainMaxPool2d({ shape, data }, { ...options, returnIndices });
      assert.deepEqual(output, { shape: expected.shape, data: Uint8Array.from(expected.values) }, what);
      if (indices) assert.deepEqual(indices, Int32Array.from(expected.indices), what);
    }
    const averages = naive({ shape, data }, options, 'average');
    const { output } = plainAvgPool2d({ shape, data }, options);
    assert.deepEqual(output, { shape: averages.shape, data: Float32Array.from(averages.values) }, what);
  }
});
