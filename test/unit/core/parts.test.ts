import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf } from '../../../src/core/fast/axisSlice';
import { operatorNames, operatorOf } from '../../../src/core/operators';
import type { PoolOptions } from '../../../src/core/options';
import { planLayer } from '../../../src/core/plan';
import { cropOf, type Samples, type Tensor } from '../../../src/core/tensor';
import { base } from '../../options';
import { legalOperators } from '../../pooling';
import { integers, seed } from '../../random';

const random = integers(seed);

function randomData(length: number): Samples {
  const make = [
    () => new Uint8Array(length).map(() => random(256)),
    () => new Uint16Array(length).map(() => random(random(2) === 0 ? 65536 : 5)),
    () => new Float32Array(length).map(() => (random(1000) - 500) / 7 ** random(9)),
  ];
  return make[random(make.length)]!();
}

function randomOptions(height: number, width: number): PoolOptions {
  const kernelSize = [1 + random(5), 1 + random(5)] as const;
  const [v, h] = kernelSize.map(size => random(Math.floor(size / 2) + 1)) as [number, number];
  const sizeOf = (size: number) => (random(4) === 0 ? null : 1 + random(2 * size));
  return {
    ...base,
    kernelSize,
    stride: [1 + random(4), 1 + random(4)],
    padding: random(4) === 0 ? 'same' : { top: v, bottom: v, left: h, right: h },
    dilation: [1 + random(2), 1 + random(2)],
    ceilMode: random(2) === 0,
    countIncludePad: random(2) === 0,
    ...(random(2) === 0 && { norm: [1, 3, 0.5, -1, 8, 20][random(6)]! }),
    ...(random(4) > 0 && { outputSize: [sizeOf(height), sizeOf(width)] as const }),
    ...(random(3) === 0 && { framework: 'onnx' as const }),
  };
}

test(`a part of an output is the whole's part, from the pixels that its windows cover, for every operator (SEED=${seed})`, () => {
  const compared = new Map<string, number>();
  for (let round = 0; round < 500; round++) {
    const [channels, height, width] = [1 + random(3), 1 + random(16), 1 + random(16)];
    const input: Tensor = { shape: [1, channels, height, width], data: randomData(channels * height * width) };
    const options = randomOptions(height, width);
    for (const name of legalOperators(input.shape, options)) {
      const layer = planLayer(name, input.shape, options);
      const [, , rows, columns] = layer.output;
      const [y, x] = [random(rows), random(columns)];
      const part = { x, y, width: 1 + random(columns - x), height: 1 + random(rows - y) };
      const { axis: vertical, first: top } = partOf(layer.axes[0], { start: y, count: part.height });
      const { axis: horizontal, first: left } = partOf(layer.axes[1], { start: x, count: part.width });
      // Dilation can lead all windows past the picture.
      if (vertical.input === 0 || horizontal.input === 0) continue;
      const covered = cropOf(input, { x: left, y: top, width: horizontal.input, height: vertical.input });
      const { pool } = operatorOf(name);
      const { output: whole } = pool(input, layer.axes, layer.options);
      const { output } = pool(covered, [vertical, horizontal], layer.options);
      const expected = cropOf(whole, part);
      const what = JSON.stringify([name, input.shape, options, part]);
      assert.deepEqual(output.shape, expected.shape, what);
      assert.deepEqual(Float32Array.from(output.data), Float32Array.from(expected.data), what);
      compared.set(name, (compared.get(name) ?? 0) + 1);
    }
  }
  assert.equal(compared.size, operatorNames.length);
  for (const [name, count] of compared) assert.ok(count > 30, `${name}: ${count}`);
});
