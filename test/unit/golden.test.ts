import { test } from 'node:test';
import type { PoolOptions } from '../../src/core/options';
import { avgPool2d, maxPool2d } from '../../src/core/pool';
import { compareWithGolden, readGolden } from '../golden/read';
import type { FrameworkKnobs } from '../knobs';
import { optionsOf } from '../knobs';
import { plainAvgPool2d, plainMaxPool2d } from '../pooling';

const versions = {
  'the product': { max: maxPool2d, average: avgPool2d },
  'the plain core': { max: plainMaxPool2d, average: plainAvgPool2d },
};
const pytorch = readGolden<{ options: PoolOptions }>('pytorch.json');
const others = {
  'ONNX Runtime': readGolden<{ knobs: FrameworkKnobs }>('onnx.json'),
  TensorFlow: readGolden<{ knobs: FrameworkKnobs }>('keras.json'),
};

for (const [name, { max, average }] of Object.entries(versions)) {
  for (const returnIndices of [false, true]) {
    const how = returnIndices ? 'with indices' : 'values';
    test(`${name} gives PyTorch's ${how} and refusals, bit for bit, in ${pytorch.length} cases`, () => {
      compareWithGolden(
        pytorch,
        (input, { options }) => max(input, { ...options, returnIndices }),
        (input, { options }) => average(input, options),
      );
    });
    for (const [framework, cases] of Object.entries(others)) {
      test(`${name} gives ${framework}'s ${how} and refusals, bit for bit, in ${cases.length} cases`, () => {
        compareWithGolden(
          cases,
          (input, { knobs, shape }) => max(input, { ...optionsOf(knobs, shape), returnIndices }),
          (input, { knobs, shape }) => average(input, optionsOf(knobs, shape)),
        );
      });
    }
  }
}
