import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCells } from '../../../src/python/find';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../samples/code', name), 'utf8');

test('the samples of code have poolings and stacks to click on, all of them known', () => {
  const { cells }: { cells: { cell_type: string; source: string[] }[] } = JSON.parse(read('pooling.ipynb'));
  const notebook = cells.filter(cell => cell.cell_type === 'code').map(({ source }) => source.join(''));
  const [script] = readCells([read('lenet.py')]);
  const found = [script!, ...readCells(notebook)];
  assert.deepEqual(
    found.map(({ calls, stacks }) => [calls.length, stacks.length]),
    [
      [6, 2],
      [0, 0],
      [0, 0],
      [1, 0],
      [2, 0],
    ],
  );
  for (const { calls, stacks } of found) {
    for (const { layer, unknown } of calls) assert.deepEqual([layer !== null, unknown], [true, []]);
    for (const { omitted, unknown } of stacks) assert.deepEqual([omitted, unknown], [[], []]);
  }
});
