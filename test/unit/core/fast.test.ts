import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena } from '../../../src/core/fast/arena';
import { fastPoolingFor } from '../../../src/core/fast/fastSupport';
import { floatAverage } from '../../../src/core/fast/floatAverage';
import { sumKernels } from '../../../src/core/fast/kernels';
import { Pooler } from '../../../src/core/fast/pooler';
import type { OperatorName } from '../../../src/core/operators';
import { type OutputSize, PoolError, type PoolOptions } from '../../../src/core/options';
import { planLayer } from '../../../src/core/plan';
import { pool } from '../../../src/core/pool';
import type { Rectangle } from '../../../src/core/region';
import { type Tensor, toBytes } from '../../../src/core/tensor';
import { takeMemory } from '../../../src/core/webAssembly';
import { base } from '../../options';
import { legalOperators, plainAvgPool2d, plainMaxPool2d, plainPool } from '../../pooling';
import { integers, seed } from '../../random';

// The plain core is the oracle: every test here says that the fast path gives its bits.

/** The operators that the kernels can do: those with a kernel size, and those whose windows divide the picture. */
const windowed = ['max', 'average', 'min', 'lp', 'maxBlur'] as const satisfies OperatorName[];
const adaptive = ['adaptiveMax', 'adaptiveAverage', 'globalMax', 'globalAverage'] as const satisfies OperatorName[];
const withKernels = [...windowed, ...adaptive];

function picture(
  channels: number,
  height: number,
  width: number,
  random: (below: number) => number,
): Tensor<Uint8Array> {
  const data = new Uint8Array(channels * height * width);
  // Often the extremes: sums that fill their bits, averages that are whole numbers.
  for (let i = 0; i < data.length; i++) data[i] = random(3) === 0 ? 255 * random(2) : random(256);
  return { shape: [1, channels, height, width], data };
}

function square(kernel: number, stride: number, more: Partial<PoolOptions> = {}): PoolOptions {
  return { ...base, kernelSize: [kernel, kernel], stride: [stride, stride], ...more };
}

function padded(top: number, bottom: number, left: number, right: number): Partial<PoolOptions> {
  return { padding: { top, bottom, left, right } };
}

function equal(actual: Tensor, expected: Tensor, what: string): void {
  assert.deepEqual(actual.shape, expected.shape, what);
  const { data } = actual;
  const wanted = expected.data;
  assert.equal(data.length, wanted.length, what);
  for (let i = 0; i < wanted.length; i++) {
    if (!Object.is(data[i], wanted[i])) assert.fail(`${what}: value ${i} is ${data[i]}, not ${wanted[i]}`);
  }
}

const pooler = new Pooler(takeMemory()!);

const planFor = (name: OperatorName, input: Tensor, options: PoolOptions) => planLayer(name, input.shape, options);

/** What a picture of a pooling shows. */
const bytesOf = ({ shape, data }: Tensor): Tensor => ({ shape, data: toBytes({ shape, data }) });

/**
 * Compares everything that the kernels make with the plain core, for several operators. False where no operator takes the
 * options, or the kernels none of them.
 */
function compare(input: Tensor<Uint8Array>, options: PoolOptions, names: readonly OperatorName[] = windowed): boolean {
  pooler.load(input);
  let supported = false;
  for (const name of names) {
    const what = `seed ${seed}: ${name} [${input.shape}] ${JSON.stringify(options)}`;
    try {
      const { output } = plainPool(name, input, options);
      equal(pool(input, { ...options, operator: name }).output, output, `once, ${what}`);
      const layer = planFor(name, input, options);
      const bytes = pooler.bytes(layer);
      if (!bytes) continue;
      equal(bytes, bytesOf(output), `bytes, ${what}`);
      const exact = pooler.exact(layer);
      if (exact) equal(exact, output, `exact, ${what}`);
      supported = true;
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
      assert.throws(() => pool(input, { ...options, operator: name }), error);
    }
  }
  return supported;
}

function randomOptions(random: (below: number) => number): PoolOptions {
  const largest = random(6) === 0 ? 64 : 10;
  const kernelSize = [1 + random(largest), 1 + random(largest)] as const;
  const longest = random(4) === 0 ? largest : 4;
  const pad = (kernel: number) => random(Math.floor(kernel / 2) + 1);
  const divisors = [1, 2, 7, 300, 16383, 16384, 2 ** 24 + 1, -3];
  return {
    kernelSize,
    stride: random(4) === 0 ? [2, 2] : [1 + random(longest), 1 + random(longest)],
    padding:
      random(5) === 0
        ? 'same'
        : { top: pad(kernelSize[0]), bottom: pad(kernelSize[0]), left: pad(kernelSize[1]), right: pad(kernelSize[1]) },
    dilation: random(3) === 0 ? [1 + random(4), 1 + random(4)] : [1, 1],
    ceilMode: random(2) === 0,
    countIncludePad: random(2) === 0,
    norm: 1 + random(2),
    ...(random(6) === 0 ? { divisorOverride: divisors[random(divisors.length)]! } : {}),
  };
}

