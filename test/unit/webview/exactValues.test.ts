import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type CallMessage, Channel, type Outcome } from '../../../src/channel';
import type { ColourMode } from '../../../src/core/view';
import type { Calls, Values, ValuesRequest } from '../../../src/protocol';
import { ExactValues } from '../../../src/webview/exactValues';
import { defaultKnobs } from '../../../src/webview/knobs';
import { makePlan, type Plan } from '../../../src/webview/plan';
import { initialState } from '../../../src/webview/savedState';
import { pictureInfo } from '../../pictureInfo';

const info = pictureInfo({ width: 400, height: 300 });

function planOf(kernel: number, mode: ColourMode = 'colour'): Plan {
  return makePlan({ ...initialState, mode }, { ...defaultKnobs, kernel: [kernel, kernel] }, info);
}

const region = { x: 10, y: 20, width: 3, height: 2 };
const moved = { ...region, x: 11 };
/** Value i of a reply is i + 0.5. */
const reply = (size = region) => ({
  ok: { data: Float32Array.from({ length: size.width * size.height * 3 }, (_, i) => i + 0.5) },
});

describe('exact values', () => {
  let asked: CallMessage<Calls>[];
  let channel: Channel<Calls>;
  let values: ExactValues;
  let drawn: number;

  beforeEach(() => {
    asked = [];
    drawn = 0;
    channel = new Channel<Calls>(question => asked.push(question));
    values = new ExactValues(channel, () => drawn++);
  });

  /** Answers a question, by default the last one, and waits until the answer has been taken. */
  async function answer(outcome: Outcome<Values> = reply(), question = asked.at(-1)!): Promise<void> {
    channel.receive({ id: question.id, outcome });
    await new Promise(resolve => setImmediate(resolve));
  }

  const requests = () => asked.map(({ request }) => request as ValuesRequest);
  const panes = () => requests().map(({ pane }) => pane);

  it('are requested one pane after the other, and told by pixel', async () => {
    const plan = planOf(2);
    values.show(plan, { max: region, average: moved });
    assert.deepEqual(requests(), [{ view: plan.view, options: plan.options, pane: 'max', region }]);
    assert.equal(values.valuesAt(plan, 'max', 10, 20), undefined);
    await answer();
    assert.deepEqual(panes(), ['max', 'average']);
    await answer();
    assert.deepEqual([panes().length, drawn], [2, 2]);
    assert.deepEqual(values.valuesAt(plan, 'max', 10, 20), [0.5, 1.5, 2.5]);
    assert.deepEqual(values.valuesAt(plan, 'average', 12, 21), [12.5, 13.5, 14.5]);
    for (const [x, y] of [
      [9, 20],
      [13, 20],
      [10, 19],
      [10, 22],
    ] as const) {
      assert.equal(values.valuesAt(plan, 'max', x, y), undefined);
    }
    assert.equal(values.valuesAt(plan, 'input', 10, 20), undefined);
  });

  it('are requested again only for pixels that are not here', async () => {
    const plan = planOf(2);
    values.show(plan, { max: region });
    await answer();
    values.show(plan, { max: { x: 11, y: 21, width: 2, height: 1 } });
    assert.equal(asked.length, 1);
    values.show(plan, { max: moved });
    assert.equal(asked.length, 2);
    // The pixels that both have stay until the reply is here.
    assert.deepEqual(values.valuesAt(plan, 'max', 11, 20), [3.5, 4.5, 5.5]);
    await answer();
    assert.deepEqual(values.valuesAt(plan, 'max', 11, 20), [0.5, 1.5, 2.5]);
  });

  it('are those of the newest view, whatever was asked between', async () => {
    const plan = planOf(2);
    for (let x = 0; x < 5; x++) values.show(plan, { max: { ...region, x } });
    assert.equal(asked.length, 1);
    await answer();
    await answer();
    assert.deepEqual(
      requests().map(({ region: { x } }) => x),
      [0, 4],
    );
  });

  it('do not outlive the options that they were computed with', async () => {
    const [before, after] = [planOf(2), planOf(3)];
    values.show(before, { input: region, max: region });
    await answer();
    await answer();
    values.show(after, { input: region, max: region });
    assert.equal(values.valuesAt(after, 'max', 10, 20), undefined);
    // The input's do.
    assert.deepEqual(values.valuesAt(after, 'input', 10, 20), [0.5, 1.5, 2.5]);
    assert.deepEqual(panes(), ['input', 'max', 'max']);
    const grey = planOf(3, 'grey');
    values.show(grey, { input: region });
    assert.equal(values.valuesAt(grey, 'input', 10, 20), undefined);
  });

  it('of a plan that says the same stay', async () => {
    const [plan, equal] = [planOf(2), planOf(2)];
    values.show(plan, { max: region });
    values.show(equal, { max: region });
    await answer();
    assert.deepEqual(values.valuesAt(equal, 'max', 10, 20), [0.5, 1.5, 2.5]);
    values.show(plan, { max: region });
    assert.deepEqual(values.valuesAt(plan, 'max', 10, 20), [0.5, 1.5, 2.5]);
    assert.equal(asked.length, 1);
  });

  it('that are refused are not requested again under the same plan', async () => {
    const plan = planOf(2);
    values.show(plan, { max: region });
    await answer({ err: { kind: 'outside' } });
    values.show(plan, { max: region });
    assert.deepEqual([asked.length, drawn, values.valuesAt(plan, 'max', 10, 20)], [1, 0, undefined]);
    values.show(planOf(3), { max: region });
    assert.equal(asked.length, 2);
  });

  it('of more pixels than have room for a number are not requested', () => {
    values.show(planOf(2), { input: { x: 0, y: 0, width: 129, height: 128 }, max: region });
    assert.deepEqual(panes(), ['max']);
  });

  it('of the picture before are dropped, and wait for nothing', async () => {
    const plan = planOf(2);
    values.show(plan, { max: region });
    values.reset();
    values.show(plan, { max: moved });
    assert.equal(asked.length, 2);
    await answer(reply(), asked[0]);
    assert.deepEqual([drawn, values.valuesAt(plan, 'max', 11, 20)], [0, undefined]);
    await answer();
    assert.deepEqual(values.valuesAt(plan, 'max', 11, 20), [0.5, 1.5, 2.5]);
    values.reset();
    assert.equal(values.valuesAt(plan, 'max', 11, 20), undefined);
  });
});
