import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { PoolError, type PoolOptions } from '../../../src/core/options';
import type { DerivedKind, PaneKind } from '../../../src/core/panes';
import { avgPool2d, maxPool2d } from '../../../src/core/pool';
import type { Region } from '../../../src/core/region';
import type { Tensor } from '../../../src/core/tensor';
import type { ColourMode } from '../../../src/core/view';
import { ImageEngine } from '../../../src/engine/imageEngine';
import type { Counterpart } from '../../../src/protocol';
import { none, one, base as pool } from '../../options';
import { plainAvgPool2d, plainMaxPool2d } from '../../pooling';
import { integers } from '../../random';
import { areaAverages } from './areaAverages';

const limits = { maxPixels: 1_000_000 };

/** A PNG of pseudo-random samples. */
function pngOf(width: number, height: number, bitDepth: 8 | 16, hasAlpha: boolean, below = 2 ** bitDepth): Uint8Array {
  const length = width * height * (hasAlpha ? 4 : 3);
  const samples = bitDepth === 8 ? new Uint8Array(length) : new Uint16Array(length);
  const next = integers(9);
  for (let i = 0; i < length; i++) samples[i] = next(below);
  const colorType = hasAlpha ? 6 : 2;
  const format = { colorType, inputColorType: colorType, inputHasAlpha: hasAlpha, bitDepth } as const;
  const png = new PNG({ width, height, ...format });
  png.data = Buffer.from(samples.buffer);
  return new Uint8Array(PNG.sync.write(png, format));
}

const whole = (width: number, height: number): Region => ({ x: 0, y: 0, width, height, columns: width, rows: height });

/** What a person sees. */
const shown = ({ data }: Tensor) => Uint8Array.from(data, value => (data instanceof Uint8Array ? value : value / 256));

async function open(file: Uint8Array, mode: ColourMode = 'colour') {
  const engine = new ImageEngine();
  const { width, height } = await engine.decode(file, limits);
  const { data } = engine.pixels({ view: { mode, orient: true } });
  const tensor: Tensor<Uint8Array | Uint16Array> = { shape: [1, data.length / (width * height), height, width], data };
  const render = (regions: Partial<Record<PaneKind, Region>>, options = pool, against?: Counterpart) =>
    engine.render({ view: { mode, orient: true }, options, ...(against && { against }), regions }).tiles;
  const tile = (pane: PaneKind, region: Region, options = pool, against?: Counterpart) =>
    render({ [pane]: region }, options, against)[0];
  return { engine, tensor, render, tile };
}

test('differences and changes are those of the bytes in the other panes', async () => {
  for (const [bitDepth, mode, channels] of [
    [8, 'grey', 1],
    [8, 'colour', 3],
    [8, 'alpha', 4],
    [16, 'colour', 3],
    [16, 'alpha', 4],
  ] as const) {
    const { render } = await open(pngOf(12, 10, bitDepth, true), mode);
    const out = whole(6, 5);
    const all = whole(12, 10);
    const tiles = render({ input: all, max: out, average: out, difference: out, maxChange: all, averageChange: all });
    const [input, max, average, difference, maxChange, averageChange] = tiles.map(({ data }) => data);
    const isAlpha = (i: number) => channels === 4 && i % 4 === 3;
    assert.deepEqual(
      difference,
      max!.map((value, i) => (isAlpha(i) ? 255 : Math.abs(value - average![i]!))),
    );
    for (const [change, output] of [
      [maxChange!, max!],
      [averageChange!, average!],
    ] as const) {
      const expected = input!.map((value, i) => {
        const x = Math.floor(i / channels) % 12;
        const y = Math.floor(i / channels / 12);
        const at = ((y >> 1) * 6 + (x >> 1)) * channels + (i % channels);
        return isAlpha(i) ? 255 : Math.abs(value - output[at]!);
      });
      assert.deepEqual(change, expected);
    }
    assert.deepEqual(new Set(tiles.map(tile => tile.channels)), new Set([channels]));
  }
});

test('the maxima’s places are those that return_indices reports, and unpooled values go there', async () => {
  for (const bitDepth of [8, 16] as const) {
    const { tensor, tile } = await open(pngOf(40, 30, bitDepth, false, bitDepth === 8 ? 5 : 1025));
    for (const options of [pool, { ...pool, kernelSize: [3, 3], stride: [1, 1], padding: one }] as PoolOptions[]) {
      const { output, indices } = plainMaxPool2d(tensor, { ...options, returnIndices: true });
      const places = new Uint8Array(tensor.data.length);
      const values = new Uint8Array(tensor.data.length);
      for (const [i, index] of indices!.entries()) {
        const at = index * 3 + (i % 3);
        places[at] = 255;
        values[at] = shown(output)[i]!;
      }
      assert.deepEqual(tile('argmax', whole(40, 30), options)!.data, places);
      assert.deepEqual(tile('unpooled', whole(40, 30), options)!.data, values);
    }
  }
});

