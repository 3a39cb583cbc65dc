import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultKnobs, isIncomplete } from '../../src/webview/knobs';

test('knobs are incomplete while any of their fields is empty', () => {
  const { padding } = defaultKnobs;
  assert.ok(typeof padding === 'object');
  assert.equal(isIncomplete(defaultKnobs), false);
  assert.equal(isIncomplete({ ...defaultKnobs, padding: 'same', stride: [0, -1], kernel: [2.5, 1e300] }), false);
  assert.equal(isIncomplete({ ...defaultKnobs, kernel: [2, Number.NaN] }), true);
  assert.equal(isIncomplete({ ...defaultKnobs, stride: [Number.NaN, 2] }), true);
  assert.equal(isIncomplete({ ...defaultKnobs, dilation: [1, Number.NaN] }), true);
  assert.equal(isIncomplete({ ...defaultKnobs, padding: { ...padding, right: Number.NaN } }), true);
});
