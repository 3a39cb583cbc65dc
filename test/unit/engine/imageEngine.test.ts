import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { operatorNames } from '../../../src/core/operators';
import { PoolError, type PoolOptions } from '../../../src/core/options';
import type { PaneKind } from '../../../src/core/panes';
import { avgPool2d, maxPool2d } from '../../../src/core/pool';
import type { Rectangle, Region } from '../../../src/core/region';
import { cropOf, type Tensor, toBytes } from '../../../src/core/tensor';
import type { ColourMode } from '../../../src/core/view';
import { dispatch } from '../../../src/engine/dispatch';
import { EmptyError, ImageEngine } from '../../../src/engine/imageEngine';
import { PoolCache } from '../../../src/engine/poolCache';
import { one, base as pool } from '../../options';
import { legalOperators, plainPool } from '../../pooling';
import { integers } from '../../random';
import { areaAverages } from './areaAverages';

const limits = { maxPixels: 1_000_000 };

/** Pseudo-random RGB samples, and the PNG file that holds them. */
function picture(width: number, height: number, bitDepth: 8 | 16 = 8) {
  const rgb = bitDepth === 8 ? new Uint8Array(width * height * 3) : new Uint16Array(width * height * 3);
  const below = integers(7);
  for (let i = 0; i < rgb.length; i++) rgb[i] = below(2 ** bitDepth);
  const png = new PNG({ width, height, colorType: 2, inputColorType: 2, inputHasAlpha: false, bitDepth });
  png.data = Buffer.from(rgb.buffer);
  const file = PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false, bitDepth });
  return { file: new Uint8Array(file), tensor: { shape: [1, 3, height, width] as const, data: rgb } };
}

const whole = (width: number, height: number): Region => ({ x: 0, y: 0, width, height, columns: width, rows: height });

function request(regions: Partial<Record<PaneKind, Region>>, options = pool, mode: ColourMode = 'colour') {
  return { view: { mode, orient: true }, options, operators: ['max', 'average'] as const, regions };
}

const view = { mode: 'colour', orient: true } as const;

async function engineWith(file: Uint8Array): Promise<ImageEngine> {
  const engine = new ImageEngine();
  await engine.decode(file, limits);
  return engine;
}

test('tiles are the core’s own values, byte for byte', async () => {
  const { file, tensor } = picture(31, 22);
  const engine = await engineWith(file);
  const { tiles } = engine.render(request({ input: whole(31, 22), max: whole(15, 11), average: whole(15, 11) }));
  assert.deepEqual(
    tiles.map(({ pane }) => pane),
    ['input', 'max', 'average'],
  );
  const [input, max, average] = tiles;
  assert.deepEqual(input!.data, tensor.data);
  assert.deepEqual(max!.data, toBytes(maxPool2d(tensor, pool).output));
  assert.deepEqual(average!.data, toBytes(avgPool2d(tensor, pool).output));
});

test('a tile is the part that was asked for, and knows where it lies', async () => {
  const { file, tensor } = picture(31, 22);
  const engine = await engineWith(file);
  const region = { x: 3, y: 2, width: 6, height: 5, columns: 6, rows: 5 };
  const { tiles } = engine.render(request({ max: region }));
  const { output } = maxPool2d(tensor, pool);
  const expected: number[] = [];
  for (let y = 2; y < 7; y++) for (let i = 3 * 3; i < 9 * 3; i++) expected.push(output.data[y * 15 * 3 + i]!);
  const { data, ...rest } = tiles[0]!;
  assert.deepEqual(rest, { ...region, pane: 'max', channels: 3 });
  assert.deepEqual([...data], expected);
});

test('shrunk for the screen, a tile is the average over each sample’s area', async () => {
  for (const mode of ['grey', 'colour'] as const) {
    for (const [width, height, columns, rows] of [
      [31, 22, 30, 21],
      [31, 22, 17, 5],
      [29, 20, 1, 1],
      [30, 1, 8, 1],
      [1, 20, 1, 19],
    ] as const) {
      const engine = await engineWith(picture(31, 22).file);
      const options = { ...pool, kernelSize: [1, 1] as const, stride: [1, 1] as const };
      const region = { x: 31 - width, y: 22 - height, width, height, columns, rows };
      const { tiles } = engine.render(request({ input: region, max: region, average: region }, options, mode));
      const channels = mode === 'grey' ? 1 : 3;
      const { data } = engine.pixels({ view: { mode, orient: true } });
      const surface = { width: 31, height: 22, channels, data } as const;
      const exact = areaAverages(surface, region);
      for (const tile of tiles) {
        assert.equal(tile.data.buffer.byteLength, columns * rows * channels);
        // Half a step of rounding, and float32's share.
        for (const [i, value] of exact.entries()) assert.ok(Math.abs(tile.data[i]! - value) < 0.5 + 1e-3);
      }
    }
  }
});

