import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FromWebview } from '../../src/protocol';
import { defaultKnobs } from '../../src/webview/knobs';
import { makePlan, type Plan } from '../../src/webview/plan';
import { Pointing } from '../../src/webview/pointing';
import { initialState } from '../../src/webview/state';
import { integers } from '../random';

const [width, height] = [12, 8];
const random = integers(7);
const samples = Uint8Array.from({ length: width * height }, () => random(256));

function planOf(kernel: number, mode: Plan['mode'] = 'grey', channels: 1 | 3 = 1): Plan {
  const info = { width, height, channels, bitDepth: 8, format: 'png', orientation: 1, notes: [] } as const;
  return makePlan({ ...initialState, mode, knobs: { ...defaultKnobs, kernel: [kernel, kernel] } }, info);
}

describe('pointing', () => {
  let posted: FromWebview[];
  let pointing: Pointing;

  beforeEach(() => {
    posted = [];
    pointing = new Pointing(message => posted.push(message));
  });

  function revisions(type: 'inspect' | 'pixels'): number[] {
    return posted.flatMap(message => (message.type === type ? [message.request.revision] : []));
  }

  function fetch(plan: Plan): void {
    pointing.fetch(plan);
    pointing.pixels({ type: 'pixels', revision: revisions('pixels').at(-1)!, data: samples });
  }

  it('reads the same pixel anew when the knobs turn, though nothing is pointed at any more', () => {
    fetch(planOf(2));
    pointing.at(planOf(2), { pane: 'max', x: 1, y: 1 });
    assert.equal(pointing.inspection?.max?.rows.length, 2);
    pointing.at(planOf(3));
    assert.deepEqual([pointing.inspection?.spot.x, pointing.inspection?.max?.rows.length], [1, 3]);
  });

  it('lets go of a pixel that the knobs have taken away', () => {
    fetch(planOf(2));
    pointing.at(planOf(2), { pane: 'max', x: 5, y: 3 });
    assert.ok(pointing.inspection);
    pointing.at(planOf(4), { pane: 'max', x: 5, y: 3 });
    assert.equal(pointing.inspection, undefined);
  });

  it('asks the host for one pixel at a time, and for the newest next', () => {
    const plan = planOf(2);
    for (const x of [0, 1, 2]) pointing.at(plan, { pane: 'max', x, y: 0 });
    assert.equal(revisions('inspect').length, 1);
    const first = { pane: 'max', x: 0, y: 0 } as const;
    pointing.inspected({ type: 'inspected', revision: revisions('inspect')[0]!, inspection: { spot: first } });
    const asked = posted.at(-1)!;
    assert.ok(asked.type === 'inspect' && asked.request.spot.x === 2);
  });

  it('asks once for samples that the host does not hand out, and again in another mode', () => {
    const [grey, colour] = [planOf(2, 'grey', 3), planOf(2, 'colour', 3)];
    pointing.fetch(grey);
    pointing.pixels({ type: 'pixels', revision: revisions('pixels')[0]! });
    pointing.fetch(grey);
    assert.equal(revisions('pixels').length, 1);
    pointing.fetch(colour);
    assert.equal(revisions('pixels').length, 2);
  });

  it('tells values only of windows that are quickly read', () => {
    const info = { width: 70, height: 70, channels: 1, bitDepth: 8, format: 'png', orientation: 1, notes: [] } as const;
    const plan = (size: number) =>
      makePlan({ ...initialState, knobs: { ...defaultKnobs, kernel: [size, size], stride: [1, 1] } }, info);
    pointing.fetch(plan(2));
    pointing.pixels({
      type: 'pixels',
      revision: revisions('pixels')[0]!,
      data: new Uint8Array(70 * 70).fill(9),
    });
    assert.deepEqual(pointing.valuesAt(plan(64), 'average', 0, 0), [9]);
    assert.equal(pointing.valuesAt(plan(65), 'average', 0, 0), undefined);
  });
});
