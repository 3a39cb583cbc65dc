import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PoolingCall } from '../../../src/python/call';
import { findPoolingCalls, readCells } from '../../../src/python/find';
import { readCases } from '../../golden/read';
import { integers, seed } from '../../random';

const sources = readCases<{ source: string }>('calls.json').map(({ source }) => source);

/** What is typed, or forgotten. */
const pieces = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  "'",
  '"',
  '"""',
  "f'{",
  ',',
  ':',
  '=',
  '*',
  '**',
  '.',
  '\\',
  '#',
  '\n',
  '\t',
  '  ',
];
const words = [
  'def ',
  'class ',
  'for ',
  'if ',
  'lambda ',
  'import ',
  'from ',
  'nn.',
  'nn.MaxPool2d(',
  '!pip',
  '%time ',
  '풀',
  '😀',
];

/** A source with an edit somewhere, and where that is. */
function broken(source: string, below: (bound: number) => number): { readonly text: string; readonly at: number } {
  const at = below(source.length + 1);
  const rest = source.slice(at);
  const inserted = [...pieces, ...words];
  const edits = [
    () => '',
    () => rest.slice(1 + below(3)),
    () => rest.slice(below(rest.length + 1)),
    () => inserted[below(inserted.length)]! + rest,
    () => rest.slice(0, below(rest.length + 1)).repeat(2),
  ];
  return { text: source.slice(0, at) + edits[below(edits.length)]!(), at };
}

/** What a call is, without the settings: a name that is bound again below is not known above, either. */
function place({ start, end, callee, argumentRanges }: PoolingCall) {
  return { start, end, callee, argumentRanges };
}

function assertInside({ length }: string, calls: readonly PoolingCall[]): void {
  let before = -1;
  for (const { start, end, argumentRanges } of calls) {
    assert.ok(before < start && start < end && end <= length);
    before = start;
    for (const [from, to] of Object.values(argumentRanges)) assert.ok(start < from && from < to && to < end);
  }
}

test(`what is half-written hides nothing on the lines above (SEED=${seed})`, () => {
  const below = integers(seed);
  for (let round = 0; round < 4000; round++) {
    const source = sources[below(sources.length)]!;
    const { text, at } = broken(source, below);
    try {
      const found = findPoolingCalls(text);
      assertInside(text, found);
      const above = source.slice(0, source.lastIndexOf('\n', at - 1) + 1);
      const kept = new Set(found.map(call => JSON.stringify(place(call))));
      for (const call of findPoolingCalls(above))
        assert.ok(kept.has(JSON.stringify(place(call))), JSON.stringify(call));
    } catch (error) {
      throw new Error(`SEED=${seed}, round ${round}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
});

test('cells of a notebook are read whatever stands in the others', () => {
  const below = integers(seed);
  for (let round = 0; round < 300; round++) {
    const cells = Array.from({ length: 4 }, () => broken(sources[below(sources.length)]!, below).text);
    for (const [i, { calls }] of readCells(cells).entries()) assertInside(cells[i]!, calls);
  }
});