test('1500 random geometries pool as the plain core pools them', () => {
  const random = integers(seed);
  for (let served = 0; served < 1500; ) {
    const side = random(8) === 0 ? 150 : 40;
    const input = picture(1 + random(4), 1 + random(side), 1 + random(side), random);
    if (compare(input, randomOptions(random))) served++;
  }
});

function randomOutputSize(random: (below: number) => number): OutputSize {
  const side = () => (random(8) === 0 ? null : 1 + random(random(4) === 0 ? 100 : 12));
  return [side(), side()];
}

test('windows that divide a picture: also one row or column, and more windows than pixels', () => {
  const random = integers(seed + 12);
  const length = () => (random(8) === 0 ? 1 : 1 + random(random(8) === 0 ? 150 : 40));
  for (let i = 0; i < 400; i++) {
    const input = picture(1 + random(4), length(), length(), random);
    assert.ok(compare(input, { ...base, outputSize: randomOutputSize(random) }, adaptive));
  }
});

test('windows that divide a large picture: sums beyond 16, 24 and 32 bits in rows of any length', () => {
  const random = integers(seed + 13);
  for (const [channels, height, width, ...sizes] of [
    [3, 700, 900, [7, 7], [224, 225], [1, 2], [null, 1], [1000, 3]],
    [1, 1500, 400, [1, 1], [2, null], [5, 399], [224, 224]],
    [2, 601, 260, [2, 1], [300, 130]],
    [3, 30, 20000, [7, 7], [4, 1], [29, 30]],
    [4, 1, 70000, [1, 1], [1, 3], [2, 1]],
    [1, 20000, 1, [1, 1], [3, 1], [77, 2]],
  ] as const) {
    const input = picture(channels, height, width, random);
    input.data.fill(255, 0, input.data.length * 0.6);
    for (const outputSize of sizes) {
      const what = `seed ${seed}: [${input.shape}] to [${outputSize}]`;
      assert.ok(compare(input, { ...base, outputSize }, adaptive.slice(0, 2)), what);
    }
    assert.ok(compare(input, base, adaptive.slice(2)), `seed ${seed}: [${input.shape}]`);
  }
});

test('averages of floats are added as the plain core adds them', () => {
  const random = integers(seed + 10);
  const special = [0, -0, Number.NaN, Infinity, -Infinity, 3e38, 1e-45];
  const value = () =>
    random(40) === 0 ? special[random(special.length)]! : (random(2 ** 24) - 2 ** 23) / 2 ** random(40);
  const frameworks = ['pytorch', 'onnx'] as const;
  for (let served = 0; served < 800; ) {
    const [channels, height, width] = [1 + random(5), 1 + random(40), 1 + random(60)];
    const data = Float32Array.from({ length: channels * height * width }, value);
    const input = { shape: [1, channels, height, width] as const, data };
    const options = { ...randomOptions(random), framework: frameworks[random(2)]! };
    const what = `seed ${seed}: [${input.shape}] ${JSON.stringify(options)}`;
    try {
      const { output } = plainAvgPool2d(input, options);
      const layer = planFor('average', input, options);
      const fast = floatAverage(input, layer);
      assert.equal(fast === undefined, channels > 4, what);
      if (fast) equal(fast, output, what);
      equal(pool(input, { ...options, operator: 'average' }).output, output, `once, ${what}`);
      served++;
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
    }
  }
});

test('floats go through in strips', () => {
  const random = integers(seed + 11);
  const input = {
    shape: [1, 3, 700, 500] as const,
    data: Float32Array.from({ length: 3 * 700 * 500 }, () => random(2 ** 24) / 2 ** 16),
  };
  for (const options of [square(2, 2), square(3, 1, padded(1, 1, 1, 1)), square(64, 7, padded(32, 0, 5, 32))]) {
    equal(floatAverage(input, planFor('average', input, options))!, plainAvgPool2d(input, options).output, 'strips');
  }
});

