import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSampleName, sampleNames } from '../../../src/host/samples';

test('every packaged picture is offered, and no other', () => {
  assert.deepEqual([...sampleNames].sort(), readdirSync(join(import.meta.dirname, '../../../media/samples')).sort());
});

test('an argument is a sample’s name or none', () => {
  assert.ok(isSampleName('mountain.jpg'));
  for (const odd of [undefined, null, '', 'toString', '../icon.png', 0, ['mountain.jpg'], {}]) {
    assert.equal(isSampleName(odd), false);
  }
});
