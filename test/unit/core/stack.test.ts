import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Layer } from '../../../src/core/layer';
import { type Pair, symmetricPadding } from '../../../src/core/options';
import { pool } from '../../../src/core/pool';
import { planStack } from '../../../src/core/stack';
import type { Tensor } from '../../../src/core/tensor';
import { none } from '../../options';

interface ConvParts {
  readonly stride?: number;
  readonly padding?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}

function square(size: number): Pair {
  return [size, size];
}

function conv(outChannels: number, kernel: number, { stride = 1, padding = 0, ...rest }: ConvParts = {}): Layer {
  return {
    operator: 'conv',
    outChannels,
    kernelSize: square(kernel),
    stride: square(stride),
    padding: symmetricPadding(square(padding)),
    dilation: [1, 1],
    ...rest,
  };
}

function pooling(operator: 'max' | 'average', kernel: number, stride = kernel, padding = 0): Layer {
  return {
    operator,
    kernelSize: square(kernel),
    stride: square(stride),
    padding: symmetricPadding(square(padding)),
    dilation: [1, 1],
    ceilMode: false,
    countIncludePad: true,
  };
}

function parametersOf(layers: readonly Layer[], shape: Parameters<typeof planStack>[0]): number {
  return planStack(shape, layers).reduce((sum, { parameters }) => sum + parameters, 0);
}

// What is known of published networks. Receptive fields as listed by Araujo, Norris and Sim.

test('VGG-16: 512×7×7 for the linear layers, and 14,714,688 parameters before them', () => {
  const block = (channels: number, convolutions: number): Layer[] => [
    ...Array.from({ length: convolutions }, () => conv(channels, 3, { padding: 1 })),
    pooling('max', 2),
  ];
  const layers = [...block(64, 2), ...block(128, 2), ...block(256, 3), ...block(512, 3), ...block(512, 3)];
  const last = planStack([1, 3, 224, 224], layers).at(-1)!;
  const { shape, receptiveField, jump } = last;
  assert.deepEqual([shape, receptiveField, jump], [[1, 512, 7, 7], square(212), square(32)]);
  assert.equal(shape[1] * shape[2] * shape[3], 25088);
  assert.equal(parametersOf(layers, [1, 3, 224, 224]), 14_714_688);
  // Its adaptive pooling keeps 7×7, and makes it of any other size.
  const adaptive: Layer = { operator: 'adaptiveAverage', outputSize: [7, 7] };
  assert.deepEqual(planStack([1, 3, 224, 224], [...layers, adaptive]).at(-1), { ...last, parameters: 0 });
  const other = planStack([1, 3, 700, 1024], [...layers, adaptive]).at(-1)!;
  assert.deepEqual(
    [other.shape, other.jump],
    [
      [1, 512, 7, 7],
      [null, null],
    ],
  );
});

test('AlexNet: 256×6×6, 2,469,696 parameters, a receptive field of 195', () => {
  const layers = [
    conv(64, 11, { stride: 4, padding: 2 }),
    pooling('max', 3, 2),
    conv(192, 5, { padding: 2 }),
    pooling('max', 3, 2),
    conv(384, 3, { padding: 1 }),
    conv(256, 3, { padding: 1 }),
    conv(256, 3, { padding: 1 }),
    pooling('max', 3, 2),
  ];
  const { shape, receptiveField, jump, start } = planStack([1, 3, 224, 224], layers).at(-1)!;
  assert.deepEqual([shape, receptiveField, jump, start], [[1, 256, 6, 6], square(195), square(32), square(31)]);
  assert.equal(parametersOf(layers, [1, 3, 224, 224]), 2_469_696);
});

test("ResNet-18's stem: 64×56×56", () => {
  const layers = [conv(64, 7, { stride: 2, padding: 3, bias: false }), pooling('max', 3, 2, 1)];
  const { shape, receptiveField, jump, start } = planStack([1, 3, 224, 224], layers).at(-1)!;
  assert.deepEqual([shape, receptiveField, jump, start], [[1, 64, 56, 56], square(11), square(4), square(0)]);
  assert.equal(parametersOf(layers, [1, 3, 224, 224]), 9408);
});

