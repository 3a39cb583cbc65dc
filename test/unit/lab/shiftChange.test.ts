import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Axis, effectiveKernel } from '../../../src/core/axis';
import { planAxes } from '../../../src/core/plan';
import { type Rows, rowsOf, type Shape, type Tensor } from '../../../src/core/tensor';
import { shift } from '../../../src/lab/shift';
import {
  comparedSpan,
  moveOf,
  outputsMoved,
  paintShiftChange,
  shiftChange,
  shiftDifference,
} from '../../../src/lab/shiftChange';
import { base } from '../../options';
import { plainPool } from '../../pooling';

const axis = (part: Partial<Axis> = {}): Axis => {
  const rest = { input: 10, kernel: 2, stride: 2, dilation: 1, padBefore: 0, padAfter: 0, ...part };
  const reach = rest.input + rest.padBefore + rest.padAfter - effectiveKernel(rest);
  return { ...rest, output: Math.floor(reach / rest.stride) + 1, ...part };
};

describe('the outputs that are compared', () => {
  it('are q places on, q being the whole strides in the distance', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 16].map(distance => outputsMoved({ stride: 2 }, distance)),
      [0, 0, 1, 1, 8],
    );
    const axes = [axis({ stride: 3 }), axis({ stride: 1 })] as const;
    assert.deepEqual(moveOf(axes, { dy: 5, dx: 4 }), { y: 1, x: 4 });
  });

  it('look at no pixel that repeats the edge, and at none of the padding', () => {
    const span = (part: Partial<Axis>, distance: number) => {
      const { start, end } = comparedSpan(axis(part), distance);
      return [start, end];
    };
    assert.deepEqual(
      [0, 1, 2, 3, 8].map(distance => span({}, distance)),
      [
        [0, 5],
        [1, 5],
        [1, 5],
        [2, 5],
        [4, 5],
      ],
    );
    // Windows at −1 … 1, 1 … 3, 3 … 5, 5 … 7, 7 … 9.
    assert.deepEqual(span({ kernel: 3, padBefore: 1, padAfter: 1 }, 0), [1, 5]);
    assert.deepEqual(span({ kernel: 3, padBefore: 1, padAfter: 1 }, 2), [2, 5]);
    // Taps at 0, 2, 4 to 6, 8, 10, which is on the padding.
    assert.deepEqual(span({ kernel: 3, stride: 1, dilation: 2, padAfter: 1 }, 1), [1, 6]);
    // ceil_mode's last window hangs over.
    assert.deepEqual(span({ kernel: 3, stride: 3, output: 4 }, 0), [0, 3]);
  });

  it('are none if the picture is moved out of sight', () => {
    for (const part of [{ input: 3 }, { kernel: 10, stride: 1 }, { input: 4, kernel: 2, padBefore: 1 }]) {
      const { start, end } = comparedSpan(axis(part), 9);
      assert.ok(end <= start, JSON.stringify(part));
    }
  });

  it('have partners inside the picture, of the same size', () => {
    for (let kernel = 1; kernel < 6; kernel++) {
      for (let stride = 1; stride < 5; stride++) {
        for (let padBefore = 0; padBefore <= kernel / 2; padBefore++) {
          for (let distance = 0; distance < 12; distance++) {
            const each = axis({ input: 17, kernel, stride, padBefore, padAfter: 1 });
            const { start, end } = comparedSpan(each, distance);
            for (let i = 0; i < each.output; i++) {
              const first = i * stride - padBefore;
              const isWhole = first >= distance && first + kernel <= 17;
              const what = JSON.stringify({ kernel, stride, padBefore, distance, i });
              assert.equal(i >= start && i < end, isWhole, what);
              if (isWhole) assert.ok(first - outputsMoved(each, distance) * stride >= 0, what);
            }
          }
        }
      }
    }
  });
});

/** A row of numbers, so that what they become can be read. */
const row = (...values: number[]): Tensor<Uint8Array> => ({
  shape: [1, 1, 1, values.length],
  data: Uint8Array.from(values),
});

const flat = { ...base, kernelSize: [1, 2], stride: [1, 2] } as const;

function poolings(input: Tensor<Uint8Array>, dx: number) {
  const axes = planAxes('max', input.shape, flat);
  const of = (tensor: Tensor) => plainPool('max', tensor, flat).output as Tensor<Uint8Array>;
  return { axes, before: of(input), after: of(shift(input, 0, dx)), move: { dy: 0, dx } };
}

