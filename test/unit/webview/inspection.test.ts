import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type CallMessage, Channel, type Outcome } from '../../../src/channel';
import type { ColourMode } from '../../../src/core/view';
import type { Calls } from '../../../src/protocol';
import { Inspecting } from '../../../src/webview/inspection';
import { defaultKnobs } from '../../../src/webview/knobs';
import { makePlan, type Plan } from '../../../src/webview/plan';
import { initialState } from '../../../src/webview/savedState';
import { pictureInfo } from '../../pictureInfo';
import { integers } from '../../random';

const [width, height] = [12, 8];
const random = integers(7);
const samples = Uint8Array.from({ length: width * height }, () => random(256));

function planOf(kernel: number, mode: ColourMode = 'grey', channels: 1 | 3 = 1): Plan {
  const info = pictureInfo({ width, height, channels });
  return makePlan({ ...initialState, mode }, { ...defaultKnobs, kernel: [kernel, kernel] }, info);
}

describe('pointing', () => {
  let asked: CallMessage<Calls>[];
  let channel: Channel<Calls>;
  let inspecting: Inspecting;

  beforeEach(() => {
    asked = [];
    channel = new Channel<Calls>(question => asked.push(question));
    inspecting = new Inspecting(channel, () => {});
  });

  /** Answers the last question, and waits until the answer has been taken. */
  async function answer(outcome: Outcome<Calls[keyof Calls]['answer']>): Promise<void> {
    channel.receive({ id: asked.at(-1)!.id, outcome });
    await new Promise(resolve => setImmediate(resolve));
  }

  function countOf(call: keyof Calls): number {
    return asked.filter(question => question.call === call).length;
  }

  async function fetch(plan: Plan, data = samples): Promise<void> {
    inspecting.fetch(plan);
    await answer({ ok: { data } });
  }

  it('reads the same pixel anew when the knobs turn, though nothing is pointed at any more', async () => {
    await fetch(planOf(2));
    inspecting.at(planOf(2), { pane: 'max', x: 1, y: 1 });
    assert.equal(inspecting.inspection?.windows.max?.rows.length, 2);
    inspecting.at(planOf(3));
    assert.deepEqual([inspecting.inspection?.spot.x, inspecting.inspection?.windows.max?.rows.length], [1, 3]);
  });

  it('lets go of a pixel that the knobs have taken away', async () => {
    await fetch(planOf(2));
    inspecting.at(planOf(2), { pane: 'max', x: 5, y: 3 });
    assert.ok(inspecting.inspection);
    inspecting.at(planOf(4), { pane: 'max', x: 5, y: 3 });
    assert.equal(inspecting.inspection, undefined);
  });

  it('asks the host for one pixel at a time, and for the newest next', async () => {
    const plan = planOf(2);
    for (const x of [0, 1, 2]) inspecting.at(plan, { pane: 'max', x, y: 0 });
    assert.equal(countOf('inspect'), 1);
    await answer({ ok: { spot: { pane: 'max', x: 0, y: 0 }, windows: {}, uses: {} } });
    const last = asked.at(-1)!;
    assert.ok(last.call === 'inspect' && last.request.spot.x === 2);
    assert.equal(countOf('inspect'), 2);
  });

  it('asks once for samples that the host does not hand out, and again in another mode', async () => {
    const [grey, colour] = [planOf(2, 'grey', 3), planOf(2, 'colour', 3)];
    inspecting.fetch(grey);
    await answer({ err: { kind: 'memory' } });
    inspecting.fetch(grey);
    assert.equal(countOf('pixels'), 1);
    inspecting.fetch(colour);
    assert.equal(countOf('pixels'), 2);
  });

  it('waits for nothing that was asked of the picture before', () => {
    inspecting.fetch(planOf(2));
    inspecting.at(planOf(2), { pane: 'max', x: 1, y: 1 });
    inspecting.reset();
    inspecting.fetch(planOf(2));
    inspecting.at(planOf(2), { pane: 'max', x: 1, y: 1 });
    assert.deepEqual([countOf('pixels'), countOf('inspect')], [2, 2]);
  });

  it('takes no answer of the picture before', async () => {
    inspecting.fetch(planOf(2));
    inspecting.reset();
    await answer({ ok: { data: samples } });
    assert.equal(inspecting.valuesAt(planOf(2), 'input', 0, 0), undefined);
  });

  it('tells values only of windows that are quickly read', async () => {
    const info = pictureInfo({ width: 70, height: 70, channels: 1 });
    const plan = (size: number) =>
      makePlan(initialState, { ...defaultKnobs, kernel: [size, size], stride: [1, 1] }, info);
    await fetch(plan(2), new Uint8Array(70 * 70).fill(9));
    assert.deepEqual(inspecting.valuesAt(plan(64), 'average', 0, 0), [9]);
    assert.equal(inspecting.valuesAt(plan(65), 'average', 0, 0), undefined);
  });
});
