import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Axes, effectiveKernel } from '../../../src/core/axis';
import { inspect } from '../../../src/core/inspect';
import type { OperatorName } from '../../../src/core/operators';
import { PoolError, type PoolOptions } from '../../../src/core/options';
import type { RenderPane } from '../../../src/core/panes';
import { planLayer } from '../../../src/core/plan';
import type { Region } from '../../../src/core/region';
import { cropOf, rowsOf, type Shape, type Tensor, toBytes, toWords } from '../../../src/core/tensor';
import type { ColourMode } from '../../../src/core/view';
import { sampleOf } from '../../../src/engine/alteredPicture';
import { ImageEngine, OutsideError } from '../../../src/engine/imageEngine';
import { npyBytes } from '../../../src/export/npy';
import { pngBytes, toPicture } from '../../../src/export/png';
import { type Alteration, altered } from '../../../src/lab/alteration';
import { colourChannels } from '../../../src/lab/channels';
import type { Noise } from '../../../src/lab/noise';
import { errorsOf, scoreOf } from '../../../src/lab/score';
import type { Shift } from '../../../src/lab/shift';
import { none, one, base as pool } from '../../options';
import { legalOperators, plainPool } from '../../pooling';
import { integers } from '../../random';
import { withoutWebAssembly } from '../lab/withoutWebAssembly';

type PictureTensor = Tensor<Uint8Array | Uint16Array>;

const limits = { maxPixels: 4_000_000 };

/** A picture of pseudo-random pixels, open in an engine, and its tensor in that mode. */
async function open(width: number, height: number, bitDepth: 8 | 16 = 8, mode: ColourMode = 'colour') {
  const below = integers(11);
  const length = width * height * 4;
  const data = bitDepth === 8 ? new Uint8Array(length) : new Uint16Array(length);
  for (let i = 0; i < length; i++) data[i] = below(2 ** bitDepth);
  const engine = new ImageEngine();
  await engine.decode(await pngBytes({ width, height, channels: 4, data }), limits);
  const view = { mode, orient: true } as const;
  const samples = engine.pixels({ view }).data;
  const input: PictureTensor = { shape: [1, samples.length / (width * height), height, width], data: samples };
  return { engine, view, input };
}

const whole = ([, , height, width]: Shape): Region => ({ x: 0, y: 0, width, height, columns: width, rows: height });

/** What a pooling is on the screen and in files: in the picture's own element type. */
function picture(output: Tensor, { data }: PictureTensor): PictureTensor {
  return { shape: output.shape, data: data instanceof Uint16Array ? toWords(output) : toBytes(output) };
}

/** What a person sees. */
function shown({ data }: PictureTensor): Uint8Array {
  return Uint8Array.from(data, value => (data instanceof Uint8Array ? value : value / 256));
}

/** For each output value, that of `before` at the place it moved from; undefined where a window is not all on moved pixels. */
function partners(before: Tensor, [vertical, horizontal]: Axes, { dy, dx }: Shift): (number | undefined)[] {
  const [, channels, height, width] = before.shape;
  const isWhole = (axis: Axes[0], i: number, distance: number) => {
    const start = i * axis.stride - axis.padBefore;
    return start >= distance && start + effectiveKernel(axis) <= axis.input;
  };
  const [down, right] = [Math.floor(dy / vertical.stride), Math.floor(dx / horizontal.stride)];
  return Array.from({ length: height * width * channels }, (_, i) => {
    const [y, x, c] = [Math.floor(i / channels / width), Math.floor(i / channels) % width, i % channels];
    if (!isWhole(vertical, y, dy) || !isWhole(horizontal, x, dx)) return undefined;
    return before.data[((y - down) * width + x - right) * channels + c]!;
  });
}

const alterations: readonly Alteration[] = [
  { kind: 'saltAndPepper', level: 0.3, seed: 7, perChannel: true },
  { kind: 'pepper', level: 0.2, seed: 0 },
  { kind: 'gaussian', level: 40, seed: 4_294_967_295 },
  { kind: 'shift', dy: 3, dx: 2 },
];

