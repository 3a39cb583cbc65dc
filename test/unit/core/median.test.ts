import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clippedSpan } from '../../../src/core/axis';
import { compareFrameworks } from '../../../src/core/compare';
import { frameworks } from '../../../src/core/frameworks';
import { readWindow } from '../../../src/core/inspect';
import { layerNames, operators } from '../../../src/core/operators';
import { type Framework, PoolError, type PoolOptions } from '../../../src/core/options';
import { type PlannedLayer, planLayer } from '../../../src/core/plan';
import { pool } from '../../../src/core/pool';
import type { Samples, Tensor } from '../../../src/core/tensor';
import { base, one } from '../../options';
import { legalOperators } from '../../pooling';
import { integers, seed } from '../../random';

const random = integers(seed);

function row(...values: number[]): Tensor<Uint8Array> {
  return { shape: [1, 1, 1, values.length], data: Uint8Array.from(values) };
}

function medians(input: Tensor, options: Partial<PoolOptions>): number[] {
  return [...pool(input, { ...base, ...options, operator: 'median' }).output.data];
}

/** Every window sorted. */
function naive({ shape: [, channels, , width], data }: Tensor, { axes }: PlannedLayer): Float32Array {
  const [vertical, horizontal] = axes;
  const values: number[] = [];
  for (let y = 0; y < vertical.output; y++) {
    for (let x = 0; x < horizontal.output; x++) {
      for (let c = 0; c < channels; c++) {
        const found: number[] = [];
        const [down, across] = [clippedSpan(vertical, y), clippedSpan(horizontal, x)];
        for (let i = down.start; i < down.end; i += vertical.dilation) {
          for (let j = across.start; j < across.end; j += horizontal.dilation) {
            found.push(data[(i * width + j) * channels + c]!);
          }
        }
        found.sort((a, b) => a - b);
        const [a = 0, b = 0] = [found[(found.length - 1) >> 1], found[found.length >> 1]];
        values.push(found.some(Number.isNaN) ? Number.NaN : Math.fround(a + b) / 2 + 0);
      }
    }
  }
  return Float32Array.from(values);
}

function randomSamples(length: number): Samples {
  const levels = [2, 5, 256][random(3)]!;
  const odd = [0, -0, Number.NaN, Infinity, -Infinity, 1, -3];
  const makers = [
    () => new Uint8Array(length).map(() => random(levels) * (255 / (levels - 1))),
    () => new Uint16Array(length).map(() => random(random(2) === 0 ? 65536 : 7)),
    () => new Float32Array(length).map(() => (random(2000) - 1000) / 7),
    () => new Float32Array(length).map(() => odd[random(20)] ?? random(9)),
  ];
  return makers[random(makers.length)]!();
}

function randomOptions(): PoolOptions {
  const largest = [2, 4, 9, 32][random(4)]!;
  const kernelSize = [1 + random(largest), 1 + random(largest)] as const;
  const isOnnx = random(3) === 0;
  const pad = (size: number) => random(isOnnx ? size : Math.floor(size / 2) + 1);
  const [top, left] = [pad(kernelSize[0]), pad(kernelSize[1])];
  const bottom = isOnnx ? pad(kernelSize[0]) : top;
  const right = isOnnx ? pad(kernelSize[1]) : left;
  return {
    ...base,
    kernelSize,
    stride: [1 + random(5), 1 + random(5)],
    padding: random(5) === 0 && !isOnnx ? 'same' : { top, bottom, left, right },
    dilation: random(3) === 0 ? [1 + random(4), 1 + random(6)] : [1, 1],
    ceilMode: random(2) === 0,
    ...(isOnnx && { framework: 'onnx' as const }),
  };
}