test('MobileNetV1: 1024×7×7, 3,185,088 weights, a receptive field of 315', () => {
  const separable = (channels: number, out: number, stride: number): Layer[] => [
    conv(channels, 3, { stride, padding: 1, groups: channels, bias: false }),
    conv(out, 1, { bias: false }),
  ];
  const layers = [
    conv(32, 3, { stride: 2, padding: 1, bias: false }),
    ...separable(32, 64, 1),
    ...separable(64, 128, 2),
    ...separable(128, 128, 1),
    ...separable(128, 256, 2),
    ...separable(256, 256, 1),
    ...separable(256, 512, 2),
    ...Array.from({ length: 5 }, () => separable(512, 512, 1)).flat(),
    ...separable(512, 1024, 2),
    ...separable(1024, 1024, 1),
  ];
  const { shape, receptiveField, jump } = planStack([1, 3, 224, 224], layers).at(-1)!;
  assert.deepEqual([shape, receptiveField, jump], [[1, 1024, 7, 7], square(315), square(32)]);
  assert.equal(parametersOf(layers, [1, 3, 224, 224]), 3_185_088);
  const whole = planStack([1, 3, 224, 224], [...layers, { operator: 'globalAverage' }]).at(-1)!;
  assert.deepEqual(whole.shape, [1, 1024, 1, 1]);
});

test('LeNet-5: from 32×32 to 120 numbers', () => {
  const layers = [conv(6, 5), pooling('average', 2), conv(16, 5), pooling('average', 2), conv(120, 5)];
  const rows = planStack([1, 1, 32, 32], layers);
  assert.deepEqual(
    rows.map(({ shape }) => shape.slice(1)),
    [
      [6, 28, 28],
      [6, 14, 14],
      [16, 10, 10],
      [16, 5, 5],
      [120, 1, 1],
    ],
  );
  assert.deepEqual(
    rows.map(({ parameters }) => parameters),
    [156, 0, 2416, 0, 48120],
  );
  assert.deepEqual(rows.at(-1)!.receptiveField, [32, 32]);
});

test('what a layer may leave out is as in its framework', () => {
  const input: Tensor = { shape: [1, 1, 5, 6], data: Uint8Array.from({ length: 30 }, (_, i) => (i * 7) % 31) };
  const shapes = (layer: Layer) => [
    planStack(input.shape, [layer])[0]!.shape.slice(2),
    pool(input, layer).output.shape.slice(2),
  ];
  const both = (height: number, width: number) => [
    [height, width],
    [height, width],
  ];
  assert.deepEqual(shapes({ operator: 'lp', norm: 2, kernelSize: [2, 3] }), both(2, 2));
  assert.deepEqual(shapes({ operator: 'lp', norm: 2, kernelSize: [2, 3], ceilMode: true }), both(3, 2));
  assert.deepEqual(shapes({ operator: 'lp', norm: 2, kernelSize: [2, 3], framework: 'onnx' }), both(4, 4));
  assert.deepEqual(shapes({ operator: 'maxBlur', kernelSize: [2, 3] }), both(2, 2));
  assert.deepEqual(shapes({ operator: 'adaptiveMax', outputSize: [null, 2] }), both(5, 2));
  assert.deepEqual(shapes({ operator: 'adaptiveAverage', outputSize: [null, null] }), both(5, 6));
  // A convolution has one group and a bias.
  const layer: Layer = {
    operator: 'conv',
    outChannels: 4,
    kernelSize: [3, 2],
    stride: [1, 1],
    padding: none,
    dilation: [1, 1],
  };
  const { shape, parameters } = planStack(input.shape, [layer])[0]!;
  assert.deepEqual([shape, parameters], [[1, 4, 3, 5], 4 * 3 * 2 + 4]);
  assert.throws(() => pool(input, layer), { name: 'PoolError' });
});

test('a norm for which PyTorch does not give the maximum is refused', () => {
  for (const norm of [Infinity, -Infinity, Number.NaN]) {
    const layer: Layer = { operator: 'lp', norm, kernelSize: [2, 2], stride: [2, 2] };
    const message = `norm_type must be a finite number, but got ${norm}`;
    assert.throws(() => planStack([1, 1, 4, 4], [layer]), { name: 'PoolError', message, layer: 0 });
  }
});

test("ONNX's power is a whole number, and Keras has no such layer", () => {
  const layer: Layer = { operator: 'lp', norm: 1.5, kernelSize: [2, 2], framework: 'onnx' };
  const message = 'Attribute p must be an integer, but got 1.5';
  assert.throws(() => planStack([1, 1, 4, 4], [layer]), { name: 'PoolError', message });
  assert.throws(() => planStack([1, 1, 4, 4], [{ ...layer, framework: 'keras' }]), { name: 'PoolError' });
});

test('a padding that makes more pixels than can be followed is refused', () => {
  const padded = (padding: number) => planStack([1, 3, 48, 64], [conv(8, 3, { padding })]);
  assert.deepEqual(padded(10_000)[0]!.shape, [1, 8, 20_046, 20_062]);
  const message = 'Output size is too large: [1, 8, 2000000046, 2000000062]';
  assert.throws(() => padded(1e9), { name: 'PoolError', message, layer: 0 });
});