const salt: Noise = { kind: 'salt', level: 0.1, seed: 3 };
const shift: Shift = { kind: 'shift', dy: 3, dx: 4 };

const operators: readonly OperatorName[] = ['max', 'average', 'min', 'median', 'maxBlur'];

const views = [
  [8, 'grey'],
  [8, 'colour'],
  [8, 'alpha'],
  [16, 'grey'],
  [16, 'alpha'],
] as const;

describe('panes of an altered picture', () => {
  for (const [bitDepth, mode] of views) {
    for (const isFast of [true, false]) {
      const run = isFast ? <T>(compute: () => T) => compute() : withoutWebAssembly;
      it(`are pooled from its pixels, those before from the picture's: ${bitDepth} bits, ${mode}, ${isFast ? 'kernels' : 'plain'}`, async () => {
        const { engine, view, input } = await open(19, 16, bitDepth, mode);
        const options: PoolOptions = { ...pool, kernelSize: [3, 3] };
        for (const alteration of alterations) {
          const regions: Partial<Record<RenderPane, Region>> = {
            input: whole(input.shape),
            'before.input': whole(input.shape),
          };
          const after = altered(input, alteration);
          const expected = new Map<string, Uint8Array>([
            ['input', shown(after)],
            ['before.input', shown(input)],
          ]);
          for (const name of operators) {
            const [moved, still] = [after, input].map(from => picture(plainPool(name, from, options).output, input));
            for (const pane of [name, `before.${name}`, `change.${name}`] as const) {
              regions[pane] = whole(moved!.shape);
            }
            expected.set(name, shown(moved!)).set(`before.${name}`, shown(still!));
            if (alteration.kind !== 'shift') continue;
            const { axes } = planLayer(name, input.shape, options);
            const others = partners({ shape: still!.shape, data: shown(still!) }, axes, alteration);
            const isAlpha = (i: number) => mode === 'alpha' && i % 4 === 3;
            const change = shown(moved!).map((value, i) => (isAlpha(i) ? 255 : Math.abs(value - (others[i] ?? value))));
            expected.set(`change.${name}`, change);
            assert.ok(
              change.some((value, i) => value > 0 && !isAlpha(i)),
              name,
            );
          }
          const { tiles } = run(() => engine.render({ view, alteration, options, regions }));
          // Noise has no panes of change.
          assert.deepEqual(tiles.map(({ pane }) => pane).sort(), [...expected.keys()].sort());
          for (const { pane, data } of tiles) assert.deepEqual(data, expected.get(pane), `${alteration.kind} ${pane}`);
        }
      });
    }
  }

  it('follow the newest alteration, and leave the picture as it is', async () => {
    const { engine, view, input } = await open(20, 18);
    const regions = { input: whole(input.shape), max: whole([1, 3, 9, 10]) };
    const paint = (alteration?: Alteration) =>
      engine.render({ view, ...(alteration && { alteration }), options: pool, regions }).tiles.map(({ data }) => data);
    for (const alteration of [undefined, salt, shift, { ...salt, seed: 4 }, undefined, salt, { ...salt, level: 0.2 }]) {
      const from = alteration ? altered(input, alteration) : input;
      assert.deepEqual(paint(alteration), [from.data, plainPool('max', from, pool).output.data]);
    }
  });

  it('are altered in the view that is asked for', async () => {
    const { engine } = await open(20, 18);
    for (const mode of ['colour', 'grey', 'colour', 'alpha'] as const) {
      const view = { mode, orient: true } as const;
      const { data } = engine.pixels({ view });
      const input: PictureTensor = { shape: [1, data.length / 360, 18, 20], data };
      const { tiles } = engine.render({
        view,
        alteration: salt,
        options: pool,
        regions: { input: whole(input.shape) },
      });
      assert.deepEqual(tiles[0]!.data, altered(input, salt).data);
    }
  });
});

