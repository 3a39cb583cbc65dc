import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Once } from '../../../src/host/once';

test('a task is done once for all who ask, and again only after it has failed', async () => {
  const outcomes = [() => Promise.reject(new Error('no connection')), async () => 'script'];
  let done = 0;
  const once = new Once(() => outcomes[done++]!());
  assert.equal(done, 0);
  const both = await Promise.allSettled([once.get(), once.get()]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(done, 1);
  assert.equal(await once.get(), 'script');
  assert.equal(await once.get(), 'script');
  assert.equal(done, 2);
});
