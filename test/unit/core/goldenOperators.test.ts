import { test } from 'node:test';
import type { PoolingLayer } from '../../../src/core/layer';
import { pool } from '../../../src/core/pool';
import { comparePooled, type Golden, type GoldenInput, inputOf, readCases } from '../../golden/read';

interface LayerCase extends GoldenInput {
  readonly layer: PoolingLayer;
  readonly result: Golden;
}

const files = { PyTorch: 'operators.json', 'ONNX Runtime': 'onnx-layers.json', NumPy: 'median.json' };

for (const [framework, file] of Object.entries(files)) {
  const cases = readCases<LayerCase>(file);
  for (const returnIndices of [false, true]) {
    const how = returnIndices ? 'with indices' : 'values';
    test(`${framework}'s further poolings, ${how} and refusals, in ${cases.length} cases`, () => {
      for (const [number, { layer, result, ...golden }] of cases.entries()) {
        try {
          const type = layer.operator === 'lp' ? 'float32' : golden.type;
          comparePooled(result, type, () => pool(inputOf(golden), { ...layer, returnIndices } as PoolingLayer));
        } catch (error) {
          throw new Error(`case ${number}: ${JSON.stringify([golden.type, golden.shape, layer])}: ${error}`);
        }
      }
    });
  }
}