describe(`the median (SEED=${seed})`, () => {
  it('is the middle one, or the mean of the middle two', () => {
    assert.deepEqual(medians(row(9, 1, 5), { kernelSize: [1, 3] }), [5]);
    assert.deepEqual(medians(row(9, 1, 5, 2), { kernelSize: [1, 4] }), [3.5]);
    const square: Tensor = { shape: [1, 1, 2, 2], data: Uint16Array.of(65535, 65534, 0, 65535) };
    assert.deepEqual(medians(square, {}), [65534.5]);
  });

  it('counts no padding, and is 0 where there is no pixel', () => {
    const padding = { top: 0, bottom: 0, left: 1, right: 1 };
    assert.deepEqual(medians(row(8, 6), { kernelSize: [1, 3], stride: [1, 1], padding }), [7, 7]);
    const gap: Partial<PoolOptions> = { stride: [1, 1], padding: one, dilation: [3, 3] };
    for (const data of [Uint8Array.of(1, 2, 3, 4), Float32Array.of(1, 2, 3, 4)]) {
      assert.deepEqual(medians({ shape: [1, 1, 2, 2], data }, gap), [0]);
    }
  });

  it('is NaN wherever one pixel is', () => {
    const data = Float32Array.of(1, Number.NaN, 3, 4);
    assert.deepEqual(medians({ shape: [1, 1, 1, 4], data }, { kernelSize: [1, 2], stride: [1, 2] }), [Number.NaN, 3.5]);
  });

  it('equals sorting each window, and what the inspector reads, for every element type and option', () => {
    let compared = 0;
    for (let round = 0; round < 1500; round++) {
      const [channels, height, width] = [1 + random(4), 1 + random(40), 1 + random(40)];
      const input: Tensor = { shape: [1, channels, height, width], data: randomSamples(channels * height * width) };
      const options = randomOptions();
      if (!legalOperators(input.shape, options).includes('median')) continue;
      const what = `SEED=${seed}, round ${round}: ${input.shape} ${JSON.stringify(options)}`;
      const layer = planLayer('median', input.shape, options);
      const { output } = pool(input, { ...options, operator: 'median' });
      assert.deepEqual(output.shape, layer.output, what);
      assert.deepEqual(output.data, naive(input, layer), what);
      const [x, y] = [random(layer.output[3]), random(layer.output[2])];
      for (const [c, reading] of readWindow(layer, input, { x, y })!.channels.entries()) {
        assert.ok(reading.kind === 'median');
        assert.equal(reading.value, output.data[(y * layer.output[3] + x) * channels + c], what);
        const real = reading.values!.filter(value => !Number.isNaN(value)).sort();
        assert.deepEqual(
          reading.sorted.filter(value => !Number.isNaN(value)),
          real,
          what,
        );
      }
      compared++;
    }
    assert.ok(compared > 500, `${compared}`);
  });
});

describe('the median in frameworks, none of which has it', () => {
  it('is not a layer to choose', () => {
    assert.deepEqual(
      Object.keys(operators).filter(name => !layerNames.includes(name as keyof typeof operators)),
      ['median'],
    );
  });

  it('has the windows of max pooling, and its refusals in its words', () => {
    const shape = [1, 3, 20, 17] as const;
    let [legal, refused] = [0, 0];
    const planned = (operator: 'max' | 'median', options: PoolOptions) => {
      try {
        return planLayer(operator, shape, options).axes;
      } catch (error) {
        assert.ok(error instanceof PoolError);
        return { message: error.message, about: error.about };
      }
    };
    for (const framework of [undefined, ...(Object.keys(frameworks) as Framework[])]) {
      for (let round = 0; round < 200; round++) {
        const change = { kernelSize: [random(4), 1 + random(9)], divisorOverride: random(3) } as const;
        const options = { ...randomOptions(), ...(random(3) === 0 && change), ...(framework && { framework }) };
        const ours = planned('median', options);
        assert.deepEqual(ours, planned('max', options), JSON.stringify(options));
        if ('message' in ours) refused++;
        else legal++;
      }
    }
    assert.ok(legal > 100 && refused > 100, `${legal} ${refused}`);
  });

  it('refuses windows that take too long', () => {
    const shape = [1, 1, 100, 100] as const;
    const sized = (kernelSize: PoolOptions['kernelSize'], framework: Framework) =>
      planLayer('median', shape, { ...base, kernelSize, framework });
    for (const framework of Object.keys(frameworks) as Framework[]) {
      assert.equal(sized([32, 32], framework).axes[0].kernel, 32);
      assert.throws(() => sized([25, 41], framework), {
        name: 'PoolError',
        message: 'The median of more than 1024 pixels would take too long, but got kernel size 25×41',
        about: { option: 'kernelSize', sides: [0, 1] },
      });
    }
  });

  it('refuses so many windows that they take too long, and no fewer', () => {
    const plan = (side: number) =>
      planLayer('median', [1, 3, 3000, 4000], { ...base, kernelSize: [side, side], stride: [1, 1] });
    assert.equal(plan(1).operator, 'median');
    assert.throws(() => plan(2), { name: 'PoolError', about: { option: 'stride', sides: [0, 1] } });
  });

  it('differs between frameworks where max pooling does', () => {
    const options: PoolOptions = { ...base, kernelSize: [3, 3], padding: one, dilation: [2, 2], framework: 'pytorch' };
    for (const each of [options, { ...options, ceilMode: true }]) {
      const shape = [1, 3, 8, 9] as const;
      assert.deepEqual(compareFrameworks('median', shape, each), compareFrameworks('max', shape, each));
    }
  });
});