describe('an inspected pixel', () => {
  const asked: readonly OperatorName[] = ['max', 'average'];

  it('of a noisy picture comes with what the same one was without noise', async () => {
    const { engine, view, input } = await open(20, 18);
    const layers = asked.map(name => planLayer(name, input.shape, pool));
    for (const pane of ['input', 'max'] as const) {
      const spot = { pane, x: 4, y: 7 };
      const request = { view, options: pool, operators: asked, spot };
      const { before, ...after } = engine.inspect({ ...request, alteration: salt });
      assert.deepEqual(after, inspect(altered(input, salt), layers, spot));
      assert.deepEqual(before, inspect(input, layers, spot));
      assert.deepEqual(engine.inspect(request), before, 'and without alteration with nothing');
    }
  });

  it('of a moved picture comes with the one it moved from: q outputs back, or the distance in the input', async () => {
    const { engine, view, input } = await open(20, 18);
    const layers = asked.map(name => planLayer(name, input.shape, pool));
    const before = (pane: 'input' | 'max', x: number, y: number) => {
      const spot = { pane, x, y };
      const inspected = engine.inspect({ view, options: pool, operators: asked, spot, alteration: shift });
      const { before, ...after } = inspected;
      assert.deepEqual(after, inspect(altered(input, shift), layers, spot));
      return before!;
    };
    // ⌊3/2⌋ and ⌊4/2⌋ outputs.
    assert.deepEqual(before('max', 6, 5), inspect(input, layers, { pane: 'max', x: 4, y: 4 }));
    assert.deepEqual(before('input', 6, 5), inspect(input, layers, { pane: 'input', x: 2, y: 2 }));
    assert.ok(before('input', 4, 3).input, 'the first pixel of the picture');
    // Repeated edges were nowhere.
    for (const [x, y] of [
      [3, 9],
      [9, 2],
    ] as const) {
      const { windows, uses, input: pixel } = before('input', x, y);
      assert.deepEqual([windows, uses, pixel], [{}, {}, undefined]);
    }
    assert.deepEqual(before('max', 1, 5).windows, {});
  });
});

