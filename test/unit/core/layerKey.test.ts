import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Layer, optionsOf, type PoolingLayer } from '../../../src/core/layer';
import { layerKey, planLayer } from '../../../src/core/plan';
import type { Shape } from '../../../src/core/tensor';

const shape: Shape = [1, 3, 8, 9];

function keyOf(layer: PoolingLayer, input = shape): string {
  return layerKey(planLayer(layer.operator, input, optionsOf(layer)));
}

const lp = { operator: 'lp', norm: 2, kernelSize: [3, 2], stride: [2, 2], ceilMode: true } as const;
const window = { kernelSize: [2, 2], stride: [2, 2], dilation: [1, 1], ceilMode: false } as const;
const padding = { top: 1, bottom: 1, left: 1, right: 1 };

test('layers with other results have other keys', () => {
  const layers: PoolingLayer[] = [
    lp,
    { ...lp, norm: 3 },
    { ...lp, framework: 'onnx' },
    { ...lp, ceilMode: false },
    { operator: 'adaptiveMax', outputSize: [2, 3] },
    { operator: 'adaptiveMax', outputSize: [3, 3] },
    { operator: 'adaptiveMax', outputSize: [null, 3] },
    { operator: 'adaptiveAverage', outputSize: [2, 3] },
    { operator: 'globalMax' },
    { operator: 'globalAverage' },
    { operator: 'maxBlur', kernelSize: [2, 2], stride: [2, 2] },
    { operator: 'maxBlur', kernelSize: [2, 2], stride: [1, 2] },
    { operator: 'average', ...window, padding, countIncludePad: true },
    { operator: 'average', ...window, padding, countIncludePad: false },
    { operator: 'average', ...window, padding, countIncludePad: true, divisorOverride: 3 },
    { operator: 'max', ...window, padding, countIncludePad: true },
    { operator: 'min', ...window, padding, countIncludePad: true },
  ];
  assert.equal(new Set(layers.map(layer => keyOf(layer))).size, layers.length);
});

test('the mean of a row has another key than averages that are 1×1 because the picture has one row', () => {
  // Of floats: the mean is summed in float64, the averages in float32.
  const [mean, kept] = ([1, null] as const).map(height => {
    return keyOf({ operator: 'adaptiveAverage', outputSize: [height, 1] }, [1, 1, 1, 9]);
  });
  assert.notEqual(mean, kept);
});

test('what an operator ignores is not part of its key', () => {
  const full = { ...window, padding, countIncludePad: false, divisorOverride: 7, norm: 5, outputSize: [2, 3] } as const;
  assert.equal(
    keyOf({ operator: 'max', ...full }),
    keyOf({ ...full, operator: 'max', countIncludePad: true, norm: 2 }),
  );
  assert.equal(keyOf({ operator: 'globalMax' }), keyOf({ ...full, operator: 'globalMax' } as Layer as PoolingLayer));
  assert.equal(keyOf({ operator: 'adaptiveMax', outputSize: [2, 3] }), keyOf({ ...full, operator: 'adaptiveMax' }));
  const { norm: _, ...unnamed } = lp;
  assert.equal(keyOf(lp), keyOf({ ...unnamed, padding, dilation: [2, 2], countIncludePad: false } as PoolingLayer));
  assert.equal(keyOf(lp), keyOf({ ...lp, framework: 'pytorch' }));
});
