import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameworkNames, frameworks } from '../../../src/core/frameworks';
import { type OperatorName, operators } from '../../../src/core/operators';
import type { PoolOptions } from '../../../src/core/options';
import { PoolError } from '../../../src/core/options';
import { layerKey, planAxes, planLayer } from '../../../src/core/plan';
import type { FrameworkKnobs } from '../../knobs';
import { optionsOf } from '../../knobs';
import { base } from '../../options';

const shape = [1, 3, 8, 8] as const;

function even(pad: number) {
  return { top: pad, bottom: pad, left: pad, right: pad };
}

function refuses(
  message: string,
  knobs: FrameworkKnobs,
  kind: OperatorName = 'max',
  changes: Partial<PoolOptions> = {},
) {
  assert.throws(() => planAxes(kind, shape, { ...optionsOf(knobs, shape), ...changes }), {
    name: 'PoolError',
    message,
  });
}

test("each framework's defaults", () => {
  assert.deepEqual(optionsOf({ framework: 'pytorch', kernelSize: [2, 3] }, shape), {
    framework: 'pytorch',
    kernelSize: [2, 3],
    stride: [2, 3],
    padding: even(0),
    dilation: [1, 1],
    ceilMode: false,
    countIncludePad: true,
    norm: 2,
    outputSize: [1, 1],
  });
  const keras = optionsOf({ framework: 'keras', poolSize: [2, 3] }, shape);
  assert.deepEqual([keras.stride, keras.padding, keras.countIncludePad], [[2, 3], even(0), false]);
  const onnx = optionsOf({ framework: 'onnx', kernelShape: [2, 3] }, shape);
  assert.deepEqual([onnx.stride, onnx.padding, onnx.countIncludePad], [[1, 1], even(0), false]);
});

test("ONNX's auto_pad becomes explicit pads, with the odd pixel after (UPPER) or before (LOWER)", () => {
  const options = (autoPad: 'SAME_UPPER' | 'SAME_LOWER' | 'VALID') =>
    optionsOf({ framework: 'onnx', kernelShape: [3, 2], strides: [2, 1], autoPad }, shape);
  const upper = options('SAME_UPPER');
  assert.deepEqual(upper.padding, { top: 0, bottom: 1, left: 0, right: 1 });
  assert.deepEqual(options('SAME_LOWER').padding, { top: 1, bottom: 0, left: 1, right: 0 });
  assert.deepEqual(options('VALID').padding, even(0));
  assert.deepEqual(
    (['SAME_UPPER', 'SAME_LOWER', 'VALID'] as const).map(rule => options(rule).autoPad),
    ['SAME_UPPER', 'SAME_LOWER', undefined],
  );
  // The rule's name is no part of the pooling.
  const { autoPad: _, ...numbers } = upper;
  assert.equal(layerKey(planLayer('max', shape, upper)), layerKey(planLayer('max', shape, numbers)));
});

test("Keras refuses in Keras' words", () => {
  const tuple = (name: string, value: string) =>
    `The \`${name}\` argument must be a tuple of 2 integers. Received ${name}=${value}`;
  refuses(`${tuple('pool_size', '(0, 2)')}, including values {0} that do not satisfy \`value > 0\``, {
    framework: 'keras',
    poolSize: [0, 2],
  });
  refuses(`${tuple('strides', '(2, -1)')}, including values {-1} that do not satisfy \`value >= 0\``, {
    framework: 'keras',
    poolSize: [2, 2],
    strides: [2, -1],
  });
  refuses('Stride must be > 0, but got 0', { framework: 'keras', poolSize: [2, 2], strides: [0, 1] });
  refuses(tuple('pool_size', '(2, 2.5)'), { framework: 'keras', poolSize: [2, 2.5] });
  refuses('Computed output size would be negative. Received: `inputs.shape=[1 8 8 3]` and `pool_size=[9 2]`.', {
    framework: 'keras',
    poolSize: [9, 2],
    strides: [1, 1],
  });
  const knobs: FrameworkKnobs = { framework: 'keras', poolSize: [2, 2] };
  refuses("`padding` must be either `'valid'` or `'same'`. Received (1, 1, 1, 1).", knobs, 'max', { padding: even(1) });
  refuses(
    "Unrecognized keyword arguments passed to MaxPooling2D: {'dilation': (2, 1), 'ceil_mode': True}",
    knobs,
    'max',
    {
      dilation: [2, 1],
      ceilMode: true,
    },
  );
  refuses("Unrecognized keyword arguments passed to AveragePooling2D: {'divisor_override': 3}", knobs, 'average', {
    divisorOverride: 3,
  });
});

