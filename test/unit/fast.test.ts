import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena } from '../../src/core/fast/arena';
import { fastAvgPool2d, fastMaxPool2d } from '../../src/core/fast/once';
import { Pooler } from '../../src/core/fast/pooler';
import { fastServes } from '../../src/core/fast/serves';
import { PoolError, type PoolOptions } from '../../src/core/options';
import { plainAvgPool2d, plainMaxPool2d } from '../../src/core/plain';
import { type Tensor, toBytes } from '../../src/core/tensor';
import { newMemory } from '../../src/core/webAssembly';
import { base } from '../options';
import { integers } from '../random';

// The plain core is the oracle: every test here says that the fast path gives its bits.

const { FAST_SEED, FAST_CASES } = process.env;
const seed = Number(FAST_SEED ?? Date.now() % 2 ** 31);
const cases = Number(FAST_CASES ?? 6000);

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

const pooler = new Pooler();

/** Compares everything the fast path makes with the plain core. False for options that the plain core refuses, as both must. */
function compare(input: Tensor<Uint8Array>, options: PoolOptions): boolean {
  const what = `seed ${seed}: [${input.shape}] ${JSON.stringify(options)}`;
  pooler.load(input);
  let served = false;
  try {
    const { output } = plainMaxPool2d(input, options);
    equal(fastMaxPool2d(input, options).output, output, `max, once, ${what}`);
    equal(pooler.max(options), output, `max, ${what}`);
    served = true;
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    assert.throws(() => pooler.max(options), error);
    assert.throws(() => fastMaxPool2d(input, options), error);
  }
  try {
    const { output } = plainAvgPool2d(input, options);
    equal(fastAvgPool2d(input, options).output, output, `average, once, ${what}`);
    const bytes = pooler.averageBytes(options);
    const floats = pooler.average(options);
    equal(bytes, { shape: output.shape, data: toBytes(output) }, `average bytes, ${what}`);
    equal(floats, output, `average, ${what}`);
    served = true;
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    assert.throws(() => pooler.averageBytes(options), error);
    assert.throws(() => fastAvgPool2d(input, options), error);
  }
  return served;
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
    ...(random(6) === 0 ? { divisorOverride: divisors[random(divisors.length)]! } : {}),
  };
}