describe('the change', () => {
  const input = row(1, 9, 2, 3, 7, 4, 5, 5);

  it('is the share of values that differ, and the mean of all differences', () => {
    // Maxima 9 3 7 5; moved by 1: (1) 9 7 5, of which the last three are compared with the three at the same places.
    const { axes, before, after, move } = poolings(input, 1);
    assert.deepEqual(
      [[...before.data], [...after.data]],
      [
        [9, 3, 7, 5],
        [1, 9, 7, 5],
      ],
    );
    const change = shiftChange(rowsOf(before), rowsOf(after), axes, after.shape, move, 4);
    assert.deepEqual(change, { share: 1 / 3, mean: 6 / 3, compared: 3 });
    const { data } = shiftDifference(before, after, axes, move);
    assert.deepEqual([...data], [Number.NaN, 6, 0, 0]);
    const painted = new Uint8Array(4).fill(99);
    paintShiftChange(before, after, axes, move)(0, painted);
    assert.deepEqual([...painted], [0, 6, 0, 0]);
  });

  it('by the stride is none, one place further', () => {
    const { axes, before, after, move } = poolings(input, 2);
    assert.deepEqual([...after.data], [1, 9, 3, 7]);
    const change = shiftChange(rowsOf(before), rowsOf(after), axes, after.shape, move, 4);
    assert.deepEqual(change, { share: 0, mean: 0, compared: 3 });
    assert.deepEqual([...shiftDifference(before, after, axes, move).data], [Number.NaN, 0, 0, 0]);
  });

  it('has no numbers where nothing can be compared', () => {
    const { axes, before, after, move } = poolings(input, 8);
    const { share, mean, compared } = shiftChange(rowsOf(before), rowsOf(after), axes, after.shape, move, 4);
    assert.deepEqual([share, mean, compared], [Number.NaN, Number.NaN, 0]);
    assert.ok(shiftDifference(before, after, axes, move).data.every(Number.isNaN), 'none compared');
  });

  it('is the same however many rows are read at once, and reads no other rows', () => {
    const shape: Shape = [1, 3, 40, 30];
    const data = Uint8Array.from({ length: 3600 }, (_, i) => (i * i * 7 + i) % 251);
    const picture = { shape, data };
    const axes = planAxes('max', shape, base);
    const move = { dy: 5, dx: 3 };
    const [before, after] = [picture, shift(picture, 5, 3)].map(from => plainPool('max', from, base).output);
    const watched = (tensor: Tensor): Rows => {
      const rows = rowsOf(tensor);
      return (first, end) => {
        assert.ok(first >= 0 && first < end && end <= tensor.shape[2], `${first} … ${end}`);
        return rows(first, end);
      };
    };
    const all = [1, 3, 1000].map(rows =>
      shiftChange(watched(before!), watched(after!), axes, after!.shape, move, rows),
    );
    assert.deepEqual(all[0], all[2]);
    assert.deepEqual(all[1], all[2]);
    assert.ok(all[0]!.share > 0 && all[0]!.share < 1, 'some of the values change');
  });

  it('does not count alpha, which a picture of it shows opaque', () => {
    const of = (...data: number[]): Tensor<Uint8Array> => ({ shape: [1, 4, 1, 2], data: Uint8Array.from(data) });
    const axes = planAxes('max', [1, 4, 1, 2], { ...base, kernelSize: [1, 1], stride: [1, 1] });
    const [before, after] = [of(1, 2, 3, 4, 5, 6, 7, 8), of(1, 2, 3, 200, 5, 9, 7, 0)];
    const still = { dy: 0, dx: 0 };
    const change = shiftChange(rowsOf(before), rowsOf(after), axes, after.shape, still, 1);
    assert.deepEqual(change, { share: 1 / 6, mean: 3 / 6, compared: 6 });
    assert.deepEqual([...shiftDifference(before, after, axes, still).data], [0, 0, 0, 196, 0, 3, 0, 8]);
    const painted = new Uint8Array(8);
    paintShiftChange(before, after, axes, still)(0, painted);
    assert.deepEqual([...painted], [0, 0, 0, 255, 0, 3, 0, 255]);
  });

  it('of 16 bits is drawn by the upper bytes', () => {
    const of = (...data: number[]): Tensor<Uint16Array> => ({ shape: [1, 1, 1, 3], data: Uint16Array.from(data) });
    const axes = planAxes('max', [1, 1, 1, 3], { ...base, kernelSize: [1, 1], stride: [1, 1] });
    const painted = new Uint8Array(3);
    paintShiftChange(of(256, 255, 65535), of(255, 0, 0), axes, { dy: 0, dx: 0 })(0, painted);
    assert.deepEqual([...painted], [1, 0, 255]);
  });
});
