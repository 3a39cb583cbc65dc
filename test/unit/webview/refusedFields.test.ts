import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frameworks } from '../../../src/core/frameworks';
import type { Knobs } from '../../../src/core/knobs';
import type { OperatorName } from '../../../src/core/operators';
import { noPadding, PoolError } from '../../../src/core/options';
import { planAxes } from '../../../src/core/plan';
import { defaultKnobs } from '../../../src/webview/knobs';
import { emptyFields, refusalRemark, refusedFields } from '../../../src/webview/refusedFields';

const shape = [1, 3, 8, 12] as const;

/** Fields and remark of the refusal that these knobs meet on a picture of 8 rows and 12 columns. */
function refusal(change: Partial<Knobs>, operator: OperatorName = 'max') {
  const knobs = { ...defaultKnobs, ...change };
  try {
    planAxes(operator, shape, frameworks[knobs.framework].optionsOf(knobs, shape));
  } catch (error) {
    assert.ok(error instanceof PoolError);
    return { fields: refusedFields(error, knobs), remark: refusalRemark(error, knobs) };
  }
  return assert.fail('nothing is refused');
}

const fieldsOf = (change: Partial<Knobs>) => refusal(change).fields;

describe('the fields at fault', () => {
  it('are those of the side that is too large for the picture', () => {
    for (const framework of ['pytorch', 'keras', 'onnx'] as const) {
      const stride = [1, 1] as const;
      assert.deepEqual(fieldsOf({ framework, kernel: [9, 9], stride }), ['kernelHeight'], framework);
      assert.deepEqual(fieldsOf({ framework, kernel: [2, 13], stride }), ['kernelWidth'], framework);
      assert.deepEqual(fieldsOf({ framework, kernel: [9, 13], stride }), ['kernelHeight', 'kernelWidth'], framework);
    }
  });

  it('are those of the dilation if the kernel itself would fit', () => {
    for (const framework of ['pytorch', 'onnx'] as const) {
      assert.deepEqual(fieldsOf({ framework, kernel: [3, 3], dilation: [4, 4] }), ['dilationHeight'], framework);
      assert.deepEqual(fieldsOf({ framework, kernel: [9, 3], dilation: [4, 4] }), ['kernelHeight'], framework);
    }
  });

  it('are the kernel and the dilation that are not positive or not whole', () => {
    for (const framework of ['pytorch', 'keras', 'onnx'] as const) {
      const stride = [1, 1] as const;
      assert.deepEqual(fieldsOf({ framework, kernel: [2, 0], stride }), ['kernelWidth'], framework);
      assert.deepEqual(fieldsOf({ framework, kernel: [-1, 0], stride }), ['kernelHeight', 'kernelWidth'], framework);
      assert.deepEqual(fieldsOf({ framework, kernel: [2.5, 2], stride }), ['kernelHeight'], framework);
      assert.deepEqual(fieldsOf({ framework, kernel: [2, 2 ** 31], stride }), ['kernelWidth'], framework);
    }
    for (const framework of ['pytorch', 'onnx'] as const) {
      assert.deepEqual(fieldsOf({ framework, dilation: [1, 0] }), ['dilationWidth'], framework);
      assert.deepEqual(fieldsOf({ framework, dilation: [0.5, 0.5] }), ['dilationHeight', 'dilationWidth'], framework);
    }
  });

  it('are the stride that is not positive or not whole', () => {
    for (const framework of ['pytorch', 'keras', 'onnx'] as const) {
      assert.deepEqual(refusal({ framework, stride: [1, 0] }), { fields: ['strideWidth'], remark: undefined });
      assert.deepEqual(fieldsOf({ framework, stride: [0, 0] }), ['strideHeight', 'strideWidth'], framework);
      assert.deepEqual(fieldsOf({ framework, stride: [-2, 1] }), ['strideHeight'], framework);
      assert.deepEqual(fieldsOf({ framework, stride: [1, 1.5] }), ['strideWidth'], framework);
    }
  });

  it('are the kernel where the refused stride follows it, with a remark if the message speaks of the stride', () => {
    assert.deepEqual(refusal({ kernel: [2, 0] }), { fields: ['kernelWidth'], remark: 'strideFollowsKernel' });
    assert.deepEqual(refusal({ framework: 'keras', kernel: [2, 0] }), { fields: ['kernelWidth'], remark: undefined });
    assert.deepEqual(refusal({ framework: 'onnx', kernel: [2, 0] }), { fields: ['kernelWidth'], remark: undefined });
  });

  it('are the sides of the padding that are negative, not whole or too large', () => {
    const sides = (top: number, left: number) => ({ top, bottom: top, left, right: left });
    assert.deepEqual(fieldsOf({ padding: sides(2, 0) }), ['paddingTop', 'paddingBottom']);
    assert.deepEqual(fieldsOf({ padding: sides(0, 2) }), ['paddingLeft', 'paddingRight']);
    // The message is about the height alone, but the width has the same fault.
    assert.deepEqual(fieldsOf({ padding: sides(2, 2) }).length, 4);
    assert.deepEqual(fieldsOf({ kernel: [2, 4], padding: sides(2, 2) }), ['paddingTop', 'paddingBottom']);
    assert.deepEqual(fieldsOf({ padding: sides(-1, 0) }), ['paddingTop', 'paddingBottom']);
    assert.deepEqual(fieldsOf({ padding: sides(0, 0.5) }), ['paddingLeft', 'paddingRight']);
    const onnx = (part: object) => fieldsOf({ framework: 'onnx', padding: { ...noPadding, ...part } });
    assert.deepEqual(onnx({ right: 2 }), ['paddingRight']);
    assert.deepEqual(onnx({ bottom: -1 }), ['paddingBottom']);
    assert.deepEqual(onnx({ top: 0.5, left: 3 }), ['paddingTop']);
  });

  it('are the rule where the padding has no numbers on the page', () => {
    // The dilated window spans 13 columns, so SAME pads 6 at each end: too many for a kernel of 2.
    const change = { framework: 'onnx', dilation: [1, 12], padding: 'same' } as const;
    assert.deepEqual(fieldsOf(change), ['paddingRule']);
  });

  it('are the divisor, the norm and the sides of the output size', () => {
    assert.deepEqual(refusal({ divisorOverride: 0 }, 'average').fields, ['divisorOverride']);
    assert.deepEqual(refusal({ divisorOverride: 2.5 }, 'average').fields, ['divisorOverride']);
    assert.deepEqual(refusal({ norm: 0 }, 'lp').fields, ['norm']);
    assert.deepEqual(refusal({ framework: 'onnx', norm: 1.5 }, 'lp').fields, ['norm']);
    assert.deepEqual(refusal({ outputSize: [7, -1] }, 'adaptiveMax').fields, ['outputWidth']);
    assert.deepEqual(refusal({ outputSize: [0.5, null] }, 'adaptiveAverage').fields, ['outputHeight']);
    assert.equal(refusal({ outputSize: [99999, 99999] }, 'adaptiveMax').fields.length, 2);
    assert.deepEqual(refusal({ framework: 'keras', outputSize: [0, 0] }, 'adaptiveAverage').fields, [
      'outputHeight',
      'outputWidth',
    ]);
  });

  it('are none for an option without a field', () => {
    assert.deepEqual(refusedFields(new PoolError('no ceil_mode', { option: 'ceilMode' }), defaultKnobs), []);
    assert.deepEqual(refusedFields(new PoolError('too much of everything'), defaultKnobs), []);
  });
});

describe('empty fields', () => {
  it('are those without a number', () => {
    const none = Number.NaN;
    assert.deepEqual(emptyFields(defaultKnobs), []);
    assert.deepEqual(emptyFields({ ...defaultKnobs, kernel: [2, none] }), ['kernelWidth']);
    assert.deepEqual(emptyFields({ ...defaultKnobs, stride: [none, none], dilation: [none, 1] }), [
      'strideHeight',
      'strideWidth',
      'dilationHeight',
    ]);
    assert.deepEqual(emptyFields({ ...defaultKnobs, padding: { ...noPadding, bottom: none } }), ['paddingBottom']);
    assert.deepEqual(emptyFields({ ...defaultKnobs, padding: 'same' }), []);
    assert.deepEqual(emptyFields({ ...defaultKnobs, norm: none }), ['norm']);
    // Empty here means none.
    assert.deepEqual(emptyFields({ ...defaultKnobs, divisorOverride: null, outputSize: [null, null] }), []);
  });
});
