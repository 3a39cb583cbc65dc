import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPooling } from '../../../src/core/layer';
import { findPoolingCalls } from '../../../src/python/find';
import { writtenCall } from '../../../src/python/write/writtenCall';

const calls = [
  ['nn.MaxPool2d(2)', 'nn.MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)'],
  [
    'nn.MaxPool2d((3, 2), 2, (1, 0), 2, True, True)',
    'nn.MaxPool2d(kernel_size=(3, 2), stride=2, padding=(1, 0), dilation=2, return_indices=True, ceil_mode=True)',
  ],
  [
    "nn.MaxPool2d(2, padding='same')",
    "nn.MaxPool2d(kernel_size=2, stride=2, padding='same', dilation=1, ceil_mode=False)",
  ],
  ['F.max_pool2d(x, 2)', 'F.max_pool2d(input, kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)'],
  [
    'F.avg_pool2d(x, 3, divisor_override=4)',
    'F.avg_pool2d(input, kernel_size=3, stride=3, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=4)',
  ],
  [
    'nn.AvgPool2d(3, count_include_pad=False)',
    'nn.AvgPool2d(kernel_size=3, stride=3, padding=0, ceil_mode=False, count_include_pad=False, divisor_override=None)',
  ],
  ['nn.LPPool2d(1.5, 2)', 'nn.LPPool2d(norm_type=1.5, kernel_size=2, stride=2, ceil_mode=False)'],
  ['nn.AdaptiveMaxPool2d((5, None))', 'nn.AdaptiveMaxPool2d(output_size=(5, None))'],
  ['F.adaptive_avg_pool2d(x, 1)', 'F.adaptive_avg_pool2d(input, output_size=1)'],
  ['keras.layers.MaxPool2D()', "keras.layers.MaxPooling2D(pool_size=2, strides=2, padding='valid')"],
  [
    "keras.layers.AveragePooling2D(3, 2, 'SAME')",
    "keras.layers.AveragePooling2D(pool_size=3, strides=2, padding='same')",
  ],
  ['keras.layers.GlobalMaxPooling2D()', 'keras.layers.GlobalMaxPooling2D()'],
  ['keras.layers.AdaptiveAveragePooling2D(4)', 'keras.layers.AdaptiveAveragePooling2D(output_size=4)'],
  ["tf.nn.avg_pool2d(x, 2, 1, 'VALID')", "tf.nn.avg_pool2d(input, ksize=2, strides=1, padding='VALID')"],
] as const;

test('a call is written with all its settings, and reads as the same', () => {
  for (const [source, expected] of calls) {
    const [{ callee, layer }] = findPoolingCalls(source) as [ReturnType<typeof findPoolingCalls>[number]];
    assert.ok(layer && isPooling(layer), source);
    const written = writtenCall(callee, layer);
    assert.equal(written, expected);
    const [again] = findPoolingCalls(written);
    assert.deepEqual([again?.callee, again?.layer, again?.unknown], [callee, layer, []], written);
  }
});
