import assert from 'node:assert/strict';
import { test } from 'node:test';
import { argmaxOf } from '../../../src/core/argmax';
import { clippedSpan, tapsInside } from '../../../src/core/axis';
import { Bitset } from '../../../src/core/bitset';
import {
  cellsOver,
  type PaintRow,
  paintChange,
  paintDifference,
  paintKept,
  paintMarks,
} from '../../../src/core/derive';
import { countValues } from '../../../src/core/histogram';
import type { PoolOptions } from '../../../src/core/options';
import { planAxes } from '../../../src/core/plan';
import type { Tensor } from '../../../src/core/tensor';
import { one, base as pool } from '../../options';
import { plainMaxPool2d } from '../../pooling';
import { integers } from '../../random';

type Picture = Tensor<Uint8Array | Uint16Array>;

const grey = (width: number, values: number[]): Picture => ({
  shape: [1, 1, values.length / width, width],
  data: Uint8Array.from(values),
});

function paintAll([, channels, height, width]: Tensor['shape'], paint: PaintRow): number[] {
  const bytes: number[] = [];
  const row = new Uint8Array(width * channels);
  for (let y = 0; y < height; y++) {
    row.fill(77);
    paint(y, row);
    bytes.push(...row);
  }
  return bytes;
}

const marksOf = (picture: Picture, options: PoolOptions) =>
  paintAll(picture.shape, paintMarks(picture.shape, argmaxOf(picture, planAxes('max', picture.shape, options))));

test('the winner of each window is marked, the first of ties', () => {
  // biome-ignore format: a grid
  const picture = grey(4, [
    9, 1, 5, 5,
    2, 3, 5, 5,
    0, 0, 1, 2,
    0, 0, 4, 3,
  ]);
  // biome-ignore format: a grid
  assert.deepEqual(marksOf(picture, pool), [
    255, 0, 255, 0,
    0,   0, 0,   0,
    255, 0, 0,   0,
    0,   0, 255, 0,
  ]);
  const kept = paintKept(picture, argmaxOf(picture, planAxes('max', picture.shape, pool)));
  // biome-ignore format: a grid
  assert.deepEqual(paintAll(picture.shape, kept), [
    9, 0, 5, 0,
    0, 0, 0, 0,
    0, 0, 0, 0,
    0, 0, 4, 0,
  ]);
});

test('one pixel can win several windows, and what hangs over wins none', () => {
  const picture = grey(3, [1, 2, 3, 4, 9, 5, 6, 7, 8]);
  assert.deepEqual(marksOf(picture, { ...pool, stride: [1, 1] }), [0, 0, 0, 0, 255, 0, 0, 0, 0]);
  assert.deepEqual(marksOf(picture, { ...pool, ceilMode: true }), [0, 0, 0, 0, 255, 255, 0, 255, 255]);
});

test('a window that dilation leads past the image marks nothing', () => {
  const picture = grey(1, [7]);
  const options: PoolOptions = { ...pool, padding: { top: 1, bottom: 1, left: 1, right: 1 }, dilation: [2, 2] };
  assert.deepEqual(marksOf(picture, options), [0]);
});

