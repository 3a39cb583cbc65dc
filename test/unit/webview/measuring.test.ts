import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { type CallMessage, Channel, type Failure } from '../../../src/channel';
import type { Calls, CompareRequest } from '../../../src/protocol';
import { type Measure, type Measured, Measuring } from '../../../src/webview/lab/measuring';
import { base } from '../../options';

/** A measurement that differs from others by its seed. */
function measure(seed: number, part: Partial<CompareRequest> = {}): Measure {
  const view = { mode: 'colour', orient: true } as const;
  const alteration = { kind: 'salt', level: 0.1, seed } as const;
  const request = { view, alteration, options: base, operators: ['max'] as const, isSample: false, ...part };
  return { call: 'scores', request };
}

const list = (...seeds: number[]) => seeds.map(seed => measure(seed));
const numbers = (psnr: number): Measured => ({ of: { max: { psnr, bias: 0, spread: 0 } } });

describe('measuring', () => {
  let asked: CallMessage<Calls>[];
  let answers: number;
  let channel: Channel<Calls>;
  let measuring: Measuring;

  beforeEach(() => {
    asked = [];
    answers = 0;
    channel = new Channel<Calls>(question => asked.push(question));
    measuring = new Measuring(channel, () => answers++);
  });

  /** The seeds of all requests so far. */
  const seeds = () => asked.map(({ request }) => (request as { alteration: { seed: number } }).alteration.seed);

  /** Answers a request, at first the last one, and waits until the answer has been taken. */
  async function answer(psnr: number, id = asked.at(-1)!.id): Promise<void> {
    channel.receive({ id, outcome: { ok: numbers(psnr) as Calls['scores']['answer'] } });
    await taken();
  }

  async function fail(err: Failure): Promise<void> {
    channel.receive({ id: asked.at(-1)!.id, outcome: { err } });
    await taken();
  }

  const taken = () => new Promise(resolve => setImmediate(resolve));

  it('asks one after the other, in order, and tells of each answer', async () => {
    measuring.want(list(1, 2, 3), false);
    assert.deepEqual(seeds(), [1]);
    assert.equal(measuring.answer(measure(1)), undefined);
    await answer(20);
    assert.deepEqual([seeds(), answers], [[1, 2], 1]);
    await answer(30);
    await answer(40);
    assert.deepEqual([seeds(), answers], [[1, 2, 3], 3]);
    assert.deepEqual(
      list(1, 2, 3).map(each => measuring.answer(each)),
      [numbers(20), numbers(30), numbers(40)],
    );
    // The first of the list is what the page says in words.
    assert.deepEqual(measuring.latest, { measure: measure(1), measured: numbers(20) });
  });

  it('goes on with the newest list only, and what was known stays until its first answer is here', async () => {
    measuring.want(list(1, 2), false);
    await answer(20);
    measuring.want(list(5, 6), false);
    assert.deepEqual(seeds(), [1, 2], 'one at a time');
    assert.deepEqual(measuring.latest?.measure, measure(1));
    await answer(30);
    assert.deepEqual(seeds(), [1, 2, 5]);
    assert.deepEqual(measuring.latest?.measure, measure(1), 'an answer of the list before is no latest');
    await answer(50);
    assert.deepEqual([measuring.latest?.measure, seeds()], [measure(5), [1, 2, 5, 6]]);
    await answer(60);
    assert.deepEqual(seeds(), [1, 2, 5, 6]);
  });

  it('asks nothing twice: equal requests have one answer, kept for a turn of the slider and back', async () => {
    measuring.want(list(1, 2), false);
    await answer(20);
    await answer(30);
    measuring.want(list(2, 1, 3), false);
    assert.deepEqual(seeds(), [1, 2, 3]);
    assert.deepEqual(measuring.latest, { measure: measure(2), measured: numbers(30) });
    assert.equal(answers, 3, 'what was known is told as well');
    measuring.want(list(2, 3), false);
    assert.equal(answers, 3, 'once');
    await answer(40);
    measuring.want(list(1, 2), false);
    assert.deepEqual([seeds(), measuring.latest?.measure], [[1, 2, 3], measure(1)]);
    // What is measured is not the same.
    measuring.want([measure(1, { isSample: true })], false);
    measuring.want([{ ...measure(1), call: 'shiftChanges' }], false);
    assert.equal(asked.length, 4);
    await answer(50);
    assert.deepEqual(
      asked.slice(3).map(({ call, request }) => [call, (request as CompareRequest).isSample]),
      [
        ['scores', true],
        ['shiftChanges', false],
      ],
    );
  });

  it('asks for points of a chart two at a time, beside what is on screen, and each once', async () => {
    const points = [2, 3, 4].map(seed => measure(seed, { isSample: true }));
    measuring.want([measure(1), ...points], false);
    assert.deepEqual(seeds(), [1, 2]);
    // The point is here before what was asked first.
    await answer(20, asked[1]!.id);
    assert.deepEqual([seeds(), measuring.latest], [[1, 2, 3], undefined]);
    await answer(10, asked[0]!.id);
    assert.deepEqual([seeds(), measuring.latest?.measure], [[1, 2, 3, 4], measure(1)]);
    await answer(40);
    await answer(30, asked[2]!.id);
    assert.deepEqual(seeds(), [1, 2, 3, 4]);
    assert.deepEqual(
      points.map(point => measuring.answer(point)),
      [numbers(20), numbers(30), numbers(40)],
    );
    assert.equal(answers, 4, 'all are told');
  });

  it('takes a failure for an answer without numbers', async () => {
    measuring.want(list(1, 2), false);
    await fail({ kind: 'memory' });
    assert.deepEqual([measuring.answer(measure(1)), seeds(), answers], [{ of: {} }, [1, 2], 1]);
    await answer(30);
    measuring.want(list(1), false);
    assert.deepEqual(seeds(), [1, 2]);
  });

  it('begins anew with another picture, also while one is asked', async () => {
    measuring.want(list(1, 2), false);
    await answer(20);
    measuring.reset();
    assert.deepEqual([measuring.latest, measuring.answer(measure(1))], [undefined, undefined]);
    measuring.want(list(1, 2), false);
    assert.deepEqual(seeds(), [1, 2]);
    // It is of the picture before.
    await answer(99);
    assert.deepEqual([seeds(), answers, measuring.answer(measure(2))], [[1, 2, 1], 1, undefined]);
    await answer(21);
    assert.deepEqual(measuring.latest?.measured, numbers(21));
    measuring.reset();
    await answer(31);
    assert.deepEqual([seeds().length, answers], [4, 2], 'nothing is wanted');
  });

  it('forgets the oldest answers beyond those of many turns', async () => {
    measuring.want(list(...Array.from({ length: 401 }, (_, seed) => seed)), false);
    for (let i = 0; i < 401; i++) await answer(i);
    // The first is forgotten, and wanted.
    assert.deepEqual(seeds().slice(-2), [400, 0]);
    assert.deepEqual(measuring.answer(measure(400)), numbers(400));
  });

  it('of a large picture waits until the slider rests', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      measuring.want(list(1), true);
      mock.timers.tick(100);
      measuring.want(list(2), true);
      mock.timers.tick(100);
      assert.deepEqual(seeds(), []);
      mock.timers.tick(50);
      assert.deepEqual(seeds(), [2]);
      // The next one waits as well, though this one is on the way.
      measuring.want(list(3, 4), true);
      await answer(20);
      assert.deepEqual([seeds(), measuring.answer(measure(2))], [[2], numbers(20)]);
      mock.timers.tick(150);
      assert.deepEqual(seeds(), [2, 3]);
      // A small picture's does not.
      measuring.want(list(5), false);
      await answer(30);
      assert.deepEqual(seeds(), [2, 3, 5]);
      await answer(50);
      measuring.want(list(6), true);
      measuring.reset();
      mock.timers.tick(1000);
      assert.deepEqual(seeds(), [2, 3, 5]);
    } finally {
      mock.timers.reset();
    }
  });
});
