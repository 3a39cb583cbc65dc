import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Axis, type Span, uncoveredSpans } from '../../../src/core/axis';
import { PoolError } from '../../../src/core/options';
import { fieldsOf } from '../../../src/core/receptiveField';
import { planStack, planStages, StackError } from '../../../src/core/stack';
import { type Interval, readCases, type StackCase } from '../../golden/read';

const cases = readCases<StackCase>('stacks.json');
const legal = cases.filter(({ error }) => error === undefined);
const refused = cases.filter(({ error }) => error !== undefined);

function forEach(stacks: readonly StackCase[], compare: (stack: StackCase) => void): void {
  for (const [number, stack] of stacks.entries()) {
    try {
      compare(stack);
    } catch (error) {
      throw new Error(`stack ${number}: ${JSON.stringify([stack.shape, stack.layers])}: ${error}`);
    }
  }
}

test(`shapes, parameters and receptive fields of ${legal.length} stacks are PyTorch's`, () => {
  assert.ok(legal.some(({ rows }) => rows.at(-1)!.jump[0] === null));
  forEach(legal, ({ shape, layers, rows }) => assert.deepEqual(planStack(shape, layers), rows));
});

test('each pixel behind a stack sees what its gradient reaches, at borders too', () => {
  forEach(legal, ({ shape, layers, fields }) => {
    const axes = planStages(shape, layers).map(stage => stage.axes);
    const [rows, columns] = fields!;
    for (const [y, [top, bottom]] of rows.entries()) {
      for (const [x, [left, right]] of columns.entries()) {
        const seen = fieldsOf(axes, { x, y });
        assert.equal(seen.length, layers.length + 1);
        const isEmpty = top === bottom || left === right;
        const field = { x: left, y: top, width: right - left, height: bottom - top };
        assert.deepEqual(seen[0], isEmpty ? { x: 0, y: 0, width: 0, height: 0 } : field);
        assert.deepEqual(seen.at(-1), { x, y, width: 1, height: 1 });
      }
    }
  });
});

test('the rows and columns that no pixel behind a stack sees are those without a gradient', () => {
  assert.ok(legal.some(({ uncovered }) => uncovered!.flat().length > 0));
  forEach(legal, ({ shape, layers, uncovered }) => {
    const axes = planStages(shape, layers).map(stage => stage.axes);
    const along = (side: 0 | 1) => axes.map(pair => pair[side]) as unknown as readonly [Axis, ...Axis[]];
    const spans = (intervals: readonly Interval[]): Span[] => intervals.map(([start, end]) => ({ start, end }));
    assert.deepEqual(uncoveredSpans(along(0)), spans(uncovered![0]));
    assert.deepEqual(uncoveredSpans(along(1)), spans(uncovered![1]));
  });
});

test(`an illegal layer in ${refused.length} stacks is refused in PyTorch's words, with its place and what is before it`, () => {
  forEach(refused, ({ shape, layers, rows, error: message, layer }) => {
    assert.throws(
      () => planStack(shape, layers),
      error => {
        assert.ok(error instanceof StackError && error instanceof PoolError);
        assert.deepEqual([error.message, error.layer, error.rows], [message, layer, rows]);
        return true;
      },
    );
  });
});
