import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../../fuzz/fuzz';

test('2,000 mutated pictures: each is decoded rightly or refused by a DecodeError, in time and memory', async () => {
  const { rounds, decoded, refused } = await fuzz(0, 2000, 1);
  assert.equal(rounds, 2000);
  // Both must happen often, or the mutations test nothing.
  assert.ok(decoded > 100, `${decoded} decoded`);
  assert.ok(refused.size > 10, `${[...refused.keys()]}`);
});
