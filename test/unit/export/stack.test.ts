import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Layer } from '../../../src/core/layer';
import { StackError } from '../../../src/core/stack';
import { InexpressibleError, type StackRequest } from '../../../src/export/request';
import { type CodeTarget, codeTargets, stackCode } from '../../../src/export/targets';
import { base, conv, one } from '../../options';
import { mountainFile } from '../../pictureInfo';

function script(target: CodeTarget, layers: readonly Layer[], request: Partial<StackRequest> = {}): string {
  return stackCode(target, {
    ...mountainFile,
    layers,
    ...request,
  });
}

/** The lines of the network between its brackets. */
function network(target: CodeTarget, layers: readonly Layer[]): string[] {
  const lines = script(target, layers).split('\n');
  const start = lines.findIndex(line => /^network = |^graph = /.test(line)) + (target === 'onnx' ? 2 : 1);
  const end = lines.findIndex((line, i) => i >= start && /^ *[\])]+,?$/.test(line));
  return lines.slice(start, end).map(line => line.trim());
}

const max: Layer = { ...base, operator: 'max' };
const stem: Layer = { ...base, operator: 'max', kernelSize: [3, 3], padding: one };
const three = { top: 3, bottom: 3, left: 3, right: 3 };
const odd = { top: 0, bottom: 1, left: 0, right: 1 };
const resnet = [
  conv(64, 7, { stride: [2, 2], padding: three, bias: false }),
  stem,
  { operator: 'globalAverage' } as const,
];

const refusal = (setting: string) => (error: unknown) =>
  error instanceof InexpressibleError && error.setting === setting;