test('random winners and unpooled maxima are what every window by itself finds', () => {
  const next = integers(5);
  for (let round = 0; round < 300; round++) {
    const channels = [1, 3, 4][next(3)]!;
    // Some are wider or higher than a tile, and few values make many ties.
    const height = 1 + next(round % 10 === 0 ? 400 : 24);
    const width = 1 + next(round % 10 === 5 ? 400 : 24);
    const isWide = next(3) === 0;
    const levels = [2, 5, isWide ? 65536 : 256][next(3)]!;
    const data = isWide ? new Uint16Array(height * width * channels) : new Uint8Array(height * width * channels);
    for (let i = 0; i < data.length; i++) data[i] = next(levels);
    const picture: Picture = { shape: [1, channels, height, width], data };
    const kernelSize = [1 + next(Math.min(height, 7)), 1 + next(Math.min(width, 7))] as const;
    const dilation = [
      kernelSize[0] * 2 <= height ? 1 + next(2) : 1,
      kernelSize[1] * 2 <= width ? 1 + next(2) : 1,
    ] as const;
    const [v, h] = [next(1 + (kernelSize[0] >> 1)), next(1 + (kernelSize[1] >> 1))];
    const options: PoolOptions = {
      ...pool,
      kernelSize,
      dilation,
      stride: [1 + next(9), 1 + next(9)],
      padding: next(5) === 0 ? 'same' : { top: v, bottom: v, left: h, right: h },
      ceilMode: next(2) === 0,
    };
    const axes = planAxes('max', picture.shape, options);
    const [vertical, horizontal] = axes;

    const marks = new Uint8Array(data.length);
    const unpooled = new Uint8Array(data.length);
    const { output, indices } = plainMaxPool2d(picture, { ...options, returnIndices: true });
    for (let i = 0; i < vertical.output; i++) {
      for (let j = 0; j < horizontal.output; j++) {
        const [rows, columns] = [clippedSpan(vertical, i), clippedSpan(horizontal, j)];
        if (rows.start >= rows.end || columns.start >= columns.end) continue;
        for (let c = 0; c < channels; c++) {
          let best = -1;
          let place = 0;
          for (let y = rows.start; y < rows.end; y += vertical.dilation) {
            for (let x = columns.start; x < columns.end; x += horizontal.dilation) {
              const at = (y * width + x) * channels + c;
              if (data[at]! > best) [best, place] = [data[at]!, at];
            }
          }
          marks[place] = 255;
          // As max_unpool2d does it: the value at the index that came with it.
          const from = (i * horizontal.output + j) * channels + c;
          unpooled[indices![from]! * channels + c] = output.data[from]! >> (isWide ? 8 : 0);
        }
      }
    }
    if (channels === 4) for (let i = 3; i < data.length; i += 4) marks[i] = unpooled[i] = 255;
    const winners = argmaxOf(picture, axes);
    const label = `round ${round}: ${JSON.stringify([picture.shape, options])}`;
    assert.deepEqual(paintAll(picture.shape, paintMarks(picture.shape, winners)), [...marks], label);
    assert.deepEqual(paintAll(picture.shape, paintKept(picture, winners)), [...unpooled], label);
  }
});

test('kernels and dilations beyond the picture have the winners that indices tell', () => {
  const next = integers(6);
  const picture: Picture = { shape: [1, 3, 12, 9], data: Uint8Array.from({ length: 12 * 9 * 3 }, () => next(40)) };
  for (const kernel of [13, 100, 2 ** 31 - 1]) {
    for (const dilation of [1, 2, 5, 10, 2 ** 21]) {
      const options: PoolOptions = {
        ...pool,
        kernelSize: [kernel, kernel],
        stride: [1 + next(3), 1 + next(3)],
        dilation: [dilation, dilation],
        padding: 'same',
      };
      const marks = new Uint8Array(picture.data.length);
      const { indices } = plainMaxPool2d(picture, { ...options, returnIndices: true });
      const windows = planAxes('max', picture.shape, options).map(axis =>
        Array.from({ length: axis.output }, (_, i) => tapsInside(axis, i) > 0),
      ) as [boolean[], boolean[]];
      // Windows that see nothing of the picture have no winner, though they have an index.
      for (const [i, index] of indices!.entries()) {
        const place = Math.floor(i / 3);
        const columns = windows[1].length;
        const sees = windows[0][Math.floor(place / columns)] && windows[1][place % columns];
        if (sees) marks[index * 3 + (i % 3)] = 255;
      }
      assert.deepEqual(marksOf(picture, options), [...marks], JSON.stringify(options));
    }
  }
});

