import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameworks } from '../../../src/core/frameworks';
import { type OperatorName, operators } from '../../../src/core/operators';
import { frameworkOf, type PoolOptions } from '../../../src/core/options';
import { planAxes, planLayer } from '../../../src/core/plan';
import { pictureShapeText, poolFacts, shapePipeline, sizeFormula } from '../../../src/core/shape';
import { base, none, one } from '../../options';

const shape = [1, 3, 700, 1024] as const;

function formula(height: number, changes: Partial<PoolOptions> = {}) {
  const options = { ...base, ...changes };
  return sizeFormula(planLayer('max', [1, 1, height, height], options), 0);
}

function call(kind: OperatorName, changes: Partial<PoolOptions> = {}) {
  const options = { ...base, ...changes };
  return frameworks[frameworkOf(options)].callText(operators[kind], options, planAxes(kind, shape, options));
}

test('shapes as PyTorch, Keras and NumPy write them', () => {
  assert.equal(frameworks.pytorch.shapeText(shape), '[1, 3, 700, 1024]');
  assert.equal(frameworks.onnx.shapeText(shape), '[1, 3, 700, 1024]');
  assert.equal(frameworks.keras.shapeText(shape), '(1, 700, 1024, 3)');
  assert.equal(pictureShapeText(shape), '(700, 1024, 3)');
  assert.equal(pictureShapeText([1, 1, 700, 1024]), '(700, 1024)');
});

test('the shapes on the way of a grey and of a coloured picture', () => {
  assert.deepEqual(shapePipeline([1, 1, 700, 1024], planAxes('max', shape, base)), {
    picture: '(700, 1024)',
    tensor: '[1, 1, 700, 1024]',
    pooled: '[1, 1, 350, 512]',
    image: '(350, 512)',
  });
  assert.deepEqual(shapePipeline(shape, planAxes('max', shape, base)), {
    picture: '(700, 1024, 3)',
    tensor: '[1, 3, 700, 1024]',
    pooled: '[1, 3, 350, 512]',
    image: '(350, 512, 3)',
  });
});

test('the size formula with the numbers put in', () => {
  assert.equal(formula(700), '⌊(700 + 2·0 − 2)/2⌋ + 1 = 350');
  assert.equal(formula(700, { kernelSize: [3, 3], padding: one }), '⌊(700 + 2·1 − 3)/2⌋ + 1 = 350');
  assert.equal(formula(700, { kernelSize: [3, 3], dilation: [2, 2] }), '⌊(700 + 2·0 − 2·(3 − 1) − 1)/2⌋ + 1 = 348');
  assert.equal(formula(7, { padding: { ...none, bottom: 1 } }), '⌊(7 + 0 + 1 − 2)/2⌋ + 1 = 4');
});

test('the size formula in ceil_mode shows the window that was dropped', () => {
  assert.equal(formula(5, { ceilMode: true }), '⌈(5 + 2·0 − 2)/2⌉ + 1 = 3');
  assert.equal(
    formula(5, { kernelSize: [3, 3], stride: [3, 3], padding: one, ceilMode: true }),
    '⌈(5 + 2·1 − 3)/3⌉ + 1 − 1 = 2',
  );
});

test("the size formula of Keras' valid and same", () => {
  assert.equal(formula(700, { framework: 'keras' }), '⌊(700 − 2)/2⌋ + 1 = 350');
  assert.equal(formula(701, { framework: 'keras', padding: 'same' }), '⌈701/2⌉ = 351');
});

test('a formula is true: evaluated as it stands it gives the size', () => {
  const evaluate = (text: string) => {
    const [left, right] = text.split(' = ');
    const code = left!.replaceAll('−', '-').replaceAll('·', '*');
    const floor = code.replace('⌊', 'Math.floor(').replace('⌋', ')').replace('⌈', 'Math.ceil(').replace('⌉', ')');
    return [Function(`return ${floor}`)() as number, Number(right)];
  };
  for (let height = 6; height < 30; height++) {
    for (const kernelSize of [
      [1, 1],
      [2, 2],
      [3, 3],
      [5, 5],
    ] as const) {
      for (const stride of [1, 2, 3, 4]) {
        for (const ceilMode of [false, true]) {
          for (const padding of [none, 'same', ...(kernelSize[0] > 1 ? [one, { ...none, top: 1 }] : [])] as const) {
            const text = formula(height, { kernelSize, stride: [stride, stride], ceilMode, padding });
            const [value, size] = evaluate(text);
            assert.equal(value, size, text);
          }
        }
      }
    }
  }
});

test("the call in PyTorch's words shows what differs from the defaults", () => {
  assert.equal(call('max'), 'MaxPool2d(2)');
  assert.equal(call('max', { kernelSize: [3, 3], padding: one }), 'MaxPool2d(3, stride=2, padding=1)');
  assert.equal(
    call('max', { kernelSize: [3, 2], dilation: [1, 2], ceilMode: true }),
    'MaxPool2d((3, 2), stride=2, dilation=(1, 2), ceil_mode=True)',
  );
  assert.equal(call('average', { dilation: [2, 2] }), 'AvgPool2d(2)');
  assert.equal(
    call('average', { countIncludePad: false, divisorOverride: 3 }),
    'AvgPool2d(2, count_include_pad=False, divisor_override=3)',
  );
  assert.equal(call('max', { padding: { ...none, right: 1 } }), 'MaxPool2d(2)(F.pad(x, (0, 1, 0, 0), value=-inf))');
});

test('the call in the words of Keras and ONNX', () => {
  assert.equal(call('max', { padding: 'same' }), 'MaxPooling2D(2, padding="same")');
  assert.equal(call('average', { framework: 'keras', kernelSize: [3, 3] }), 'AveragePooling2D(3, strides=2)');
  assert.equal(call('max', { framework: 'onnx' }), 'MaxPool(kernel_shape=[2, 2], strides=[2, 2])');
  assert.equal(
    call('average', { framework: 'onnx', stride: [1, 1], padding: one, ceilMode: true }),
    'AveragePool(kernel_shape=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1, count_include_pad=1)',
  );
  assert.equal(
    call('max', { framework: 'onnx', kernelSize: [3, 3], padding: 'same' }),
    'MaxPool(kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1])',
  );
});

test('the facts of a pooling', () => {
  assert.deepEqual(poolFacts(shape, planAxes('max', shape, base)), {
    keptShare: 0.25,
    channelsIn: 3,
    channelsOut: 3,
    parameters: 0,
    overlapping: false,
    discardedRows: 0,
    discardedColumns: 0,
  });
  const odd = planAxes('max', [1, 1, 701, 1023], { ...base, kernelSize: [2, 3] });
  const facts = poolFacts([1, 1, 701, 1023], odd);
  assert.equal(facts.overlapping, true);
  assert.deepEqual([facts.discardedRows, facts.discardedColumns], [1, 0]);
});