test('ONNX paddings up to a kernel wide on each side', () => {
  const random = integers(seed + 1);
  for (let i = 0; i < 300; i++) {
    const [height, width] = [1 + random(20), 1 + random(20)];
    const pads = Array.from({ length: 4 }, (_, side) => random(side < 2 ? height : width)) as [
      number,
      number,
      number,
      number,
    ];
    const options: PoolOptions = {
      ...base,
      framework: 'onnx',
      kernelSize: [height, width],
      stride: [1 + random(3), 1 + random(3)],
      ...padded(...pads),
      ceilMode: random(2) === 0,
      countIncludePad: random(2) === 0,
      norm: 1 + random(2),
    };
    compare(picture(1 + random(4), 1 + random(30), 1 + random(30), random), options);
  }
});

test('pictures of one row, one column, and narrower than a vector', () => {
  const random = integers(seed + 2);
  for (const channels of [1, 2, 3, 4]) {
    for (const [height, width] of [
      [1, 1],
      [1, 50],
      [50, 1],
      [1, 1000],
      [3000, 1],
      [40, 2],
      [40, 5],
      [17, 16],
    ] as const) {
      const input = picture(channels, height, width, random);
      for (const kernelSize of [
        [1, 1],
        [height, width],
        [Math.min(height, 3), Math.min(width, 3)],
        [Math.min(height, 15), 1],
      ] as const) {
        for (const stride of [1, 2, 3]) {
          assert.ok(compare(input, { ...base, kernelSize, stride: [stride, stride] }));
        }
      }
    }
  }
});

test('kernels higher than 257 rows, whose column sums outgrow 16 bits', () => {
  const random = integers(seed + 3);
  for (const height of [256, 257, 258, 300, 700]) {
    const input = { ...picture(3, 800, 9, random) };
    input.data.fill(255, 0, 600 * 27);
    for (const stride of [1, 2, 300, 800]) {
      assert.ok(
        compare(input, { ...base, kernelSize: [height, 2], stride: [stride, 1], ...padded(height >> 1, 128, 1, 0) }),
      );
      assert.ok(
        compare(input, {
          ...base,
          kernelSize: [height, 9],
          stride: [stride, 1],
          countIncludePad: false,
          ...padded(3, 0, 4, 4),
        }),
      );
    }
  }
});

test('global pooling of a picture whose sums outgrow 2²⁴, and one-pixel strips of it', () => {
  const input = picture(3, 300, 260, integers(seed + 4));
  input.data.fill(255, 0, 200000);
  assert.ok(compare(input, { ...base, kernelSize: [300, 260], stride: [1, 1] }));
  assert.ok(compare(input, { ...base, kernelSize: [300, 260], stride: [7, 7], ...padded(150, 150, 130, 130) }));
  assert.ok(compare(input, { ...base, kernelSize: [299, 259], stride: [1, 1], divisorOverride: 1 }));
});

test('the reciprocal truncates as division does: for every divisor, every sum', () => {
  // Each operation of the kernel is monotonic in the sum, so it is enough to look at both sides of each step from one byte to
  // the next, and at the largest sums: 8.4 million divisions.
  const arena = new Arena(takeMemory()!);
  const kernels = arena.kernelsOf(sumKernels);
  const count = 2 * 256 + 2;
  const nothing = arena.zeros(4 * count);
  const from = arena.row(4 * count);
  const to = arena.row(count);
  const sums = new Uint32Array(arena.memory.buffer, from, count);
  const narrow = new Uint16Array(arena.memory.buffer, from, count);
  const bytes = arena.bytes(to, count);
  const check = (divisor: number, largest: number, values: Uint32Array | Uint16Array, divide: (r: number) => void) => {
    for (let byte = 0; byte < 256; byte++) {
      values[2 * byte] = Math.min(Math.max(byte * divisor - 1, 0), largest);
      values[2 * byte + 1] = Math.min(byte * divisor, largest);
    }
    values[count - 2] = Math.min(256 * divisor, largest);
    values[count - 1] = largest;
    const given = values.slice();
    divide(1 / divisor);
    for (let i = 0; i < count; i++) {
      const wanted = Math.min(Math.floor(given[i]! / divisor), 255);
      if (bytes[i] !== wanted) assert.fail(`${given[i]} / ${divisor} came out as ${bytes[i]}`);
    }
  };
  for (let divisor = 1; divisor < 2 ** 14; divisor++) {
    check(divisor, 2 ** 23 - 1, sums, r => kernels.bytes32(to, nothing, from, count, r));
    check(divisor, 2 ** 16 - 1, narrow, r => kernels.bytes1(to, from, count, r));
  }
});