test('a difference is that of the bytes on screen', () => {
  const shape = [1, 1, 1, 4] as const;
  const bytes = paintDifference(grey(4, [200, 9, 5, 0]), grey(4, [100, 10, 5, 255]));
  assert.deepEqual(paintAll(shape, bytes), [100, 1, 0, 255]);
  const wide = (values: number[]): Picture => ({ shape, data: Uint16Array.from(values) });
  const words = paintDifference(wide([0x1234, 0x12ff, 0xffff, 0]), wide([0x1134, 0x1300, 0xff00, 0xffff]));
  assert.deepEqual(paintAll(shape, words), [1, 1, 0, 255]);
});

test('alpha is left opaque in every derived picture', () => {
  const picture = (values: number[]): Picture => ({ shape: [1, 4, 1, 1], data: Uint8Array.from(values) });
  const a = picture([10, 20, 30, 40]);
  const b = picture([11, 20, 40, 99]);
  const axes = planAxes('max', a.shape, { ...pool, kernelSize: [1, 1], stride: [1, 1] });
  const some = new Bitset(4);
  some.add(1);
  assert.deepEqual(paintAll(a.shape, paintDifference(a, b)), [1, 0, 10, 255]);
  assert.deepEqual(paintAll(a.shape, paintChange(a, b, axes)), [1, 0, 10, 255]);
  assert.deepEqual(paintAll(a.shape, paintMarks(a.shape, some)), [0, 255, 0, 255]);
  assert.deepEqual(paintAll(a.shape, paintKept(a, some)), [0, 20, 0, 255]);
});

test('input pixels lie in the cells that are drawn over them', () => {
  const cells = (size: number, options: Partial<PoolOptions>) => [
    ...cellsOver(planAxes('max', [1, 1, size, size], { ...pool, ...options })[0]),
  ];
  assert.deepEqual(cells(6, {}), [0, 0, 1, 1, 2, 2]);
  // What is left over belongs to the last.
  assert.deepEqual(cells(7, {}), [0, 0, 1, 1, 2, 2, 2]);
  // The middle of window i is i + 1: cell i spans i + 1/2 to i + 3/2.
  assert.deepEqual(cells(5, { stride: [1, 1] }), [0, 1, 2, 3, 3]);
  // Centred on its pixel with padding, and one stride wide however large the kernel.
  assert.deepEqual(cells(4, { kernelSize: [3, 3], stride: [1, 1], padding: one }), [0, 1, 2, 3]);
  assert.deepEqual(cells(9, { kernelSize: [5, 5], stride: [2, 2] }), [0, 0, 0, 1, 1, 2, 2, 2, 2]);
  // Gaps between windows are shared.
  assert.deepEqual(cells(8, { kernelSize: [2, 2], stride: [4, 4] }), [0, 0, 0, 1, 1, 1, 1, 1]);
});

test('a change is the distance to the output enlarged', () => {
  // biome-ignore format: a grid
  const input = grey(5, [
    1, 2, 3, 4, 200,
    5, 6, 7, 8, 100,
    9, 9, 9, 9, 9,
  ]);
  const axes = planAxes('max', input.shape, pool);
  // biome-ignore format: a grid
  assert.deepEqual(paintAll(input.shape, paintChange(input, plainMaxPool2d(input, pool).output, axes)), [
    5, 4, 5, 4, 192,
    1, 0, 1, 0, 92,
    3, 3, 1, 1, 1,
  ]);
});

test('counts add up channel by channel', () => {
  const bytes: Picture = { shape: [1, 3, 1, 3], data: Uint8Array.of(0, 7, 255, 0, 8, 255, 1, 7, 255) };
  const [red, green, blue] = countValues(bytes);
  assert.deepEqual([red![0], red![1], green![7], green![8], blue![255]], [2, 1, 2, 1, 3]);
  for (const channel of [red!, green!, blue!]) {
    assert.equal(channel.length, 256);
    assert.equal(
      channel.reduce((sum, count) => sum + count),
      3,
    );
  }
  const words: Picture = { shape: [1, 1, 1, 3], data: Uint16Array.of(0x00ff, 0x0100, 0x01ff) };
  assert.deepEqual([...countValues(words)[0]!.subarray(0, 3)], [1, 2, 0]);
});
