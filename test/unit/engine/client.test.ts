import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { buildSync } from 'esbuild';
import { EngineClient } from '../../../src/engine/client';
import { Engines } from '../../../src/engine/engines';
import type { EngineFailure } from '../../../src/engine/message';
import { base } from '../../options';

const folder = mkdtempSync(join(tmpdir(), 'pooling-preview-'));
const worker = join(folder, 'worker.js');
const limits = { maxPixels: 100_000_000 };
const sample = () => new Uint8Array(readFileSync(join(import.meta.dirname, '../../../media/samples/mountain.jpg')));

before(() => {
  const options = { bundle: true, platform: 'node', format: 'cjs', target: 'node20' } as const;
  buildSync({ ...options, entryPoints: ['src/engine/worker.ts'], outfile: worker });
});
after(() => rmSync(folder, { recursive: true }));

const clients: EngineClient[] = [];
// A thread that a failed test left behind would keep this process alive for ever.
afterEach(() => Promise.all(clients.splice(0).map(client => client.close())));

function open(script = worker): { client: EngineClient; deaths: EngineFailure[] } {
  const deaths: EngineFailure[] = [];
  const client = new EngineClient(script, 128);
  client.onDied = failure => deaths.push(failure);
  clients.push(client);
  return { client, deaths };
}

const render = {
  view: { mode: 'colour', orient: true },
  options: base,
  regions: { max: { x: 10, y: 20, width: 30, height: 40, columns: 30, rows: 40 } },
} as const;

/** Waits for a state of this process. */
async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await new Promise(resolve => setTimeout(resolve, 5));
}

const counts = { view: render.view, options: base, operators: ['max', 'average'] } as const;

/** A worker of a few lines, to see what the client makes of it. */
function scripted(name: string, code: string): string {
  const file = join(folder, `${name}.js`);
  buildSync({ stdin: { contents: code }, outfile: file, platform: 'node', format: 'cjs' });
  return file;
}

test('decodes and renders in a thread of its own; tiles come in buffers of exactly their size', async () => {
  const { client, deaths } = open();
  const decoded = await client.decode(sample(), limits, true);
  assert.ok('ok' in decoded);
  assert.deepEqual([decoded.ok.width, decoded.ok.height, decoded.ok.format], [1024, 700, 'jpeg']);
  const rendered = await client.ask('render', render);
  assert.ok('ok' in rendered);
  const [tile] = rendered.ok.tiles;
  assert.ok(tile && tile.data instanceof Uint8Array);
  assert.equal(tile.data.buffer.byteLength, 30 * 40 * 3);
  await client.close();
  assert.deepEqual(deaths, []);
});

test('exact values cross the threads, in a buffer of their size', async () => {
  const { client } = open();
  await client.decode(sample(), limits, true);
  const request = { view: render.view, options: base, region: { x: 0, y: 5, width: 8, height: 3 } };
  // Twice, for what is kept in the worker must not be moved out of it.
  for (const pane of ['input', 'average', 'max', 'input', 'average', 'max'] as const) {
    const outcome = await client.ask('values', { ...request, pane });
    assert.ok('ok' in outcome);
    const { data } = outcome.ok;
    assert.deepEqual([data instanceof Float32Array, data.length, data.buffer.byteLength], [true, 72, 288]);
    assert.equal(
      data.some(value => !Number.isInteger(value)),
      pane === 'average',
    );
  }
});

test('derived pictures and counts cross the threads', async () => {
  const { client } = open();
  await client.decode(sample(), limits, true);
  const rendered = await client.ask('render', { ...render, regions: { argmax: render.regions.max } });
  assert.ok('ok' in rendered);
  const [tile] = rendered.ok.tiles;
  assert.deepEqual([tile?.pane, tile?.data.buffer.byteLength], ['argmax', 30 * 40 * 3]);
  // 2×2/2 windows have one winner each.
  assert.equal(tile?.data.filter(value => value === 255).length, 15 * 20 * 3);
  // Twice, for what is kept in the worker must not be moved out of it.
  for (let round = 0; round < 2; round++) {
    const counted = await client.ask('counts', counts);
    assert.ok('ok' in counted);
    const totals = Object.values(counted.ok).map(counts =>
      counts.map(bins => bins.reduce((sum, count) => sum + count)),
    );
    assert.deepEqual(
      totals,
      [1024 * 700, 512 * 350, 512 * 350].map(pixels => [pixels, pixels, pixels]),
    );
  }
});

