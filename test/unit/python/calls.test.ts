import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPooling, type Layer } from '../../../src/core/layer';
import type { Framework } from '../../../src/core/options';
import { PoolError } from '../../../src/core/options';
import { planStack } from '../../../src/core/stack';
import { findPoolingCalls } from '../../../src/python/find';
import { readCases } from '../../golden/read';

/** A call that ran: what the framework told of it, and where it stands. */
interface GoldenCall {
  readonly start: number;
  readonly text: string;
  readonly callee: string;
  readonly framework: Framework;
  readonly layer: Layer | null;
  /** In alphabetical order. */
  readonly unknown: readonly string[];
  /** The text of each value that is given. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Of the output for a picture of 23 × 29 pixels; null if the framework refuses, absent if it was not asked. */
  readonly size?: readonly [height: number, width: number] | null;
}

const cases = readCases<{ source: string; calls: readonly GoldenCall[] }>('calls.json');

test('calls are found with the settings that the frameworks see when the code runs', () => {
  for (const { source, calls } of cases) {
    const found = findPoolingCalls(source).map(({ start, end, unknown, argumentRanges, ...rest }) => ({
      ...rest,
      start,
      text: source.slice(start, end),
      unknown: [...unknown].sort(),
      arguments: Object.fromEntries(
        Object.entries(argumentRanges).map(([name, range]) => [name, source.slice(...range)]),
      ),
    }));
    assert.deepEqual(
      found,
      calls.map(({ size: _, ...call }) => call),
      source,
    );
  }
});

test('what is found makes an output of the size that the framework makes, or is refused as there', () => {
  for (const { calls } of cases) {
    for (const { text, layer, size } of calls) {
      if (!layer || !isPooling(layer) || size === undefined) continue;
      const plan = () => planStack([1, 2, 23, 29], [layer])[0]!.shape.slice(2);
      if (size) assert.deepEqual(plan(), size, text);
      else assert.throws(plan, PoolError, text);
    }
  }
});