test(`${cases} random geometries pool as the plain core pools them`, t => {
  t.diagnostic(`to run them again: FAST_SEED=${seed}`);
  const random = integers(seed);
  for (let served = 0; served < cases; ) {
    const side = random(8) === 0 ? 150 : 40;
    const input = picture(1 + random(4), 1 + random(side), 1 + random(side), random);
    if (compare(input, randomOptions(random))) served++;
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
  const arena = new Arena();
  const { kernels } = arena;
  const count = 2 * 256 + 2;
  const nothing = arena.zeros(4 * count);
  const from = arena.row(4 * count);
  const to = arena.row(count);
  const sums = new Uint32Array(kernels.memory.buffer, from, count);
  const narrow = new Uint16Array(kernels.memory.buffer, from, count);
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
  for (let i = 0; i < 500; ) {
    const input = picture(1 + random(4), 1 + random(40), 1 + random(40), random);
    const options = randomOptions(random);
    pooler.load(input);
    try {
      const crop = ({ shape: [, channels, height, width], data }: Tensor) => {
        const region = { x: random(width), y: random(height), width: 0, height: 0 };
        region.width = 1 + random(width - region.x);
        region.height = 1 + random(height - region.y);
        const row = (y: number) =>
          data.subarray((y * width + region.x) * channels, (y * width + region.x + region.width) * channels);
        const values = Array.from({ length: region.height }, (_, y) => [...row(region.y + y)]).flat();
        return {
          region,
          expected: { shape: [1, channels, region.height, region.width] as const, data: Float32Array.from(values) },
        };
      };
      const max = crop(plainMaxPool2d(input, options).output);
      equal(
        pooler.max(options, max.region),
        max.expected,
        `seed ${seed}: max ${JSON.stringify([input.shape, options, max.region])}`,
      );
      const { output } = plainAvgPool2d(input, options);
      const average = crop(output);
      const what = `seed ${seed}: average ${JSON.stringify([input.shape, options, average.region])}`;
      equal(pooler.average(options, average.region), average.expected, what);
      equal(
        pooler.averageBytes(options, average.region),
        { shape: average.expected.shape, data: toBytes(average.expected) },
        what,
      );
      i++;
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
    }
  }
});

test('a result outlives the other kinds and a growing memory; the input stays', () => {
  const small = new Pooler();
  const input = picture(3, 64, 64, integers(seed + 6));
  small.load(input);
  const grow = square(3, 1, { framework: 'onnx', ...padded(2, 2, 2, 2) });
  const max = small.max(square(2, 2));
  const floats = small.average(grow);
  const bytes = small.averageBytes(grow);
  equal(max, plainMaxPool2d(input, square(2, 2)).output, 'max after averages');
  const average = plainAvgPool2d(input, grow).output;
  small.max(grow);
  equal(floats, average, 'floats after bytes and max');
  equal(bytes, { shape: average.shape, data: toBytes(average) }, 'bytes after max');
  equal(small.input, input, 'input');
});

test('memory that could not be had spoils nothing: not the arena, not the next pooling, not the loaded picture', () => {
  const arena = new Arena();
  const area = arena.area();
  arena.reserve(area, 100);
  const next = arena.row(8);
  arena.clearScratch();
  const tooMuch = 2 ** 33;
  assert.throws(() => arena.row(tooMuch));
  assert.throws(() => arena.reserve(area, tooMuch));
  assert.ok(area.capacity < tooMuch);
  assert.equal(arena.row(8), next);

  const some = new Pooler();
  const input = picture(3, 20, 20, integers(seed + 8));
  some.load(input);
  assert.throws(() => some.reserve([1, 1, 2 ** 17, 2 ** 16]));
  equal(some.input, input, 'the picture before');

  // Served by the plain core; here it stands for whatever does not fit.
  const far = square(2, 1, { padding: 'same', dilation: [2 ** 31 - 1, 2 ** 31 - 1] });
  const { output } = plainMaxPool2d(input, square(3, 1));
  assert.throws(() => fastMaxPool2d(input, far));
  equal(fastMaxPool2d(input, square(3, 1)).output, output, 'once, afterwards');
  assert.throws(() => some.max(far));
  equal(some.max(square(3, 1)), output, 'max afterwards');
  some.load(input);
  equal(some.max(square(3, 1)), output, 'max of the picture loaded afterwards');
});

test('a large picture goes through in strips, and a larger one after a smaller', () => {
  const random = integers(seed + 7);
  for (const [height, width] of [
    [700, 900],
    [1500, 400],
    [300, 4000],
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

test('says what it does not serve', () => {
  const bytes = new Uint8Array(5 * 16);
  const shape = [1, 3, 4, 4] as const;
  const input = { shape, data: bytes.subarray(0, 48) };
  assert.ok(fastServes('max', input, base));
  assert.ok(fastServes('average', input, base));
  assert.ok(!fastServes('max', input, { ...base, returnIndices: true }));
  assert.ok(!fastServes('max', { shape: [1, 5, 4, 4], data: bytes }, base));
  assert.ok(!fastServes('average', { shape, data: new Uint16Array(48) }, base));
  assert.ok(!fastServes('max', { shape, data: new Float32Array(48) }, base));
  assert.ok(!fastServes('average', input, { ...base, framework: 'onnx', dilation: [1, 2] }));
  assert.ok(fastServes('average', input, { ...base, dilation: [1, 2] }), "PyTorch's average ignores dilation");
  const far = [2 ** 20, 2 ** 20] as const;
  assert.ok(!fastServes('max', input, { ...base, padding: 'same', dilation: far }), 'rows as long as the reach');
  assert.ok(fastServes('max', input, { ...base, padding: 'same', kernelSize: far }), 'a kernel cut to the picture');
  const huge = { shape: [1, 1, 2 ** 13, 2 ** 13] as const, data: bytes };
  assert.ok(!fastServes('average', huge, square(2 ** 13, 1)), 'a sum beyond 32 bits');
});

test('a picture is pooled where it lies in a memory of others, and what lies before it is left alone', () => {
  const random = integers(seed);
  for (let round = 0; round < 40; round++) {
    const input = picture(1 + random(4), 1 + random(40), 1 + random(60), random);
    const memory = newMemory();
    memory.grow(random(2));
    const address = 1000 + random(3000);
    const all = () => new Uint8Array(memory.buffer);
    all().fill(0xab);
    all().set(input.data, address);
    const placed = new Pooler({ place: { memory, address }, shape: input.shape });
    const options = square(1 + random(5), 1 + random(4));
    try {
      plainMaxPool2d(input, options);
    } catch {
      continue;
    }
    const what = `seed ${seed}, round ${round}`;
    equal(placed.max(options), plainMaxPool2d(input, options).output, what);
    const { output } = plainAvgPool2d(input, options);
    equal(placed.averageBytes(options), { shape: output.shape, data: toBytes(output) }, what);
    equal(placed.average(options), output, what);
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
