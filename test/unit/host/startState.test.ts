import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LastState, startFrom } from '../../../src/host/startState';
import { initialState, parseState } from '../../../src/webview/savedState';

/** A memento, and how often it was written to. */
function memento() {
  const kept = new Map<string, unknown>();
  const counts = { written: 0 };
  return {
    counts,
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key) as never,
    update: async (key: string, value: unknown) => {
      counts.written++;
      kept.set(key, value);
    },
  };
}

const chosen = {
  ...initialState,
  mode: 'grey',
  extras: ['difference'],
  view: { scale: 4, x: 10, y: 20 },
  pin: { pane: 'max', x: 1, y: 2 },
} as const;

test('another picture takes over all but the place in this one', () => {
  assert.deepEqual(parseState(startFrom(chosen)), { ...chosen, view: initialState.view, pin: null });
});

test('what was chosen last is remembered, and written only where it is new', () => {
  const store = memento();
  const last = new LastState(store);
  assert.equal(last.state, undefined);
  last.remember(chosen);
  assert.deepEqual(last.state, startFrom(chosen));
  last.remember({ ...chosen, view: { scale: 8, x: 0, y: 0 }, pin: null });
  assert.equal(store.counts.written, 1);
  last.remember({ ...chosen, mode: 'colour' });
  assert.equal(store.counts.written, 2);
  assert.equal(new LastState(store).state?.['mode'], 'colour');
});

test('every page keeps the height that the user gave the dock', () => {
  const last = new LastState(memento());
  assert.equal(last.layout, undefined);
  last.remember({ ...chosen, dock: 300 });
  assert.deepEqual(last.layout, { dock: 300 });
  last.remember({ ...chosen, dock: null });
  assert.equal(last.layout, undefined);
});