describe('files and values', () => {
  it('of each pane are those of its picture; of a difference NaN where nothing is compared', async () => {
    const options: PoolOptions = { ...pool, kernelSize: [3, 3] };
    for (const [bitDepth, mode] of views) {
      const { engine, view, input } = await open(19, 16, bitDepth, mode);
      const png = (output: Tensor) => pngBytes(toPicture(output, bitDepth));
      for (const alteration of [salt, shift]) {
        const encode = async (pane: Parameters<typeof engine.encode>[0]['pane'], as: 'png' | 'array' | 'floats') =>
          (await engine.encode({ view, alteration, options, pane, as })).data;
        const after = altered(input, alteration);
        for (const [pane, from] of [
          ['input', after],
          ['before.input', input],
        ] as const) {
          assert.deepEqual(await encode(pane, 'png'), await png(from));
          assert.deepEqual(await encode(pane, 'array'), npyBytes(from));
          assert.deepEqual(await encode(pane, 'floats'), npyBytes(from, 'float32'));
        }
        for (const name of ['max', 'average', 'maxBlur'] as const) {
          const [moved, still] = [after, input].map(from => plainPool(name, from, options).output) as [Tensor, Tensor];
          for (const [pane, output] of [
            [name, moved],
            [`before.${name}`, still],
          ] as const) {
            assert.deepEqual(await encode(pane, 'png'), await png(picture(output, input)), pane);
            assert.deepEqual(await encode(pane, 'array'), npyBytes(picture(output, input)), pane);
            assert.deepEqual(await encode(pane, 'floats'), npyBytes(output, 'float32'), pane);
          }
          if (alteration.kind !== 'shift') continue;
          const others = partners(still, planLayer(name, input.shape, options).axes, alteration);
          const change: Tensor = {
            shape: moved.shape,
            data: Float32Array.from(moved.data, (value, i) => Math.abs(value - (others[i] ?? Number.NaN))),
          };
          assert.deepEqual(await encode(`change.${name}`, 'floats'), npyBytes(change), name);
          assert.deepEqual(await encode(`change.${name}`, 'array'), npyBytes(picture(change, input)), name);
          // A picture of it is seen: it is opaque.
          const opaque = picture(change, input);
          if (mode === 'alpha') for (let i = 3; i < opaque.data.length; i += 4) opaque.data[i] = 2 ** bitDepth - 1;
          assert.deepEqual(await encode(`change.${name}`, 'png'), await png(opaque), name);
        }
      }
    }
  });

  it('of a part of a pane are those of its whole', async () => {
    const { engine, view, input } = await open(19, 16);
    const after = altered(input, shift);
    for (const name of ['max', 'average', 'maxBlur'] as const) {
      const { axes, output } = planLayer(name, input.shape, pool);
      const [, channels, height, width] = output;
      const [moved, still] = [after, input].map(from => plainPool(name, from, pool).output) as [Tensor, Tensor];
      const others = partners(still, axes, shift);
      const change = Float32Array.from(moved.data, (value, i) => Math.abs(value - (others[i] ?? Number.NaN)));
      const wholes = { [name]: moved.data, [`before.${name}`]: still.data, [`change.${name}`]: change };
      for (const [pane, data] of Object.entries(wholes)) {
        for (const region of [
          { x: 0, y: 0, width, height },
          { x: 1, y: 1, width: 3, height: 2 },
          { x: 0, y: 0, width: 1, height: 1 },
          { x: width - 2, y: height - 2, width: 2, height: 2 },
        ]) {
          const part = cropOf({ shape: [1, channels, height, width], data }, region).data;
          const values = engine.values({ view, alteration: shift, options: pool, pane: pane as 'max', region }).data;
          assert.deepEqual(values, new Float32Array(part), `${pane} ${JSON.stringify(region)}`);
        }
        const region = { x: width - 1, y: 0, width: 2, height: 1 };
        assert.throws(
          () => engine.values({ view, alteration: shift, options: pool, pane: pane as 'max', region }),
          OutsideError,
        );
      }
    }
    const region = { x: 0, y: 0, width: 1, height: 1 };
    assert.throws(
      () => engine.values({ view, alteration: salt, options: pool, pane: 'change.max', region }),
      OutsideError,
    );
  });

  it('of what an alteration does not have there are none', async () => {
    const { engine, view } = await open(12, 12);
    const request = { view, options: pool, pane: 'change.max', as: 'png' } as const;
    await assert.rejects(engine.encode(request), OutsideError);
    await assert.rejects(engine.encode({ ...request, alteration: salt }), OutsideError);
  });

  it('under a pixel, and in histograms, are of the altered picture', async () => {
    const { engine, view, input } = await open(20, 18);
    const region = { x: 3, y: 2, width: 5, height: 6 };
    for (const alteration of [salt, shift]) {
      const after = altered(input, alteration);
      const values = (pane: 'input' | 'average') =>
        engine.values({ view, alteration, options: pool, pane, region }).data;
      assert.deepEqual(values('input'), Float32Array.from(cropOf(after, region).data));
      assert.deepEqual(values('average'), cropOf(plainPool('average', after, pool).output, region).data);
      const counts = engine.counts({ view, alteration, options: pool, operators: ['max'] });
      const white = (tensor: Tensor) => tensor.data.filter((value, i) => i % 3 === 0 && value === 255).length;
      assert.equal(counts.input[0]![255], white(after));
      assert.equal(counts.max![0]![255], white(plainPool('max', after, pool).output));
    }
    const plain = engine.counts({ view, options: pool, operators: [] });
    assert.equal(plain.input[0]![255], input.data.filter((value, i) => i % 3 === 0 && value === 255).length);
  });
});

