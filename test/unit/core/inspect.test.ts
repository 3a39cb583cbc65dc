import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { windowsOver } from '../../../src/core/axis';
import { inspect, readWindow, usesOf } from '../../../src/core/inspect';
import type { OperatorName } from '../../../src/core/operators';
import type { PoolOptions } from '../../../src/core/options';
import { planAxes, planLayer } from '../../../src/core/plan';
import { avgPool2d, pool } from '../../../src/core/pool';
import type { Samples, Tensor } from '../../../src/core/tensor';
import { base } from '../../options';
import { legalOperators } from '../../pooling';
import { integers, seed } from '../../random';

const random = integers(seed);

/** Few levels, so that there are ties; floats also of both signs, or any. */
function randomData(length: number): Samples {
  switch (random(6)) {
    case 0:
      return new Uint16Array(length).map(() => random(random(2) === 0 ? 65536 : 5));
    case 1:
      return new Float32Array(length).map(() => random(7) - 3);
    case 2:
      return new Float32Array(length).map(() => (random(1000) - 500) / 7 ** random(9));
    default:
      return new Uint8Array(length).map(() => random(6));
  }
}

function randomCase(): { input: Tensor; options: PoolOptions } | undefined {
  const [c, h, w] = [1 + random(4), 1 + random(14), 1 + random(14)];
  const input: Tensor = { shape: [1, c, h, w], data: randomData(c * h * w) };
  const sizeOf = (size: number) => (random(4) === 0 ? null : 1 + random(2 * size));
  const k = [1 + random(5), 1 + random(5)] as const;
  const options: PoolOptions = {
    kernelSize: k,
    stride: [1 + random(4), 1 + random(4)],
    padding:
      random(4) === 0
        ? 'same'
        : {
            top: random(Math.floor(k[0] / 2) + 1),
            bottom: random(Math.floor(k[0] / 2) + 1),
            left: random(Math.floor(k[1] / 2) + 1),
            right: random(Math.floor(k[1] / 2) + 1),
          },
    dilation: [1 + random(2), 1 + random(2)],
    ceilMode: random(2) === 1,
    countIncludePad: random(2) === 1,
    ...(random(4) === 0 && { divisorOverride: random(3) === 0 ? -2 : 1 + random(9) }),
    ...(random(4) === 0 && { framework: 'onnx' }),
    ...(random(2) === 0 && { norm: [1, 3, 0.5, 1.5, -1, 8, 20][random(7)]! }),
    ...(random(4) > 0 && { outputSize: [sizeOf(h), sizeOf(w)] }),
  };
  try {
    planAxes('max', input.shape, options);
    planAxes('average', input.shape, options);
  } catch {
    return undefined;
  }
  return { input, options };
}

const picking: ReadonlySet<OperatorName> = new Set(['max', 'min', 'adaptiveMax', 'globalMax']);