test("ONNX refuses in ONNX's words", () => {
  const knobs: FrameworkKnobs = { framework: 'onnx', kernelShape: [2, 2] };
  refuses('Pad should be smaller than kernel.', { ...knobs, pads: [0, 0, 0, 2] });
  refuses('Attribute kernel_shape must only contain positive values', { ...knobs, kernelShape: [2, 0] });
  refuses('Attribute strides must only contain positive values', { ...knobs, strides: [0, 1], autoPad: 'SAME_UPPER' });
  refuses('Attribute pads must only contain integers, but got 0.5', { ...knobs, pads: [0, 0.5, 0, 0] });
  refuses('Unrecognized attribute: divisor_override for operator AveragePool', knobs, 'average', {
    divisorOverride: 2,
  });
  refuses('Invalid dimension: -1 in the output shape {1,3,-1,7}', { ...knobs, kernelShape: [10, 2] });
});

test("'same' is no padding of PyTorch's, but without a framework named it is Keras' rule", () => {
  const options = { ...optionsOf({ framework: 'pytorch', kernelSize: [2, 2] }, shape), padding: 'same' } as const;
  assert.throws(() => planAxes('max', shape, options), PoolError);
  const { framework: _, ...unnamed } = options;
  assert.equal(planAxes('max', [1, 1, 7, 7], unnamed)[0].output, 4);
});

test('a refusal says which option it is about, also of options that no knob can set', () => {
  const about = (changes: Partial<PoolOptions>, kind: OperatorName = 'max') => {
    try {
      planAxes(kind, shape, { ...base, ...changes });
    } catch (error) {
      assert.ok(error instanceof PoolError);
      return error.about;
    }
    return assert.fail('nothing is refused');
  };
  const keras = { framework: 'keras' } as const;
  assert.deepEqual(about({ ...keras, dilation: [1, 2], ceilMode: true }), { option: 'dilation', sides: [1] });
  assert.deepEqual(about({ ...keras, ceilMode: true }), { option: 'ceilMode' });
  assert.deepEqual(about({ ...keras, divisorOverride: 3 }, 'average'), { option: 'divisorOverride' });
  assert.deepEqual(about({ ...keras, padding: { ...even(0), left: 1 } }), { option: 'padding', sides: ['left'] });
  // Without a framework, 'same' checks dilation and divisor as PyTorch does.
  assert.deepEqual(about({ padding: 'same', dilation: [0, 2] }), { option: 'dilation', sides: [0] });
  assert.deepEqual(about({ padding: 'same', divisorOverride: 0 }, 'average'), { option: 'divisorOverride' });
  assert.deepEqual(about({ framework: 'pytorch', padding: 'same' }), { option: 'padding', sides: [] });
  assert.deepEqual(about({ divisorOverride: 0.5 }, 'average'), { option: 'divisorOverride' });
  assert.deepEqual(about({ framework: 'onnx', divisorOverride: 2 }, 'average'), { option: 'divisorOverride' });
  // Too many values in all: no option by itself is at fault.
  const vast = { framework: 'onnx', kernelSize: [40000, 40000], stride: [1, 1], padding: even(39999) } as const;
  assert.equal(about(vast), undefined);
});

// Comparison

test('the traits say which knobs exist, as the checks do', () => {
  assert.deepEqual(frameworkNames, ['pytorch', 'keras', 'onnx']);
  for (const framework of frameworkNames) {
    const rules = frameworks[framework];
    const options: PoolOptions = {
      framework,
      kernelSize: [2, 2],
      stride: [2, 2],
      padding: even(0),
      dilation: [1, 1],
      ceilMode: false,
      countIncludePad: false,
    };
    const legal = (kind: OperatorName, changes: Partial<PoolOptions>) => {
      try {
        planAxes(kind, shape, { ...options, ...changes });
        return true;
      } catch {
        return false;
      }
    };
    assert.equal(legal('max', { dilation: [2, 2] }), operators.max.calls[framework]?.dilation === 'taken');
    assert.equal(legal('max', { ceilMode: true }), rules.ceilMode);
    assert.equal(legal('average', { divisorOverride: 2 }), rules.divisorOverride);
    assert.equal(
      legal('max', { padding: 'same' }),
      rules.paddingRules.some(([rule]) => rule === 'same'),
    );
    assert.equal(legal('max', { padding: even(1) }), rules.padsBy !== 'nothing');
  }
});
