import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Tensor } from '../../../src/core/tensor';
import { altered } from '../../../src/lab/alteration';
import { addNoise } from '../../../src/lab/noise';
import { shift } from '../../../src/lab/shift';
import { type LabInput, lab, labInputs, sha256 } from '../../golden/lab';

let inputs: Record<LabInput, Tensor>;
before(async () => {
  inputs = await labInputs();
});

test("a shifted picture is NumPy's, byte for byte, and the input stays as it is", () => {
  for (const { input, dy, dx, sha256: expected } of lab.shifts) {
    const before = sha256(inputs[input].data);
    const { shape, data } = shift(inputs[input], dy, dx);
    assert.equal(sha256(data), expected, JSON.stringify({ input, dy, dx }));
    assert.deepEqual(shape, inputs[input].shape);
    assert.equal(sha256(inputs[input].data), before);
  }
});

test('content moves down and right, and the pixels at the edges repeat', () => {
  const input: Tensor = { shape: [1, 1, 3, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) };
  assert.deepEqual([...shift(input, 1, 0).data], [1, 2, 3, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...shift(input, 0, 1).data], [1, 1, 2, 4, 4, 5, 7, 7, 8]);
  assert.deepEqual([...shift(input, -9, -1).data], [8, 9, 9, 8, 9, 9, 8, 9, 9]);
});

test('a shift by less than a pixel is refused', () => {
  for (const by of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => shift(inputs.tiny, by, 0), new RangeError(`No shift by (${by}, 0) pixels`));
    assert.throws(() => shift(inputs.tiny, 0, by), new RangeError(`No shift by (0, ${by}) pixels`));
  }
});

test('an alteration is a noise or a shift', () => {
  const noise = { kind: 'salt', level: 0.1, seed: 1 } as const;
  assert.deepEqual(altered(inputs.tiny, { kind: 'shift', dy: 1, dx: 2 }), shift(inputs.tiny, 1, 2));
  assert.deepEqual(altered(inputs.tiny, noise), addNoise(inputs.tiny, noise));
});
