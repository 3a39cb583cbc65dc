import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withNumbers, withNumberTexts } from '../../src/jsonNumbers';

test('numbers that JSON lacks come through it, whatever they are in', () => {
  const message = {
    id: 3,
    outcome: { ok: { values: [1, Infinity, -Infinity, Number.NaN, -2.5], name: 'Infinity', none: null } },
  };
  assert.deepEqual(withNumbers(JSON.parse(JSON.stringify(withNumberTexts(message)))), message);
});

test('pixels are not copied, and what is absent stays so', () => {
  const data = Float32Array.of(-Infinity, 1);
  const { ok, absent } = withNumbers(withNumberTexts({ ok: data, absent: undefined })) as Record<string, unknown>;
  assert.equal(ok, data);
  assert.equal(absent, undefined);
});
