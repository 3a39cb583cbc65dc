import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, type CallMessage, Channel, type Failure, Throttler } from '../../src/channel';

interface Sums {
  add: { request: readonly number[]; answer: number };
  fail: { request: string; answer: never };
}

const toFailure = (error: unknown): Failure => ({ kind: 'died', message: (error as Error).message });

/** A channel to somebody who can add. */
function open(lastId = 0) {
  const asked: CallMessage<Sums>[] = [];
  const channel = new Channel<Sums>(question => asked.push(question), lastId);
  const reply = async (question: CallMessage<Sums>) =>
    channel.receive(
      await answer<Sums, Failure>(
        {
          add: numbers => numbers.reduce((sum, number) => sum + number, 0),
          fail: message => {
            throw new Error(message);
          },
        },
        question,
        toFailure,
      ),
    );
  return { channel, asked, reply };
}

test('each question gets its own answer, in whatever order they come', async () => {
  const { channel, asked, reply } = open();
  const answers = [channel.call('add', [1, 2]), channel.call('add', [3, 4]), channel.call('fail', 'no')];
  for (const question of asked.toReversed()) await reply(question);
  assert.deepEqual(await Promise.all(answers), [{ ok: 3 }, { ok: 7 }, { err: { kind: 'died', message: 'no' } }]);
});

test('answers to somebody who used the wire before are dropped', async () => {
  const { channel, asked, reply } = open(1000);
  const waiting = channel.call('add', [1]);
  for (const id of [1, 999, 1000, 1002]) channel.receive({ id, outcome: { ok: 5 } });
  await reply(asked[0]!);
  assert.deepEqual(await waiting, { ok: 1 });
});

test('when it ends, all that wait and all that ask are told why', async () => {
  const { channel, asked } = open();
  const waiting = channel.call('add', [1]);
  channel.end({ kind: 'closed' });
  channel.end({ kind: 'memory' });
  assert.deepEqual(await waiting, { err: { kind: 'closed' } });
  assert.deepEqual(await channel.call('add', [2]), { err: { kind: 'closed' } });
  assert.equal(asked.length, 1);
});

test('what cannot be sent is told to who asked, and is not waited for', async () => {
  const channel = new Channel<Sums>(() => {
    throw new Error('too large');
  });
  await assert.rejects(channel.call('add', []), /too large/);
});

test('of tasks that come while one runs only the newest is carried out', async () => {
  const throttler = new Throttler();
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const task = (number: number) =>
    throttler.queue(async () => {
      started.push(number);
      await new Promise<void>(resolve => ends.push(resolve));
      return number;
    });
  const results = [1, 2, 3, 4].map(task);
  assert.deepEqual(started, [1]);
  assert.deepEqual(await Promise.all(results.slice(1, 3)), [undefined, undefined]);
  ends[0]!();
  assert.equal(await results[0], 1);
  while (started.length < 2) await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(started, [1, 4]);
  const last = task(5);
  assert.deepEqual(started, [1, 4], 'one at a time');
  ends[1]!();
  assert.equal(await results[3], 4);
  while (started.length < 3) await new Promise(resolve => setImmediate(resolve));
  ends[2]!();
  assert.equal(await last, 5);
});

test('a task that fails lets the next one begin', async () => {
  const throttler = new Throttler();
  const failing = throttler.queue(async () => {
    throw new Error('boom');
  });
  const next = throttler.queue(async () => 2);
  await assert.rejects(failing, /boom/);
  assert.equal(await next, 2);
});