test('windows with as many pixels as the reciprocal is good for', () => {
  // 128 × 128 is the first divisor beyond it; sums just at, above and below whole averages decide.
  for (const [height, width] of [
    [127, 129],
    [128, 127],
    [128, 128],
    [129, 127],
    [181, 181],
  ] as const) {
    const count = height * width;
    for (const average of [1, 2, 127, 128, 254, 255]) {
      for (const more of [-1, 0, 1]) {
        const data = new Uint8Array(count).fill(average);
        if (more < 0) data[5]!--;
        if (more > 0 && average < 255) data[5]!++;
        assert.ok(
          compare({ shape: [1, 1, height, width], data }, { ...base, kernelSize: [height, width], stride: [1, 1] }),
        );
      }
    }
  }
});

test('a region is that part of the whole', () => {
  const random = integers(seed + 5);
  let compared = 0;
  while (compared < 1500) {
    const input = picture(1 + random(4), 1 + random(40), 1 + random(40), random);
    const options = { ...randomOptions(random), outputSize: randomOutputSize(random) };
    pooler.load(input);
    for (const name of withKernels) {
      try {
        const { output } = plainPool(name, input, options);
        const layer = planFor(name, input, options);
        const [, , height, width] = output.shape;
        const [x, y] = [random(width), random(height)];
        const region = { x, y, width: 1 + random(width - x), height: 1 + random(height - y) };
        const what = `seed ${seed}: ${name} ${JSON.stringify([input.shape, options, region])}`;
        const bytes = pooler.bytes(layer, region);
        if (!bytes) continue;
        equal(bytes, crop(bytesOf(output), region), what);
        const exact = pooler.exact(layer, region);
        if (exact) equal(exact, crop(output, region), what);
        compared++;
      } catch (error) {
        if (!(error instanceof PoolError)) throw error;
      }
    }
  }
});

function crop(
  { shape: [, channels, , width], data }: Tensor,
  { x, y, width: columns, height: rows }: Rectangle,
): Tensor {
  const row = (i: number) =>
    data.subarray(((y + i) * width + x) * channels, ((y + i) * width + x + columns) * channels);
  const values = Array.from({ length: rows }, (_, i) => [...row(i)]).flat();
  return { shape: [1, channels, rows, columns], data: Float32Array.from(values) };
}

test('a result outlives the other operators and a growing memory; the input stays', () => {
  const small = new Pooler(takeMemory()!);
  const input = picture(3, 64, 64, integers(seed + 6));
  small.load(input);
  const two = planFor('max', input, square(2, 2));
  const grow = square(3, 1, { framework: 'onnx', ...padded(2, 2, 2, 2) });
  const growing = planFor('average', input, grow);
  const max = small.bytes(two)!;
  const floats = small.exact(growing)!;
  const bytes = small.bytes(growing)!;
  equal(max, plainMaxPool2d(input, square(2, 2)).output, 'max after averages');
  const average = plainAvgPool2d(input, grow).output;
  small.bytes(planFor('max', input, grow));
  equal(floats, average, 'floats after bytes and max');
  equal(bytes, bytesOf(average), 'bytes after max');
  equal(small.input, input, 'input');
});

test('an output that just fits the room for the picture spills over nothing', () => {
  // The kernels write up to a vector beyond a row: outputs of every size around that of the input.
  const random = integers(seed + 9);
  for (let height = 1; height < 40; height++) {
    for (const width of [7, 10, 11, 12]) {
      const input = picture(2, height, width, random);
      assert.ok(compare(input, square(2, 1, padded(1, 1, 1, 1))));
    }
  }
});

test('memory that could not be had spoils nothing: not the arena, not the next pooling, not the loaded picture', () => {
  const arena = new Arena(takeMemory()!);
  const area = arena.area();
  arena.reserve(area, 100);
  const next = arena.row(8);
  arena.clearScratch();
  const tooMuch = 2 ** 33;
  assert.throws(() => arena.row(tooMuch));
  assert.throws(() => arena.reserve(area, tooMuch));
  assert.ok(area.capacity < tooMuch);
  assert.equal(arena.row(8), next);

  const some = new Pooler(takeMemory()!);
  const input = picture(3, 20, 20, integers(seed + 8));
  some.load(input);
  assert.throws(() => some.reserve([1, 1, 2 ** 17, 2 ** 16]));
  equal(some.input, input, 'the picture before');

  // A layer that is planned for a larger picture stands for whatever does not fit.
  const far = planLayer('max', [1, 1, 2 ** 17, 2 ** 11], square(1, 1));
  const near = planFor('max', input, square(3, 1));
  const { output } = plainMaxPool2d(input, square(3, 1));
  assert.throws(() => some.bytes({ ...far, output: [1, 1, 2 ** 17, 2 ** 16] }));
  equal(some.bytes(near)!, output, 'max afterwards');
  some.load(input);
  equal(some.bytes(near)!, output, 'max of the picture loaded afterwards');
});