test('every change of options gives that option’s values: nothing kept is used for another', async () => {
  const { file, tensor } = picture(20, 17);
  const engine = await engineWith(file);
  const padded: PoolOptions = {
    ...pool,
    kernelSize: [3, 3],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
  };
  const sequence: PoolOptions[] = [
    pool,
    padded,
    { ...padded, countIncludePad: false },
    { ...padded, divisorOverride: 5 },
    { ...padded, ceilMode: true },
    { ...padded, dilation: [2, 2] },
    { ...pool, padding: 'same' },
    { ...pool, stride: [1, 3] },
    pool,
  ];
  for (const options of sequence) {
    for (const [pane, { output }] of [
      ['max', maxPool2d(tensor, options)],
      ['average', avgPool2d(tensor, options)],
    ] as const) {
      const [, , height, width] = output.shape;
      const { tiles } = engine.render(request({ [pane]: whole(width, height) }, options));
      assert.deepEqual(tiles[0]!.data, toBytes(output), `${pane} ${JSON.stringify(options)}`);
    }
  }
});

test('panning and zooming do not pool again', () => {
  const pools = new PoolCache(picture(90, 90).tensor);
  for (const operator of operatorNames) {
    // A pooling made anew is another object, and takes the place of the one kept.
    const kept = pools.output(pools.plan(operator, pool));
    pools.tile(operator, { ...pool }, { x: 0, y: 0, width: 8, height: 8, columns: 8, rows: 8 });
    pools.tile(operator, { ...pool }, { x: 9, y: 3, width: 30, height: 20, columns: 15, rows: 10 });
    assert.equal(pools.output(pools.plan(operator, { ...pool })), kept);
  }
});

test('values of a part are exact, with 8 and 16 bits, wherever it lies', async () => {
  const padded: PoolOptions = { ...pool, kernelSize: [3, 3], padding: one };
  const settings: PoolOptions[] = [
    pool,
    padded,
    { ...padded, countIncludePad: false, ceilMode: true },
    { ...padded, stride: [1, 3], dilation: [2, 2] },
    { ...pool, kernelSize: [5, 4], padding: 'same' },
    { ...padded, divisorOverride: -7 },
    { ...pool, kernelSize: [22, 31], stride: [1, 1] },
    { ...pool, framework: 'onnx', kernelSize: [6, 6], padding: { top: 5, bottom: 4, left: 0, right: 5 } },
    // A window of two taps that are both off the picture: its maximum is no sample.
    { ...pool, framework: 'onnx', stride: [1, 1], dilation: [1, 32], padding: one },
  ];
  for (const bitDepth of [8, 16] as const) {
    const { file, tensor } = picture(31, 22, bitDepth);
    const engine = await engineWith(file);
    for (const options of settings) {
      for (const operator of legalOperators(tensor.shape, options)) {
        const { output } = plainPool(operator, tensor, options);
        const [, , height, width] = output.shape;
        const parts = [
          { x: 0, y: 0, width, height },
          { x: width - 1, y: height - 1, width: 1, height: 1 },
          { x: width >> 1, y: 0, width: width - (width >> 1), height: 1 },
          { x: 0, y: height >> 1, width: 1, height: height - (height >> 1) },
        ];
        for (const region of parts) {
          const { data } = engine.values({ view, options, pane: operator, region });
          const expected = Float32Array.from(cropOf(output, region).data);
          assert.deepEqual(data, expected, `${bitDepth} ${operator} ${JSON.stringify({ options, region })}`);
          assert.equal(data.buffer.byteLength, data.length * 4);
        }
      }
    }
    const region = { x: 29, y: 20, width: 2, height: 2 };
    const { data } = engine.values({ view, options: pool, pane: 'input', region });
    assert.deepEqual(data, Float32Array.from(cropOf(tensor, region).data));
  }
});