test('outputs of different sizes have no difference', async () => {
  const { render } = await open(pngOf(12, 10, 8, false));
  const options = { ...pool, dilation: [2, 2] as const };
  const tiles = render({ max: whole(1, 1), difference: whole(1, 1) }, options);
  assert.deepEqual(
    tiles.map(({ pane }) => pane),
    ['max'],
  );
});

test('a part or a smaller copy of a derived picture is just that', async () => {
  const { tile } = await open(pngOf(61, 47, 8, false));
  for (const pane of ['difference', 'maxChange', 'argmax', 'unpooled'] as const) {
    const [width, height] = pane === 'difference' ? [30, 23] : [61, 47];
    const { data, channels } = tile(pane, whole(width, height))!;
    const surface = { width, height, channels, data } as const;
    for (const region of [
      { x: 5, y: 4, width: 20, height: 15, columns: 20, rows: 15 },
      { x: 3, y: 2, width: 25, height: 19, columns: 7, rows: 6 },
      { x: 3, y: 2, width: 25, height: 19, columns: 24, rows: 19 },
      { x: 0, y: 0, width, height, columns: 1, rows: 1 },
    ]) {
      const part = tile(pane, region)!;
      const { data: samples, ...rest } = part;
      assert.deepEqual(rest, { ...region, pane, channels: 3 });
      assert.equal(samples.buffer.byteLength, region.columns * region.rows * 3);
      for (const [i, value] of [...areaAverages(surface, region)].entries()) {
        assert.ok(Math.abs(samples[i]! - value) <= 0.5 + 1e-9, `${pane} ${JSON.stringify(region)}`);
      }
    }
  }
});

/** Keras' 'same' pads 0 before and 1 after where PyTorch's padding=1 pads both. */
const padded: PoolOptions = { ...pool, kernelSize: [3, 3], padding: one };

test('the mask is white exactly where exact values differ or the other has no pixel', async () => {
  const cases: [PoolOptions, Counterpart][] = [
    [padded, { operator: 'max', options: { ...padded, padding: 'same' } }],
    [padded, { operator: 'average', options: { ...padded, padding: 'same' } }],
    [padded, { operator: 'average', options: { ...padded, countIncludePad: false } }],
    [
      { ...padded, ceilMode: true },
      { operator: 'max', options: padded },
    ],
    [padded, { operator: 'max', options: { ...padded, ceilMode: true } }],
    [
      { ...pool, kernelSize: [2, 2], dilation: [2, 2] },
      { operator: 'average', options: { ...pool, framework: 'onnx', dilation: [2, 2] } },
    ],
    // Larger than what is compared at a time.
    [
      { ...padded, stride: [1, 1] },
      { operator: 'average', options: { ...padded, stride: [1, 1], padding: 'same' } },
    ],
    [
      { ...padded, stride: [1, 1] },
      { operator: 'max', options: { ...padded, stride: [1, 1], padding: none } },
    ],
  ];
  for (const [bitDepth, width, height] of [
    [8, 461, 333],
    [8, 12, 10],
    [16, 13, 11],
  ] as const) {
    const { tensor, tile, render } = await open(pngOf(width, height, bitDepth, false, 9));
    for (const [options, against] of cases) {
      const poolPlainly = against.operator === 'max' ? plainMaxPool2d : plainAvgPool2d;
      const ours: Tensor = poolPlainly(tensor, options).output;
      const theirs: Tensor = poolPlainly(tensor, against.options).output;
      const [, , rows, columns] = ours.shape;
      const [, , theirRows, theirColumns] = theirs.shape;
      const expected = Uint8Array.from({ length: rows * columns }, (_, i) => {
        const [y, x] = [Math.floor(i / columns), i % columns];
        const differs = [0, 1, 2].some(
          c => ours.data[(y * columns + x) * 3 + c] !== theirs.data[(y * theirColumns + x) * 3 + c],
        );
        return y >= theirRows || x >= theirColumns || differs ? 255 : 0;
      });
      const mask = tile('mask', whole(columns, rows), options, against)!;
      const label = JSON.stringify([width, options, against]);
      assert.equal(mask.channels, 1);
      assert.deepEqual(mask.data, expected, label);
      // The poolings in the other panes are not spoilt by it, nor it by them.
      const [, , averageRows, averageColumns] = avgPool2d(tensor, options).output.shape;
      const [, , maxRows, maxColumns] = maxPool2d(tensor, options).output.shape;
      const regions = { max: whole(maxColumns, maxRows), average: whole(averageColumns, averageRows) };
      const [max, average, again] = render({ ...regions, mask: whole(columns, rows) }, options, against);
      assert.deepEqual(max!.data, shown(maxPool2d(tensor, options).output), label);
      const averages = avgPool2d(tensor, options).output.data;
      assert.deepEqual(
        average!.data,
        Uint8Array.from(averages, value => value / (bitDepth === 8 ? 1 : 256)),
        label,
      );
      assert.deepEqual(again!.data, expected, label);
    }
  }
});