describe('scores', () => {
  it('are those of poolings of the noisy picture against those of the clean one', async () => {
    for (const [bitDepth, mode] of views) {
      const { engine, view, input } = await open(40, 34, bitDepth, mode);
      const peak = bitDepth === 8 ? 255 : 65535;
      for (const noise of alterations.slice(0, 3) as readonly Noise[]) {
        const options: PoolOptions = { ...pool, kernelSize: [3, 3], padding: one };
        const names = legalOperators(input.shape, options);
        const request = { view, alteration: noise, options, operators: names };
        const whole = engine.scores({ ...request, isSample: false });
        const sample = engine.scores({ ...request, isSample: true });
        assert.deepEqual([whole.part, sample.part], [undefined, undefined]);
        for (const name of names) {
          const [clean, noisy] = [input, altered(input, noise)].map(from => plainPool(name, from, options).output);
          const rows = [rowsOf(clean!), rowsOf(noisy!), clean!.shape, peak] as const;
          const what = `${bitDepth} ${mode} ${noise.kind} ${name}`;
          assert.deepEqual(whole.of[name], scoreOf(...rows), what);
          assert.deepEqual(sample.of[name], errorsOf(...rows), what);
        }
      }
    }
  });

  it('of a chart are of the middle of a large picture, and leave the pictures alone', async () => {
    const { engine, view, input } = await open(1300, 900, 8, 'grey');
    const request = { view, alteration: salt, options: pool, operators: ['average'] as const };
    const regions = { average: { x: 500, y: 300, width: 20, height: 10, columns: 20, rows: 10 } };
    const pixels = () => engine.render({ ...request, regions }).tiles[0]!.data.slice();
    const before = pixels();
    const { of, part } = engine.scores({ ...request, isSample: true });
    assert.deepEqual(part, { x: 138, y: 0, width: 1024, height: 900 });
    const crop = cropOf(input, part!);
    const [clean, noisy] = [crop, altered(crop, salt)].map(from => plainPool('average', from, pool).output);
    assert.deepEqual(of.average, errorsOf(rowsOf(clean!), rowsOf(noisy!), clean!.shape, 255));
    assert.deepEqual(pixels(), before);
    const exact = engine.scores({ ...request, isSample: false });
    assert.equal(exact.part, undefined);
    assert.notEqual(exact.of.average!.psnr, of.average!.psnr);
    const moved = engine.shiftChanges({ ...request, alteration: shift, isSample: true });
    assert.deepEqual([moved.part, moved.of.average!.compared], [part, (512 - 2) * (450 - 2)]);
  });

  it('are sampled only of pictures with more pixels than a sample, and windows that it has many of', () => {
    const layers = (shape: Shape, kernel: number) => [
      planLayer('max', shape, { ...pool, kernelSize: [kernel, kernel] }),
    ];
    const sample = (width: number, height: number, kernel = 2) => {
      const shape = [1, 1, height, width] as const;
      return sampleOf(shape, layers(shape, kernel));
    };
    assert.equal(sample(1024, 1024), undefined);
    assert.equal(sample(2048, 512), undefined);
    assert.deepEqual(sample(1024, 1025), { x: 0, y: 0, width: 1024, height: 1024 });
    assert.deepEqual(sample(4000, 3000), { x: 1488, y: 988, width: 1024, height: 1024 });
    assert.deepEqual(sample(4000, 3000, 128), { x: 1488, y: 988, width: 1024, height: 1024 });
    assert.equal(sample(4000, 3000, 129), undefined);
    const shape = [1, 1, 3000, 4000] as const;
    assert.equal(sampleOf(shape, [planLayer('adaptiveMax', shape, { ...pool, outputSize: [7, 7] })]), undefined);
  });

  it('of another alteration, or none, are none, and illegal options are refused', async () => {
    const { engine, view } = await open(20, 18);
    const request = { view, options: pool, operators: ['max'] as const, isSample: false };
    for (const alteration of [undefined, shift]) {
      assert.deepEqual(engine.scores({ ...request, ...(alteration && { alteration }) }), { of: {} });
    }
    for (const alteration of [undefined, salt]) {
      assert.deepEqual(engine.shiftChanges({ ...request, ...(alteration && { alteration }) }), { of: {} });
    }
    const illegal = { ...request, options: { ...pool, kernelSize: [30, 30] as const } };
    assert.throws(() => engine.scores({ ...illegal, alteration: salt }), PoolError);
    assert.throws(() => engine.shiftChanges({ ...illegal, alteration: shift, isSample: true }), PoolError);
  });
});

