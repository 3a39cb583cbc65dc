// Chromium has room for 125 memories of WebAssembly in all threads: a thread makes few, uses them again, and can do without.
// Those that libjpeg makes for itself are not counted: they are large enough for the garbage collector to see to them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { operatorNames } from '../../../src/core/operators';
import { releaseMemory, takeMemory } from '../../../src/core/webAssembly';
import { decodeImage } from '../../../src/decode/decode';
import { ImageEngine } from '../../../src/engine/imageEngine';
import { pngBytes } from '../../../src/export/png';
import { everyPng, png, pngChunks } from '../../golden/pictures/png';
import { base } from '../../options';
import { integers } from '../../random';

const limits = { maxPixels: 4_000_000 };
const jpeg = readFileSync(join(import.meta.dirname, '../../golden/pictures/jpeg/baseline-2x2.jpg'));

const { Instance, Memory } = WebAssembly;
let made = 0;
let isFull = false;

before(() => {
  class Counted extends Memory {
    constructor(limits: WebAssembly.MemoryDescriptor) {
      if (isFull) throw new RangeError('WebAssembly.Memory(): could not allocate memory');
      super(limits);
      made++;
    }
  }
  class Fitting extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      if (isFull && !imports?.['env']?.['memory']) throw new RangeError('WebAssembly.Instance(): Out of memory');
      super(module, imports);
    }
  }
  Object.assign(WebAssembly, { Instance: Fitting, Memory: Counted });
});
after(() => Object.assign(WebAssembly, { Instance, Memory }));

/** What is made while there is no room for a memory, and none to be used again. */
async function withoutRoom<T>(make: () => Promise<T>): Promise<T> {
  isFull = true;
  while (takeMemory());
  try {
    return await make();
  } finally {
    isFull = false;
  }
}

/** A PNG of pseudo-random colours, with alpha. */
async function picture(width: number, height: number): Promise<Uint8Array> {
  const below = integers(3);
  const data = Uint8Array.from({ length: width * height * 4 }, () => below(256));
  return pngBytes({ width, height, channels: 4, data });
}

/** Opens a file in an engine and asks for all that works in memories; returns what the engine has answered. */
async function work(engine: ImageEngine, file: Uint8Array) {
  const { width, height } = await engine.decode(file, limits);
  const region = { x: 0, y: 0, width: 14, height: 12, columns: 14, rows: 12 };
  const panes = Object.fromEntries(['input', ...operatorNames].map(pane => [pane, region]));
  const view = { mode: 'colour', orient: true } as const;
  const noise = { kind: 'gaussian', level: 20, seed: 1 } as const;
  const of = { view, options: base, alteration: noise, operators: ['max', 'average'] } as const;
  const layer = { ...base, operator: 'average' } as const;
  return [
    [width, height],
    engine.render({ view, options: base, regions: panes }).tiles,
    engine.render({ view, options: base, alteration: noise, regions: panes }).tiles,
    engine.scores({ ...of, isSample: false }),
    engine.scores({ ...of, isSample: true }),
    engine.shiftChanges({ ...of, alteration: { kind: 'shift', dy: 1, dx: 2 }, isSample: true }),
    engine.stageValues({ view, layers: [layer, layer], region: { x: 0, y: 0, width: 5, height: 4 } }),
    engine.render({ view: { ...view, mode: 'grey' }, options: base, regions: panes }).tiles,
    engine.render({ view: { ...view, mode: 'alpha' }, options: base, regions: panes }).tiles,
    await engine.encode({ view, options: base, pane: 'max', as: 'array' }),
  ];
}

for (const [name, open] of [
  ['a PNG', () => picture(40, 30)],
  ['a PNG whose charts are of a part', () => picture(1100, 960)],
  ['a JPEG', async () => jpeg],
] as const) {
  test(`${name} loaded again and again makes no more memories, and is the same each time`, async () => {
    const file = await open();
    const [other, engine] = [new ImageEngine(), new ImageEngine()];
    const [theirs, ours] = [await work(other, jpeg), await work(engine, file)];
    const enough = made;
    for (let i = 0; i < 4; i++) {
      assert.deepEqual(await work(engine, file), ours);
      assert.deepEqual(await work(other, jpeg), theirs);
    }
    assert.equal(made, enough);
  });

  test(`${name}: one engine makes at most five memories`, async () => {
    const file = await open();
    await withoutRoom(async () => {});
    const before = made;
    await work(new ImageEngine(), file);
    assert.ok(made - before <= 5, `${made - before}`);
  });
}

test('charts of the whole picture and of a part take turns with the same memories', async () => {
  const engine = new ImageEngine();
  await engine.decode(await picture(1100, 960), limits);
  const noise = { kind: 'gaussian', level: 20, seed: 1 } as const;
  const chart = (kernel: number) =>
    engine.scores({
      view: { mode: 'colour', orient: true },
      options: { ...base, kernelSize: [kernel, kernel], stride: [kernel, kernel] },
      alteration: noise,
      operators: ['max'],
      isSample: true,
    });
  const parts = [chart(2).part, chart(200).part];
  assert.deepEqual(
    parts.map(part => part?.width),
    [1024, undefined],
  );
  const enough = made;
  for (let i = 0; i < 4; i++) assert.deepEqual([chart(2).part, chart(200).part], parts);
  assert.equal(made, enough);
});

test('what others have left in a memory does not matter', async () => {
  const leave = () => {
    const memory = takeMemory(4 << 20)!;
    new Uint8Array(memory.buffer).fill(0xab);
    releaseMemory(memory);
  };
  for (const file of [jpeg, ...everyPng().map(({ spec }) => png(pngChunks(spec)))]) {
    const [expected, found] = [new ImageEngine(), new ImageEngine()];
    await withoutRoom(async () => {});
    await expected.decode(file, limits);
    leave();
    await found.decode(file, limits);
    for (const mode of ['colour', 'grey'] as const) {
      const view = { mode, orient: true };
      assert.deepEqual(found.pixels({ view }), expected.pixels({ view }));
    }
  }
});

test('a PNG that is only shown and pooled takes one memory', async () => {
  await withoutRoom(async () => {});
  const before = made;
  const engine = new ImageEngine();
  const { width, height } = await engine.decode(await picture(40, 30), limits);
  const region = { x: 0, y: 0, width, height, columns: width, rows: height };
  engine.render({ view: { mode: 'colour', orient: true }, options: base, regions: { input: region, max: region } });
  assert.equal(made - before, 1);
});

test('a PNG opens where there is no room for a memory, and all is computed as ever', async () => {
  const file = await picture(40, 30);
  const expected = await work(new ImageEngine(), file);
  // In plain code, SSIM's sums round differently.
  const rounded = (value: unknown) =>
    JSON.stringify(value, (_, part) => (typeof part === 'number' ? +part.toFixed(9) : part));
  assert.equal(rounded(await withoutRoom(() => work(new ImageEngine(), file))), rounded(expected));
});

test('a JPEG says that there is not enough memory, until there is', async () => {
  const engine = new ImageEngine();
  await assert.rejects(
    withoutRoom(() => engine.decode(jpeg, limits)),
    {
      code: 'outOfMemory',
      message: 'There is not enough memory for a picture of 41 × 29 pixels.',
    },
  );
  const { width } = await engine.decode(jpeg, limits);
  assert.equal(width, 41);
});

test('the grey of a JPEG that is open says so too', async () => {
  const image = await decodeImage(jpeg);
  await assert.rejects(
    withoutRoom(async () => image.grey()),
    RangeError,
  );
  assert.equal(image.grey().length, 41 * 29);
});