test('failures come as data: a bad file, illegal options, nothing decoded', async () => {
  const { client } = open();
  assert.deepEqual(await client.ask('render', render), { err: { kind: 'empty' } });
  const text = await client.decode(new TextEncoder().encode('no picture'), limits, true);
  assert.ok('err' in text && text.err.kind === 'decode' && text.err.code === 'text');
  await client.decode(sample(), limits, true);
  const illegal = await client.ask('render', { ...render, options: { ...render.options, stride: [0, 0] } });
  assert.deepEqual(illegal, { err: { kind: 'refused', message: 'stride should not be zero' } });
  await client.close();
});

test('bytes that somebody else may hold are copied, others moved', async () => {
  const { client } = open();
  const kept = sample();
  await client.decode(kept, limits, false);
  assert.ok(kept.byteLength > 0);
  const part = sample().subarray(0, 1000);
  await client.decode(part, limits, true);
  assert.equal(part.byteLength, 1000);
  const moved = sample();
  const answer = client.decode(moved, limits, true);
  assert.equal(moved.byteLength, 0);
  assert.ok('ok' in (await answer));
  await client.close();
});

test('closing in the middle of a decode answers it and ends the thread', async () => {
  const note = join(folder, 'busy');
  const endless = `require('fs').writeFileSync(${JSON.stringify(note)}, ''); for (;;);`;
  const { client, deaths } = open(
    scripted('endless', `require('worker_threads').parentPort.on('message', () => { ${endless} })`),
  );
  const answers = Promise.all([client.decode(sample(), limits, true), client.ask('render', render)]);
  await until(() => existsSync(note));
  // The thread would never end by itself.
  await client.close();
  assert.deepEqual(await answers, [{ err: { kind: 'closed' } }, { err: { kind: 'closed' } }]);
  assert.deepEqual(await client.ask('render', render), { err: { kind: 'closed' } });
  assert.deepEqual(deaths, []);
});

for (const [name, code, expected] of [
  ['exits', 'process.exit(3)', { kind: 'died', message: 'worker exit code 3' }],
  ['throws', 'throw new Error("boom")', { kind: 'died', message: 'boom' }],
  ['runs out of memory', 'const hoard = []; for (;;) hoard.push(new Array(1e6).fill({}))', { kind: 'memory' }],
] as const) {
  test(`a worker that ${name} answers everything and is reported once`, async () => {
    const wait = `require('worker_threads').parentPort.on('message', m => { if (m.call === 'inspect') { ${code} } })`;
    const { client, deaths } = open(scripted(name.replaceAll(' ', '-'), wait));
    const answers = await Promise.all([
      client.ask('render', render),
      client.ask('inspect', { ...counts, spot: { pane: 'max', x: 0, y: 0 } }),
      client.ask('render', render),
    ]);
    assert.deepEqual(answers, [{ err: expected }, { err: expected }, { err: expected }]);
    assert.deepEqual(await client.ask('render', render), { err: expected });
    await client.close();
    assert.deepEqual(deaths, [expected]);
  });
}

test('a worker that cannot start is reported too', async () => {
  const { client, deaths } = open(join(folder, 'missing.js'));
  const answer = await client.ask('render', render);
  assert.ok('err' in answer && answer.err.kind === 'died' && answer.err.message.includes('missing.js'));
  assert.equal(deaths.length, 1);
});

test('engines are kept ahead: one more than is in use, which the next picture takes', async () => {
  const engines = new Engines(worker, true, 20);
  const first = engines.take(() => {});
  clients.push(first);
  // A thread that has started ahead answers as any other.
  await until(() => engines.hasSpare);
  const ports = () => process.getActiveResourcesInfo().filter(name => name === 'MessagePort').length;
  const before = ports();
  const deaths: EngineFailure[] = [];
  const second = engines.take(failure => deaths.push(failure));
  clients.push(second);
  assert.equal(ports(), before, 'no thread was started for it');
  assert.ok('ok' in (await second.decode(sample(), limits, true)));
  await engines.dispose();
  assert.deepEqual(deaths, []);
});

test('a spare engine that dies is not handed out', async () => {
  const engines = new Engines(scripted('mortal', 'setTimeout(() => process.exit(7), 50)'), true, 10);
  clients.push(engines.take(() => {}));
  await until(() => engines.hasSpare);
  await until(() => !engines.hasSpare);
  // The one taken now is alive, for a moment; a dead one would never say that it has died.
  const died = new Promise<EngineFailure>(resolve => clients.push(engines.take(resolve)));
  assert.deepEqual(await died, { kind: 'died', message: 'worker exit code 7' });
  await engines.dispose();
});