describe(`inspector (SEED=${seed})`, () => {
  it('reads at every output pixel what the poolings give there', () => {
    let pixels = 0;
    for (let round = 0; round < 600; round++) {
      const found = randomCase();
      if (!found) continue;
      const { input, options } = found;
      const channels = input.shape[1];
      for (const operator of legalOperators(input.shape, options)) {
        const { output, indices } = pool(input, { ...options, operator, returnIndices: true });
        const layer = planLayer(operator, input.shape, options);
        const { axes } = layer;
        for (let y = 0; y < axes[0].output; y++) {
          for (let x = 0; x < axes[1].output; x++) {
            const reading = readWindow(layer, input, { x, y })!;
            for (const [c, channel] of reading.channels.entries()) {
              const at = (y * axes[1].output + x) * channels + c;
              pixels++;
              assert.equal(channel.value, output.data[at]);
              if (channel.kind === 'selected' && channel.winner) assert.equal(channel.index, indices![at]);
            }
          }
        }
      }
    }
    assert.ok(pixels > 10_000, `only ${pixels} pixels were compared`);
  });

  it('finds the windows over a pixel, and the wins, as walking all windows does', () => {
    for (let round = 0; round < 600; round++) {
      const found = randomCase();
      if (!found) continue;
      const { input, options } = found;
      const legal = legalOperators(input.shape, options);
      const layer = planLayer(legal[round % legal.length]!, input.shape, options);
      const { axes } = layer;
      const [, channels, height, width] = input.shape;
      const spot = { x: random(width), y: random(height) };
      const rows: number[] = [];
      const columns: number[] = [];
      const wins: { x: number; y: number }[][] = Array.from({ length: channels }, () => []);
      for (let y = 0; y < axes[0].output; y++) {
        for (let x = 0; x < axes[1].output; x++) {
          const reading = readWindow(layer, input, { x, y })!;
          if (!reading.rows.some(row => row.at === spot.y) || !reading.columns.some(column => column.at === spot.x))
            continue;
          if (!rows.includes(y)) rows.push(y);
          if (!columns.includes(x)) columns.push(x);
          for (const [c, channel] of reading.channels.entries()) {
            const winner = channel.kind === 'selected' ? channel.winner : undefined;
            if (winner?.x === spot.x && winner.y === spot.y) wins[c]!.push({ x, y });
          }
        }
      }
      const counted = usesOf(layer, input, spot);
      if (rows.length === 0) {
        assert.equal(counted.rows.length * counted.columns.length, 0);
      } else {
        assert.deepEqual(counted, { rows, columns, ...(picking.has(layer.operator) && { wins }) });
      }
    }
  });

  it('reads a window of adaptive pooling with its own size', () => {
    const data = Uint8Array.from([1, 2, 3, 4, 5, 6, 7]);
    const layer = planLayer('adaptiveMax', [1, 1, 1, 7], { ...base, outputSize: [null, 3] });
    const read = [0, 1, 2].map(x => readWindow(layer, { shape: [1, 1, 1, 7], data }, { x, y: 0 })!);
    assert.deepEqual(
      read.map(({ size, inside, columns, channels }) => [
        size,
        inside,
        columns.map(({ at }) => at),
        channels[0]!.values,
      ]),
      [
        [[1, 3], 3, [0, 1, 2], Float32Array.of(1, 2, 3)],
        [[1, 3], 3, [2, 3, 4], Float32Array.of(3, 4, 5)],
        [[1, 3], 3, [4, 5, 6], Float32Array.of(5, 6, 7)],
      ],
    );
    const layerOfFour = planLayer('adaptiveAverage', [1, 1, 1, 7], { ...base, outputSize: [1, 5] });
    const sizes = [0, 1, 2, 3, 4].map(x => readWindow(layerOfFour, { shape: [1, 1, 1, 7], data }, { x, y: 0 })!.size);
    assert.deepEqual(
      sizes,
      [2, 2, 3, 2, 2].map(width => [1, width]),
    );
  });

  it('tells padding from what hangs over', () => {
    const input: Tensor = { shape: [1, 1, 1, 6], data: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
    const options: PoolOptions = {
      kernelSize: [1, 3],
      stride: [1, 2],
      padding: { top: 0, bottom: 0, left: 1, right: 1 },
      dilation: [1, 1],
      ceilMode: true,
      countIncludePad: true,
    };
    const layer = planLayer('average', input.shape, options);
    const places = [0, 3].map(x => readWindow(layer, input, { x, y: 0 })!.columns.map(({ place }) => place));
    assert.deepEqual(places, [
      ['padding', 'input', 'input'],
      ['input', 'padding', 'outside'],
    ]);
    const read = [0, 1, 2, 3].map(x => readWindow(layer, input, { x, y: 0 })!.channels[0]!);
    assert.deepEqual(
      read.map(channel => channel.kind === 'averaged' && [channel.sum, channel.divisor, channel.value]),
      [
        [3, 3, 1],
        [9, 3, 3],
        [15, 3, 5],
        [6, 2, 3],
      ],
    );
  });

  it('averages a window that dilation leads past the picture to 0, as the pooling does', () => {
    const input: Tensor = { shape: [1, 1, 1, 1], data: Uint8Array.of(9) };
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    const options: PoolOptions = { ...base, framework: 'onnx', padding, dilation: [2, 2], countIncludePad: false };
    const layer = planLayer('average', input.shape, options);
    assert.equal(avgPool2d(input, options).output.data[0], 0);
    const [channel] = readWindow(layer, input, { x: 0, y: 0 })!.channels;
    assert.ok(channel?.kind === 'averaged');
    assert.deepEqual([channel.divisor, channel.value], [0, 0]);
  });

  it('knows pixels that no window reaches', () => {
    const axes = planAxes('max', [1, 1, 5, 5], base);
    assert.deepEqual(windowsOver(axes[0], 4), []);
    assert.deepEqual(windowsOver(axes[0], 3), [1]);
  });

  it('of the largest kernel, without a walk along its taps', () => {
    const most = 2 ** 31 - 1;
    const options: PoolOptions = { ...base, kernelSize: [most, most], stride: [2, 3], padding: 'same' };
    const axes = planAxes('max', [1, 1, 5, 7], options);
    for (const at of [0, 4])
      assert.deepEqual(
        axes.map(axis => windowsOver(axis, at)),
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
      );
  });

  it('sums up a window too large to list', () => {
    const input: Tensor = { shape: [1, 1, 100, 100], data: new Uint8Array(10_000).fill(7) };
    const options: PoolOptions = { ...base, kernelSize: [100, 100], stride: [100, 100] };
    const layers = (['max', 'average'] as const).map(name => planLayer(name, input.shape, options));
    const { windows, uses } = inspect(input, layers, { pane: 'input', x: 50, y: 60 });
    assert.equal(windows.average?.channels[0]?.value, 7);
    const max = windows.max?.channels[0];
    assert.ok(max?.kind === 'selected');
    assert.deepEqual([max.values, max.winner], [undefined, { x: 0, y: 0 }]);
    assert.deepEqual(uses.max, { rows: [0], columns: [0], wins: [[]] });
  });

  it('leaves out another output whose window at that place lies elsewhere', () => {
    const input: Tensor<Uint8Array> = { shape: [1, 1, 20, 20], data: new Uint8Array(400) };
    const layers = [
      planLayer('max', input.shape, base),
      planLayer('average', input.shape, { ...base, framework: 'onnx', dilation: [2, 2] }),
      planLayer('adaptiveMax', input.shape, { ...base, outputSize: [4, 4] }),
    ];
    const near = inspect(input, layers, { pane: 'max', x: 0, y: 0 });
    assert.deepEqual(Object.keys(near.windows), ['max', 'average', 'adaptiveMax']);
    // Rows 4 to 5 of the maximum, 10 to 14 of the adaptive one.
    const far = inspect(input, layers, { pane: 'max', x: 2, y: 2 });
    assert.deepEqual(Object.keys(far.windows), ['max', 'average']);
    const back = inspect(input, layers, { pane: 'adaptiveMax', x: 2, y: 2 });
    assert.deepEqual(Object.keys(back.windows), ['adaptiveMax']);
  });
});
