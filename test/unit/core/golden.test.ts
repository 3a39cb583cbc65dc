import { test } from 'node:test';
import type { OperatorName } from '../../../src/core/operators';
import type { Pooled } from '../../../src/core/operators/operator';
import type { PoolOptions } from '../../../src/core/options';
import { pool } from '../../../src/core/pool';
import type { Tensor } from '../../../src/core/tensor';
import { compareWithGolden, readGolden } from '../../golden/read';
import type { FrameworkKnobs } from '../../knobs';
import { optionsOf } from '../../knobs';
import { plainPool } from '../../pooling';

const versions: Record<string, (name: OperatorName, input: Tensor, options: PoolOptions) => Pooled> = {
  'the product': (operator, input, options) => pool(input, { ...options, operator }),
  'the plain core': plainPool,
};
const pytorch = readGolden<{ options: PoolOptions }>('pytorch.json');
const others = {
  'ONNX Runtime': readGolden<{ knobs: FrameworkKnobs }>('onnx.json'),
  TensorFlow: readGolden<{ knobs: FrameworkKnobs }>('keras.json'),
};

for (const [name, pooled] of Object.entries(versions)) {
  for (const returnIndices of [false, true]) {
    const how = returnIndices ? 'with indices' : 'values';
    test(`${name} gives PyTorch's ${how} and refusals, bit for bit, in ${pytorch.length} cases`, () => {
      compareWithGolden(pytorch, (operator, input, { options }) =>
        pooled(operator, input, { ...options, returnIndices }),
      );
    });
    for (const [framework, cases] of Object.entries(others)) {
      test(`${name} gives ${framework}'s ${how} and refusals, bit for bit, in ${cases.length} cases`, () => {
        compareWithGolden(cases, (operator, input, { knobs, shape }) =>
          pooled(operator, input, { ...optionsOf(knobs, shape), returnIndices }),
        );
      });
    }
  }
}
