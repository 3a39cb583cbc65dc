// What the platform for browsers has of the browser: compression and threads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeImage } from '../../src/decode/decode';
import type { WorkerDeath } from '../../src/platform/platform';
import { startWorker, workerScript, writePng } from '../../src/platform/web';

for (const bits of [8, 16] as const) {
  test(`a PNG of ${bits} bits reads back as it was`, async () => {
    const [width, height, channels] = [300, 200, 3] as const;
    const values = Array.from({ length: width * height * channels }, (_, i) => (i * i) >> 3);
    const data = bits === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
    const image = await decodeImage(await writePng({ width, height, channels, data }));
    assert.deepEqual([image.width, image.height, image.channels], [width, height, channels]);
    assert.deepEqual(image.data, data);
  });
}

/** Starts a thread of a few lines. */
async function start(code: string) {
  return startWorker(
    await workerScript('', async name => new TextEncoder().encode(name === 'worker.js' ? code : '')),
    options,
  );
}
const options = { name: 'test', heapMegabytes: 128 };

test('a thread answers, and what is moved is not copied', async () => {
  const worker = await start('onmessage = ({ data }) => postMessage(data, [data.buffer])');
  const bytes = Uint8Array.of(1, 2, 3);
  const reply = new Promise(resolve => worker.onMessage(resolve));
  worker.postMessage(bytes, [bytes.buffer]);
  assert.equal(bytes.length, 0);
  assert.deepEqual(await reply, Uint8Array.of(1, 2, 3));
  await worker.terminate();
});

for (const [what, code, death] of [
  ['an error that nothing catches', 'throw new Error("no more")', { kind: 'died', message: 'Uncaught Error: no more' }],
  ['want of memory', 'new Uint8Array(2 ** 52)', { kind: 'memory' }],
  ['a script that is none', '?', { kind: 'died', message: "Uncaught SyntaxError: Unexpected token '?'" }],
] as const) {
  test(`a thread dies of ${what}`, async () => {
    const worker = await start(code);
    assert.deepEqual(await new Promise<WorkerDeath>(resolve => worker.onDeath(resolve)), death);
  });
}

test('a thread whose script is not there has died', async () => {
  const worker = startWorker('blob:null/0', options);
  const { kind } = await new Promise<WorkerDeath>(resolve => worker.onDeath(resolve));
  assert.equal(kind, 'died');
});
