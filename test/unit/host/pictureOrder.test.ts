import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbourName } from '../../../src/host/pictureOrder';

test('pictures go by name, numbers by their value, and other files do not count', () => {
  const names = ['b.JPG', 'a10.png', 'notes.txt', 'a2.png', 'c.jpeg'];
  const order = ['a2.png'];
  while (order.length < 5) order.push(neighbourName(names, order.at(-1)!, 1)!);
  assert.deepEqual(order, ['a2.png', 'a10.png', 'b.JPG', 'c.jpeg', 'a2.png']);
});

test('the last is followed by the first, and the first preceded by the last', () => {
  const few = ['2.png', '10.png', '1.png'];
  assert.equal(neighbourName(few, '10.png', 1), '1.png');
  assert.equal(neighbourName(few, '1.png', -1), '10.png');
  assert.equal(neighbourName(few, '2.png', -1), '1.png');
});

test('names that compare as equal go by length, as in the explorer', () => {
  assert.equal(neighbourName(['a01.png', 'a1.png', 'a001.png'], 'a1.png', 1), 'a01.png');
});

test('a file that is gone, or is no picture by its name, has its place among them', () => {
  assert.equal(neighbourName(['a.png', 'c.png'], 'b.png', 1), 'c.png');
  assert.equal(neighbourName(['a.png', 'b', 'c.png'], 'b', -1), 'a.png');
});

test('there may be no other picture', () => {
  assert.equal(neighbourName(['a.png', 'b.txt'], 'a.png', 1), undefined);
  assert.equal(neighbourName([], 'a.png', -1), undefined);
});