describe('a network', () => {
  it('is one line for each layer, with the shape behind it', () => {
    assert.deepEqual(network('pytorch', resnet), [
      'nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False),  # [1, 64, 350, 512]',
      'nn.MaxPool2d(kernel_size=3, stride=2, padding=1),  # [1, 64, 175, 256]',
      'nn.AdaptiveAvgPool2d(1),  # [1, 64, 1, 1]',
    ]);
    assert.deepEqual(network('keras', resnet), [
      'keras.layers.ZeroPadding2D(((3, 3), (3, 3))),  # (1, 706, 1030, 3)',
      'keras.layers.Conv2D(64, kernel_size=7, strides=2, use_bias=False),  # (1, 350, 512, 64)',
      'keras.layers.Lambda(lambda x: keras.ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)),  # (1, 352, 514, 64)',
      'keras.layers.MaxPooling2D(pool_size=3, strides=2),  # (1, 175, 256, 64)',
      'keras.layers.GlobalAveragePooling2D(keepdims=True),  # (1, 1, 1, 64)',
    ]);
    assert.deepEqual(network('onnx', resnet), [
      "helper.make_node('Conv', ['x', 'layer_1_weight'], ['layer_1'], kernel_shape=[7, 7], strides=[2, 2], pads=[3, 3, 3, 3]),  # [1, 64, 350, 512]",
      "helper.make_node('MaxPool', ['layer_1'], ['layer_2'], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),  # [1, 64, 175, 256]",
      "helper.make_node('GlobalAveragePool', ['layer_2'], ['layer_3']),  # [1, 64, 1, 1]",
    ]);
  });

  it('has random weights and saves no picture', () => {
    for (const target of ['pytorch', 'keras', 'onnx'] as const) {
      const code = script(target, resnet);
      assert.match(code, /[Rr]andom/);
      assert.doesNotMatch(code, /imwrite/);
    }
    // Nor does it import what only the saving needs.
    assert.doesNotMatch(script('pytorch', resnet), /numpy as np/);
  });

  it('says how many features a classifier gets', () => {
    // 8 channels of 175 × 256.
    const layers = [conv(8, 3, { padding: one }), max, max];
    assert.match(
      script('pytorch', layers),
      /nn\.Linear\(in_features=358400, .*\nprint\(nn\.Flatten\(\)\(x\)\.shape\[1\]\) {2}# 358400$/m,
    );
    assert.match(script('keras', layers), /print\(keras\.layers\.Flatten\(\)\(x\)\.shape\[1\]\) {2}# 358400$/m);
  });

  it('cannot be said in NumPy', () => {
    for (const target of ['numpy', 'numpy-loops'] as const) {
      assert.throws(() => script(target, resnet), refusal('convolution'));
    }
  });
});

describe('poolings alone', () => {
  it('save the last picture, after the file or after another name', () => {
    for (const target of codeTargets) {
      const code = script(target, [max, stem]);
      assert.match(
        code,
        /^print\(stack_image\.shape\) {2}# \(175, 256, 3\)\ncv2\.imwrite\('mountain-stack\.png', /m,
        target,
      );
      assert.match(script(target, [max], { path: '/opt/a.png', saveAs: 'a.png' }), /imwrite\('a-stack\.png'/);
    }
  });

  it('are functions in NumPy, shared by layers with the same lines', () => {
    for (const target of ['numpy', 'numpy-loops'] as const) {
      const code = script(target, [max, max, stem, max]);
      assert.deepEqual(
        [...code.matchAll(/^def (\w+)/gm)].map(([, name]) => name),
        ['max_pool', 'max_pool_2'],
      );
      assert.deepEqual(
        [...code.matchAll(/^x = (\w+)\(x\)$/gm)].map(([, name]) => name),
        ['max_pool', 'max_pool', 'max_pool_2', 'max_pool'],
      );
    }
  });

  it('need float64 only as long as values are whole', () => {
    // The picture's sums are exact and above 2²⁴; behind an average there are fractions, which no type holds.
    const whole: Layer = { operator: 'globalAverage' };
    const average: Layer = { ...base, operator: 'average' };
    assert.match(script('pytorch', [whole]), /\.double\(\)/);
    assert.doesNotMatch(script('pytorch', [average, whole]), /double/);
    assert.match(script('numpy', [max, whole]), /^x = global_average_pool\(x\.astype\(np\.float64\)\)$/m);
    assert.doesNotMatch(script('numpy', [average, whole]), /float64/);
    // Powers are float32 in the frameworks, and ∞ if too large for it.
    const powers: Layer = { operator: 'lp', norm: 40, kernelSize: [2, 2], stride: [2, 2] };
    for (const target of ['numpy', 'pytorch'] as const) {
      assert.doesNotMatch(script(target, [powers]), /float64|double/, target);
    }
    assert.doesNotMatch(script('pytorch', [powers, whole]), /double/);
  });

  it('may be none', () => {
    for (const target of codeTargets) assert.match(script(target, []), /# \(700, 1024, 3\)\ncv2\.imwrite/, target);
  });
});

describe('padding that a layer lacks', () => {
  const padded = (operator: 'max' | 'average' | 'min', change: object = {}): Layer => ({
    ...base,
    operator,
    padding: odd,
    ...change,
  });

  it('is a module of its own in PyTorch, with what never wins for maxima', () => {
    assert.deepEqual(network('pytorch', [padded('max')]), [
      "nn.ConstantPad2d((0, 1, 0, 1), float('-inf')),  # [1, 3, 701, 1025]",
      'nn.MaxPool2d(kernel_size=2),  # [1, 3, 350, 512]',
    ]);
    // −x is padded with −∞, so that x is padded with ∞.
    assert.deepEqual(network('pytorch', [padded('min')]), [
      'Negative(),  # [1, 3, 700, 1024]',
      "nn.ConstantPad2d((0, 1, 0, 1), float('-inf')),  # [1, 3, 701, 1025]",
      'nn.MaxPool2d(kernel_size=2),  # [1, 3, 350, 512]',
      'Negative(),  # [1, 3, 350, 512]',
    ]);
    assert.deepEqual(network('pytorch', [padded('average', { divisorOverride: 3 })]), [
      'nn.ZeroPad2d((0, 1, 0, 1)),  # [1, 3, 701, 1025]',
      'nn.AvgPool2d(kernel_size=2, divisor_override=3),  # [1, 3, 350, 512]',
    ]);
    assert.deepEqual(network('pytorch', [conv(4, 3, { padding: odd })]), [
      'nn.ZeroPad2d((0, 1, 0, 1)),  # [1, 3, 701, 1025]',
      'nn.Conv2d(3, 4, kernel_size=3),  # [1, 4, 699, 1023]',
    ]);
  });

  it("is the layer's own where 'same' is equal on both ends", () => {
    const same = { padding: 'same', kernelSize: [3, 3], stride: [1, 1] } as const;
    assert.deepEqual(network('pytorch', [{ ...base, ...same, operator: 'average' }]), [
      'nn.AvgPool2d(kernel_size=3, stride=1, padding=1, count_include_pad=False),  # [1, 3, 700, 1024]',
    ]);
    assert.deepEqual(network('pytorch', [conv(4, 3, { padding: 'same' })]), [
      'nn.Conv2d(3, 4, kernel_size=3, padding=1),  # [1, 4, 700, 1024]',
    ]);
    assert.deepEqual(network('keras', [conv(4, 3, { padding: one })]), [
      "keras.layers.Conv2D(4, kernel_size=3, padding='same'),  # (1, 700, 1024, 4)",
    ]);
  });

  it('is refused for averages of real pixels', () => {
    assert.throws(
      () => script('pytorch', [padded('average', { countIncludePad: false })]),
      refusal('count_include_pad'),
    );
    const same = { padding: 'same', kernelSize: [2, 2], stride: [1, 1] } as const;
    assert.throws(() => script('pytorch', [{ ...base, ...same, operator: 'average' }]), refusal('padding'));
    assert.match(script('onnx', [{ ...base, ...same, operator: 'average' }]), /pads=\[0, 0, 1, 1\]\)/);
  });
});

describe('what cannot be said', () => {
  it('is refused by name', () => {
    const dilated: Layer = { ...base, operator: 'average', framework: 'onnx', dilation: [2, 2] };
    assert.throws(() => script('pytorch', [dilated]), refusal('dilation'));
    assert.throws(() => script('keras', [conv(4, 3, { stride: [2, 2], dilation: [2, 2] })]), refusal('dilation'));
    assert.throws(() => script('onnx', [{ operator: 'adaptiveMax', outputSize: [7, 7] }]), refusal('output_size'));
  });

  it("passes on the framework's own refusal, with the layer's place", () => {
    for (const target of codeTargets) {
      assert.throws(
        () => script(target, [max, { ...base, operator: 'max', stride: [0, 1] }]),
        (error: unknown) => error instanceof StackError && error.layer === 1,
      );
    }
  });
});

describe('a stack for an input of another size', () => {
  it('begins with zeros in place of the picture, and neither reads nor writes', () => {
    for (const target of codeTargets) {
      const text = script(target, [max, max], { shape: [1, 3, 224, 224] });
      const [imports] = text.split('\n\n');
      assert.doesNotMatch(text, /cv2/, target);
      assert.match(text, /image = np\.zeros\(\(224, 224, 3\), np\.uint8\)/, target);
      assert.ok(imports?.includes('import numpy as np'), target);
      assert.match(text, /(1, 3, 56, 56|56, 56, 3)/, target);
      assert.doesNotMatch(text, /\n\n\n\n/, target);
      assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'), target);
    }
  });

  it('may have other channels than the picture', () => {
    const text = script('pytorch', [conv(8, 3)], { shape: [1, 1, 28, 28] });
    assert.match(text, /image = np\.zeros\(\(28, 28\), np\.uint8\)/);
    assert.match(text, /nn\.Conv2d\(1, 8, kernel_size=3\)/);
  });
});