describe('what a move changes', () => {
  const padded: PoolOptions = { ...pool, kernelSize: [3, 3], padding: one };
  const settings: readonly PoolOptions[] = [
    pool,
    padded,
    { ...padded, stride: [1, 1], countIncludePad: false },
    { ...pool, kernelSize: [4, 2], stride: [3, 5], ceilMode: true },
    { ...padded, ceilMode: true, stride: [3, 2] },
    { ...pool, kernelSize: [5, 3], padding: 'same' },
    { ...pool, framework: 'onnx', kernelSize: [4, 4], padding: 'same', autoPad: 'SAME_LOWER' },
    { ...padded, dilation: [2, 3], stride: [1, 2] },
    { ...padded, divisorOverride: 5 },
    { ...pool, stride: [20, 20], padding: none },
  ];
  const names: readonly OperatorName[] = ['max', 'average', 'maxBlur'];
  const moves: readonly (readonly [dy: number, dx: number])[] = [
    [0, 0],
    [0, 1],
    [1, 0],
    [2, 3],
    [4, 6],
    [16, 5],
  ];

  it('is the share and the mean of what outputs differ by from those that they moved from', async () => {
    let compared = 0;
    for (const [bitDepth, mode] of views) {
      const { engine, view, input } = await open(31, 27, bitDepth, mode);
      const [, channels] = input.shape;
      for (const options of settings) {
        const legal = names.filter(name => legalOperators(input.shape, options).includes(name));
        for (const [dy, dx] of moves) {
          const alteration: Shift = { kind: 'shift', dy, dx };
          const { of } = engine.shiftChanges({ view, alteration, options, operators: legal, isSample: false });
          for (const name of legal) {
            const [moved, still] = [altered(input, alteration), input].map(from => plainPool(name, from, options));
            const others = partners(still!.output, planLayer(name, input.shape, options).axes, alteration);
            const differences = others.flatMap((other, i) =>
              other === undefined || i % channels >= colourChannels(channels)
                ? []
                : [Math.abs(moved!.output.data[i]! - other)],
            );
            const what = JSON.stringify({ bitDepth, mode, name, options, dy, dx });
            const n = differences.length;
            const { share, mean, ...rest } = of[name]!;
            assert.deepEqual(rest, { compared: n }, what);
            assert.equal(share, differences.filter(difference => difference > 0).length / n, what);
            const sum = differences.reduce((total, difference) => total + difference, 0);
            if (n === 0) assert.ok(Number.isNaN(mean), what);
            else assert.ok(Math.abs(mean - sum / n) <= 1e-9 * sum, what);
            compared += n;
          }
        }
      }
    }
    assert.ok(compared > 250_000, `compared: ${compared}`);
  });

  it('is nothing, exactly, for multiples of the stride', async () => {
    for (const bitDepth of [8, 16] as const) {
      const { engine, view, input } = await open(61, 47, bitDepth);
      for (const options of settings) {
        const legal = names.filter(name => legalOperators(input.shape, options).includes(name));
        const [down, right] = options.stride;
        for (const [rows, columns] of [
          [0, 1],
          [1, 0],
          [2, 3],
        ] as const) {
          const alteration: Shift = { kind: 'shift', dy: rows * down, dx: columns * right };
          const { of } = engine.shiftChanges({ view, alteration, options, operators: legal, isSample: false });
          for (const [name, { share, mean, compared }] of Object.entries(of)) {
            if (compared > 0) assert.deepEqual([share, mean], [0, 0], JSON.stringify({ name, options, alteration }));
            else assert.ok(options.stride[0] === 20, name);
          }
        }
      }
    }
  });

  it('is something for other moves of noise, less if maxima are blurred before they are picked', async () => {
    const { engine, view } = await open(61, 47);
    const { of } = engine.shiftChanges({
      view,
      alteration: { kind: 'shift', dy: 0, dx: 1 },
      options: pool,
      operators: names,
      isSample: false,
    });
    assert.ok(of.max!.share > 0.5 && of.average!.share > 0.9);
    assert.ok(of.maxBlur!.mean > 0 && of.maxBlur!.mean < of.max!.mean);
  });
});