test('windows that miss the picture are compared too: −∞ with −∞, and with a maximum', async () => {
  const { tile } = await open(pngOf(4, 4, 8, false));
  const three = { top: 3, bottom: 3, left: 3, right: 3 };
  // The first window's taps lie at −3 and 3, the middle ones' beyond both ends.
  const options: PoolOptions = { ...pool, kernelSize: [2, 2], stride: [1, 1], dilation: [6, 6], padding: three };
  for (const operator of ['max', 'min'] as const) {
    const alike = tile('mask', whole(4, 4), options, { operator, options: { ...options } });
    assert.deepEqual([...alike!.data], new Array(16).fill(0), operator);
    const other = tile('mask', whole(4, 4), options, { operator, options: { ...options, dilation: [5, 5] } });
    assert.ok(other!.data.includes(255), operator);
  }
});

test('values that only look the same on screen differ in the mask', async () => {
  const { tensor, tile } = await open(pngOf(12, 10, 8, false, 3));
  const against: Counterpart = { operator: 'average', options: { ...pool, divisorOverride: 5 } };
  const { data } = tile('mask', whole(6, 5), pool, against)!;
  const [ours, theirs] = [pool, against.options].map(options => avgPool2d(tensor, options).output.data);
  const alike = data.findIndex(
    (value, i) => value === 255 && Math.floor(ours![i * 3]!) === Math.floor(theirs![i * 3]!),
  );
  assert.ok(alike >= 0);
});

test('no counterpart, or one that its framework refuses, has no mask; the other panes stay', async () => {
  const { render } = await open(pngOf(12, 10, 8, false));
  const regions = { max: whole(6, 5), mask: whole(6, 5) };
  const refused: Counterpart = { operator: 'max', options: { ...pool, ceilMode: true, framework: 'keras' } };
  for (const against of [undefined, refused]) {
    assert.deepEqual(
      render(regions, pool, against).map(({ pane }) => pane),
      ['max'],
    );
  }
});

test('nothing kept is used for other options, another mode or another picture', async () => {
  const kinds: DerivedKind[] = ['difference', 'maxChange', 'averageChange', 'argmax', 'unpooled', 'mask'];
  const files = [pngOf(12, 10, 8, true), pngOf(12, 10, 8, true, 50)];
  const settings: PoolOptions[] = [pool, { ...pool, padding: 'same' }, { ...pool, kernelSize: [4, 4], padding: one }];
  const regions = Object.fromEntries(kinds.map(kind => [kind, whole(5, 5)]));
  const against: Counterpart = { operator: 'average', options: { ...pool, divisorOverride: 3 } };
  const ask = (engine: ImageEngine, mode: ColourMode, options: PoolOptions) =>
    engine.render({ view: { mode, orient: true }, options, against, regions }).tiles;
  const lasting = new ImageEngine();
  for (const file of [...files, files[0]!]) {
    await lasting.decode(file, limits);
    for (const mode of ['colour', 'grey', 'alpha', 'colour'] as const) {
      for (const options of [...settings, pool]) {
        const fresh = new ImageEngine();
        await fresh.decode(file, limits);
        const tiles = ask(lasting, mode, options);
        assert.equal(tiles.length, 6);
        assert.deepEqual(tiles, ask(fresh, mode, options));
      }
    }
  }
});

test('illegal options are refused for derived pictures too', async () => {
  const { tile } = await open(pngOf(12, 10, 8, false));
  const illegal = { ...pool, kernelSize: [30, 30] as const };
  const against: Counterpart = { operator: 'max', options: pool };
  for (const kind of ['difference', 'maxChange', 'averageChange', 'argmax', 'unpooled', 'mask'] as const) {
    assert.throws(() => tile(kind, whole(1, 1), illegal, against), PoolError);
  }
});

test('counts are those of the whole picture, in every mode, and of its poolings', async () => {
  for (const [bitDepth, mode] of [
    [8, 'grey'],
    [8, 'colour'],
    [8, 'alpha'],
    [16, 'colour'],
  ] as const) {
    const { engine, render } = await open(pngOf(31, 22, bitDepth, true), mode);
    for (const options of [pool, { ...pool, stride: [1, 3] as const }]) {
      const counts = engine.counts({ view: { mode, orient: true }, options, operators: ['max', 'average'] });
      const [columns, rows] = options === pool ? [15, 11] : [10, 21];
      const regions = { input: whole(31, 22), max: whole(columns, rows), average: whole(columns, rows) };
      for (const { pane, channels, data } of render(regions, options)) {
        const expected = Array.from({ length: channels }, () => new Uint32Array(256));
        for (const [i, value] of data.entries()) expected[i % channels]![value]!++;
        assert.deepEqual(counts[pane as 'input' | 'max' | 'average'], expected, `${pane} ${mode}`);
      }
    }
  }
});
