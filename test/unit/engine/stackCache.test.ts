import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PoolingLayer } from '../../../src/core/layer';
import { PoolError } from '../../../src/core/options';
import { pool } from '../../../src/core/pool';
import { cropOf, pixelOf, type Tensor, toBytes, toWords } from '../../../src/core/tensor';
import { PoolCache } from '../../../src/engine/poolCache';
import { StackCache } from '../../../src/engine/stackCache';
import type { PictureTensor } from '../../../src/engine/view';
import { base, one } from '../../options';
import { integers } from '../../random';

const random = integers(7);

function noise(channels: number, height: number, width: number, bitDepth: 8 | 16 = 8): PictureTensor {
  const data = bitDepth === 8 ? new Uint8Array(channels * height * width) : new Uint16Array(channels * height * width);
  return { shape: [1, channels, height, width], data: data.map(() => random(2 ** bitDepth)) };
}

const layer = (operator: PoolingLayer['operator'], kernel = 2, stride = kernel): PoolingLayer => ({
  ...base,
  operator,
  kernelSize: [kernel, kernel],
  stride: [stride, stride],
});

/** The layers' outputs, one pooling after the other. */
function outputsOf(input: Tensor, layers: readonly PoolingLayer[]): Tensor[] {
  const outputs: Tensor[] = [];
  for (const each of layers) outputs.push(pool(outputs.at(-1) ?? input, each).output);
  return outputs;
}

const mixed: readonly PoolingLayer[] = [
  { ...layer('average', 3, 2), padding: one },
  layer('max'),
  layer('average'),
  { operator: 'lp', norm: 2, kernelSize: [2, 2], stride: [1, 1] },
  { operator: 'adaptiveAverage', outputSize: [2, 3] },
];

describe('a stack', () => {
  for (const bitDepth of [8, 16] as const) {
    it(`is one pooling of the other’s exact output, with ${bitDepth} bits`, () => {
      const input = noise(3, 61, 83, bitDepth);
      const stack = new StackCache(new PoolCache(input));
      const outputs = outputsOf(input, mixed);
      for (const [i, expected] of outputs.entries()) {
        const layers = mixed.slice(0, i + 1);
        assert.deepEqual(stack.output(layers), expected, String(i));
        const { data } = stack.picture(layers);
        assert.deepEqual(data, bitDepth === 16 ? toWords(expected) : toBytes(expected), String(i));
        const [, , height, width] = expected.shape;
        const part = { x: width - 1, y: 0, width: 1, height };
        assert.deepEqual(stack.values(layers, part), Float32Array.from(cropOf(expected, part).data), String(i));
      }
    });
  }

  it('shows the pixels of each stage, and none where there is no stage', () => {
    const input = noise(1, 40, 30);
    const stack = new StackCache(new PoolCache(input));
    const layers = [layer('max'), layer('average')];
    const [, second] = outputsOf(input, layers);
    const region = { x: 0, y: 0, width: 7, height: 10, columns: 7, rows: 10 };
    assert.deepEqual(stack.tile('stage2', layers, region)?.data, toBytes(second!));
    assert.equal(stack.tile('stage2', layers, { ...region, x: 7 }), undefined);
    assert.equal(stack.tile('stage3', layers, region), undefined);
  });

  it('computes only what has changed, and what lies behind it', () => {
    const stack = new StackCache(new PoolCache(noise(3, 64, 64)));
    const layers = [layer('max'), layer('average'), layer('max'), layer('max')];
    const before = layers.map((_, i) => stack.output(layers.slice(0, i + 1)));
    const changed = layers.with(2, layer('min'));
    const after = layers.map((_, i) => stack.output(changed.slice(0, i + 1)));
    assert.deepEqual(
      after.map((output, i) => output === before[i]),
      [true, true, false, false],
    );
  });

  it('traces a pixel of maxima and minima back to the pixel of the input', () => {
    const input = noise(3, 33, 41);
    const stack = new StackCache(new PoolCache(input));
    const layers = [layer('max', 3, 2), { ...layer('max', 3, 2), padding: one }, layer('min'), layer('adaptiveMax')];
    for (let round = 0; round < 50; round++) {
      const depth = 1 + random(4);
      const part = layers.slice(0, depth);
      const [, , height, width] = outputsOf(input, part).at(-1)!.shape;
      const point = { x: random(width), y: random(height) };
      const { values, origins } = stack.trace(part, point)!;
      assert.equal(origins?.length, 3);
      for (const [channel, path] of origins.entries()) {
        assert.equal(path?.length, depth + 1);
        assert.deepEqual(path.at(-1), point);
        const all = [input, ...outputsOf(input, part)];
        for (const [level, place] of path.entries())
          assert.equal(pixelOf(all[level]!, place)[channel], values[channel]);
      }
    }
    assert.equal(stack.trace([layer('average')], { x: 0, y: 0 })?.origins, undefined, 'an average is no pixel');
    assert.equal(stack.trace(layers, { x: 99, y: 0 }), undefined);
    assert.deepEqual(stack.trace([], { x: 4, y: 5 })?.values, pixelOf(input, { x: 4, y: 5 }));
  });

  it('has no origin where a window misses the picture', () => {
    const input = noise(1, 4, 4);
    // The two taps are further apart than the picture is wide.
    const gapped: PoolingLayer = { ...layer('max', 2, 1), padding: 'same', dilation: [1, 8] };
    const stack = new StackCache(new PoolCache(input));
    const [, , , width] = stack.output([gapped]).shape;
    const columns = Array.from({ length: width }, (_, x) => stack.trace([gapped], { x, y: 0 })!);
    assert.ok(columns.some(({ origins }) => origins?.[0] === undefined));
    for (const { origins, values } of columns)
      if (!origins?.[0]) assert.ok(!Number.isFinite(values[0]) || values[0]! < -1e38);
  });

  it('refuses an illegal layer, and outputs that are too large', () => {
    const stack = new StackCache(new PoolCache(noise(1, 8, 8)));
    assert.throws(() => stack.output([layer('max'), layer('max', 9)]), PoolError);
    const large = Array.from({ length: 32 }, () => ({ operator: 'adaptiveMax', outputSize: [4096, 4096] }) as const);
    assert.throws(() => stack.output(large), RangeError);
  });
});