test('values beyond the edge fail as data', async () => {
  const engine = await engineWith(picture(20, 16).file);
  const ask = async (pane: 'input' | 'max', region: Rectangle) => {
    const message = { id: 1, call: 'values', request: { view, options: pool, pane, region } } as const;
    return (await dispatch(engine, message)).outcome;
  };
  assert.ok('ok' in (await ask('max', { x: 9, y: 7, width: 1, height: 1 })));
  assert.ok('ok' in (await ask('input', { x: 19, y: 15, width: 1, height: 1 })));
  const outside = { err: { kind: 'outside' } };
  assert.deepEqual(await ask('max', { x: 9, y: 7, width: 2, height: 1 }), outside);
  assert.deepEqual(await ask('max', { x: 9, y: 7, width: 1, height: 2 }), outside);
  assert.deepEqual(await ask('input', { x: 20, y: 0, width: 1, height: 1 }), outside);
});

test('reading values leaves the poolings on screen as they are', () => {
  const pools = new PoolCache(picture(90, 90).tensor);
  const kept = operatorNames.map(operator => pools.output(pools.plan(operator, pool)));
  const bytes = kept.map(({ data }) => data.slice());
  for (const operator of operatorNames) pools.values(operator, pool, { x: 3, y: 4, width: 20, height: 30 });
  for (const [i, operator] of operatorNames.entries()) {
    assert.equal(pools.output(pools.plan(operator, pool)), kept[i]);
    assert.deepEqual(kept[i]!.data, bytes[i]);
  }
});

test('16-bit values are exact when inspected and scaled on screen', async () => {
  const { file, tensor } = picture(8, 6, 16);
  const engine = await engineWith(file);
  const { tiles } = engine.render(request({ input: whole(8, 6), max: whole(4, 3), average: whole(4, 3) }));
  const scaled = ({ data }: Tensor) => Uint8Array.from(data, value => value / 256);
  assert.deepEqual(tiles[0]!.data, scaled(tensor));
  assert.deepEqual(tiles[1]!.data, scaled(maxPool2d(tensor, pool).output));
  assert.deepEqual(tiles[2]!.data, scaled(avgPool2d(tensor, pool).output));
  const { windows } = engine.inspect({ ...request({}), spot: { pane: 'max', x: 2, y: 1 } });
  const at = (1 * 4 + 2) * 3;
  const values = ({ data }: Tensor) => [...data.subarray(at, at + 3)];
  assert.deepEqual(
    windows.max?.channels.map(({ value }) => value),
    values(maxPool2d(tensor, pool).output),
  );
  assert.deepEqual(
    windows.average?.channels.map(({ value }) => value),
    values(avgPool2d(tensor, pool).output),
  );
});

test('the pixels handed out are the tensor’s, and a copy', async () => {
  const { file, tensor } = picture(13, 11);
  const engine = await engineWith(file);
  const { data } = engine.pixels({ view: { mode: 'colour', orient: true } });
  assert.deepEqual(data, tensor.data);
  data.fill(0);
  assert.deepEqual(engine.pixels({ view: { mode: 'colour', orient: true } }).data, tensor.data);
});

test('illegal options throw the framework’s words, and the picture stays', async () => {
  const { file } = picture(20, 20);
  const engine = await engineWith(file);
  const illegal = { ...pool, kernelSize: [30, 30] as const };
  assert.throws(() => engine.render(request({ max: whole(1, 1) }, illegal)), PoolError);
  assert.throws(() => engine.inspect({ ...request({}, illegal), spot: { pane: 'max', x: 0, y: 0 } }), PoolError);
  assert.equal(engine.render(request({ max: whole(10, 10) })).tiles.length, 1);
});

test('a file that cannot be decoded leaves nothing of the one before', async () => {
  const { file } = picture(20, 20);
  const engine = await engineWith(file);
  await assert.rejects(engine.decode(new TextEncoder().encode('no picture'), limits), { code: 'text' });
  assert.throws(() => engine.render(request({ input: whole(1, 1) })), EmptyError);
});

test('modes choose the channels', async () => {
  const { file } = picture(6, 4);
  const engine = await engineWith(file);
  for (const [mode, channels] of [
    ['grey', 1],
    ['colour', 3],
  ] as const) {
    const { tiles } = engine.render(request({ input: whole(6, 4), max: whole(3, 2) }, pool, mode));
    assert.deepEqual(
      tiles.map(tile => [tile.channels, tile.data.length]),
      [
        [channels, 24 * channels],
        [channels, 6 * channels],
      ],
    );
  }
});
