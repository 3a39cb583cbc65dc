import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolOptions } from '../../../src/core/options';
import { wantedLayer } from '../../../src/host/lens/wantedLayer';
import type { Status } from '../../../src/protocol';
import { findPoolingCalls } from '../../../src/python/find';
import { base } from '../../options';

const options: PoolOptions = { ...base, framework: 'pytorch' };

function statusOf(part: Partial<Status>): Status {
  return { view: { mode: 'colour', orient: true }, options, operators: ['max'], scale: 1, ...part };
}

function wanted(source: string, part: Partial<Status>) {
  const [call] = findPoolingCalls(source);
  assert.ok(call);
  return { before: call.layer, after: wantedLayer(call, statusOf(part)) };
}

test('a preview that shows what the call says wants nothing else', () => {
  for (const [source, shown] of [
    ['nn.MaxPool2d(2)', options],
    ['nn.MaxPool2d(2, return_indices=True)', options],
    ['nn.AvgPool2d(2, divisor_override=3)', { ...options, divisorOverride: 3 }],
    ['nn.LPPool2d(3, 2)', { ...options, norm: 3 }],
    ['nn.AdaptiveAvgPool2d((5, None))', { ...options, outputSize: [5, null] }],
    ['layers.MaxPooling2D(2)', { ...options, framework: 'keras', countIncludePad: false }],
    ['layers.GlobalMaxPooling2D()', { ...options, framework: 'keras' }],
  ] as const) {
    const { before, after } = wanted(source, { options: shown });
    assert.deepEqual(after, before, source);
  }
});

test('the settings that the call has are those of the preview', () => {
  const shown: PoolOptions = { ...options, kernelSize: [5, 5], dilation: [2, 2], divisorOverride: 7, norm: 9 };
  const { before, after } = wanted('nn.MaxPool2d(2)', { options: shown });
  assert.deepEqual(after, { ...before, kernelSize: [5, 5], dilation: [2, 2] });
  const average = wanted('nn.AvgPool2d(2, divisor_override=3)', { options });
  assert.deepEqual(average.after, { ...wanted('nn.AvgPool2d(2)', {}).before });
});

test('nothing is wanted of another framework, of layers, and of settings that are refused', () => {
  assert.equal(wanted('layers.MaxPooling2D(2)', {}).after, undefined);
  assert.equal(wanted('nn.MaxPool2d(2)', { refusal: 'stride should not be zero' }).after, undefined);
  const stack = { framework: 'pytorch', layers: [], computed: 0 } as const;
  assert.equal(wanted('nn.MaxPool2d(2)', { stack }).after, undefined);
  assert.equal(wanted('nn.FractionalMaxPool2d(2, output_size=3)', {}).after, undefined);
});
