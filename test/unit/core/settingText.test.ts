import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolOptions } from '../../../src/core/options';
import { settingText } from '../../../src/core/settingText';
import { base } from '../../options';

const text = (part: Partial<PoolOptions>) => settingText({ ...base, ...part });
const sides = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

test('the kernel always, the rest only where it is not as usual', () => {
  assert.equal(text({ kernelSize: [3, 3], stride: [2, 2] }), '3×3 / 2');
  assert.equal(text({ kernelSize: [3, 5], stride: [2, 1] }), '3×5 / 2×1');
  assert.equal(text({ padding: sides(1, 1, 1, 1) }), '2×2, padding 1');
  assert.equal(text({ padding: sides(1, 0, 1, 0), dilation: [2, 2] }), '2×2, padding 1×0, dilation 2');
  assert.equal(text({ padding: sides(0, 0, 1, 2) }), '2×2, padding 0 0 1 2');
  assert.equal(text({ padding: 'same', dilation: [1, 3] }), '2×2, padding same, dilation 1×3');
});
