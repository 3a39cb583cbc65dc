import { test } from 'node:test';
import type { PoolingLayer } from '../../../src/core/layer';
import { pool } from '../../../src/core/pool';
import { comparePooled, type Golden, type GoldenInput, inputOf, readCases } from '../../golden/read';

interface LayerCase extends GoldenInput {
  readonly layer: PoolingLayer;
  readonly result: Golden;
}

const cases = readCases<LayerCase>('operators.json');

for (const returnIndices of [false, true]) {
  const how = returnIndices ? 'with indices' : 'values';
  test(`PyTorch's adaptive, global, Lᵖ and max-then-blur poolings in ${cases.length} cases, ${how} and refusals`, () => {
    for (const [number, { layer, result, ...golden }] of cases.entries()) {
      try {
        comparePooled(result, golden.type, () => pool(inputOf(golden), { ...layer, returnIndices } as PoolingLayer));
      } catch (error) {
        throw new Error(`case ${number}: ${JSON.stringify([golden.type, golden.shape, layer])}: ${error}`);
      }
    }
  });
}