test('a large picture goes through in strips, and a larger one after a smaller', () => {
  const random = integers(seed + 7);
  for (const [height, width] of [
    [1000, 400],
    [500, 900],
  ] as const) {
    const input = picture(3, height, width, random);
    for (const options of [
      square(2, 2),
      square(3, 1, padded(1, 1, 1, 1)),
      square(64, 7, padded(32, 0, 5, 32)),
      square(200, 1),
    ]) {
      assert.ok(compare(input, options));
    }
  }
});

test('the kernels leave to plain TypeScript what they cannot do', () => {
  const bytes = new Uint8Array(5 * 16);
  const shape = [1, 3, 4, 4] as const;
  const input = { shape, data: bytes.subarray(0, 48) };
  const supports = (name: OperatorName, tensor: Tensor, options: PoolOptions) =>
    fastPoolingFor(planLayer(name, tensor.shape, options), tensor.data) !== undefined;
  for (const name of withKernels) assert.ok(supports(name, input, base), name);
  assert.ok(!supports('max', input, { ...base, returnIndices: true }));
  assert.ok(!supports('max', { shape: [1, 5, 4, 4], data: bytes }, base));
  assert.ok(!supports('average', { shape, data: new Uint16Array(48) }, base));
  assert.ok(!supports('max', { shape, data: new Float32Array(48) }, base));
  assert.ok(!supports('average', input, { ...base, framework: 'onnx', dilation: [1, 2] }));
  assert.ok(supports('average', input, { ...base, dilation: [1, 2] }), "PyTorch's average ignores dilation");
  const far = [2 ** 20, 2 ** 20] as const;
  assert.ok(!supports('max', input, { ...base, padding: 'same', dilation: far }), 'rows as long as the reach');
  assert.ok(supports('max', input, { ...base, padding: 'same', kernelSize: far }), 'a kernel cut to the picture');
  const huge = { shape: [1, 1, 2 ** 13, 2 ** 13] as const, data: bytes };
  assert.ok(!supports('average', huge, square(2 ** 13, 1)), 'a sum beyond 32 bits');
  assert.ok(supports('globalAverage', huge, base), 'rows are added some at a time');
  assert.ok(!supports('globalAverage', { ...huge, shape: [1, 1, 2 ** 9, 2 ** 17] }, base), 'some rows beyond 32 bits');
  assert.ok(supports('lp', input, { ...base, norm: 1 }));
  assert.ok(!supports('lp', input, { ...base, norm: 3 }));
  assert.ok(!supports('lp', input, { ...base, framework: 'onnx', dilation: [2, 1] }));
  assert.ok(supports('lp', huge, { ...square(2 ** 8, 1), norm: 2 }));
  assert.ok(!supports('lp', huge, { ...square(2 ** 9, 1), norm: 2 }), 'a sum of squares beyond 32 bits');
  assert.ok(!supports('globalMax', input, { ...base, returnIndices: true }));
  assert.ok(!supports('adaptiveMax', input, { ...base, outputSize: [0, 2] }), 'no windows');
  const floats = { ...huge, data: new Float32Array() };
  assert.equal(
    floatAverage(floats, planFor('average', floats, square(2 ** 13, 1))),
    undefined,
    'a strip beyond 256 MB',
  );
});

test('a picture is pooled where it lies in a memory of others, and what lies before it is left alone', () => {
  const random = integers(seed);
  for (let round = 0; round < 40; round++) {
    const input = picture(1 + random(4), 1 + random(40), 1 + random(60), random);
    const memory = takeMemory()!;
    memory.grow(random(2));
    const address = 1000 + random(3000);
    const all = () => new Uint8Array(memory.buffer);
    all().fill(0xab);
    all().set(input.data, address);
    const placed = new Pooler(memory, { address, shape: input.shape });
    const options = square(1 + random(5), 1 + random(4));
    const what = `seed ${seed}, round ${round}`;
    const legal = legalOperators(input.shape, options);
    for (const name of withKernels.filter(each => legal.includes(each))) {
      const layer = planFor(name, input, options);
      const { output } = plainPool(name, input, options);
      equal(placed.bytes(layer)!, bytesOf(output), what);
      equal(placed.exact(layer)!, output, what);
    }
    equal(placed.input, input, what);
    assert.ok(placed.holds(placed.input));
    assert.ok(
      all()
        .subarray(0, address)
        .every(value => value === 0xab),
      what,
    );
  }
});
