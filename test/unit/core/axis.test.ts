import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clippedSpan,
  isSparse,
  tapsInside,
  tapsPadded,
  trimmed,
  uncoveredSpans,
  windowSpan,
} from '../../../src/core/axis';
import type { OperatorName } from '../../../src/core/operators';
import type { PoolOptions } from '../../../src/core/options';
import { planAxes } from '../../../src/core/plan';
import { base, none } from '../../options';

function plan(height: number, width: number, options: Partial<PoolOptions>, kind: OperatorName = 'max') {
  return planAxes(kind, [1, 3, height, width], { ...base, ...options });
}

function sizes(...args: Parameters<typeof plan>) {
  return plan(...args).map(axis => axis.output);
}

function refuses(message: string, options: Partial<PoolOptions>, kind: OperatorName = 'max', height = 20, width = 20) {
  assert.throws(() => plan(height, width, options, kind), { name: 'PoolError', message });
}

function even(pad: number) {
  return { top: pad, bottom: pad, left: pad, right: pad };
}

test('the presets halve a 700×1024 picture as in the papers', () => {
  assert.deepEqual(sizes(700, 1024, {}), [350, 512]);
  assert.deepEqual(sizes(700, 1024, { kernelSize: [3, 3] }), [349, 511]);
  assert.deepEqual(sizes(700, 1024, { kernelSize: [3, 3], padding: even(1) }), [350, 512]);
  assert.deepEqual(sizes(700, 1024, { kernelSize: [3, 3], stride: [1, 1], padding: even(1) }), [700, 1024]);
  assert.deepEqual(sizes(700, 1024, { kernelSize: [700, 1024], stride: [700, 1024] }), [1, 1]);
});

test('ceil_mode adds the window that overhangs, and drops the one that starts beyond the input', () => {
  const [overhangs] = plan(5, 5, { ceilMode: true });
  assert.equal(overhangs.output, 3);
  assert.deepEqual(windowSpan(overhangs, 2), { start: 4, end: 6 });
  assert.deepEqual(clippedSpan(overhangs, 2), { start: 4, end: 5 });
  // ⌈(5 + 2·1 − 3)/3⌉ + 1 = 3, but the third window would start at 5, behind the last pixel.
  assert.deepEqual(sizes(5, 5, { kernelSize: [3, 3], stride: [3, 3], padding: even(1), ceilMode: true }), [2, 2]);
});

test("'same' gives ⌈I/s⌉ windows with the odd pixel of padding after", () => {
  const [vertical, horizontal] = plan(3, 7, { padding: 'same', kernelSize: [2, 4], stride: [2, 3] });
  assert.deepEqual([vertical.output, vertical.padBefore, vertical.padAfter], [2, 0, 1]);
  assert.deepEqual([horizontal.output, horizontal.padBefore, horizontal.padAfter], [3, 1, 2]);
  const [gaps] = plan(9, 9, { padding: 'same', kernelSize: [2, 2], stride: [4, 4] });
  assert.deepEqual([gaps.output, gaps.padBefore, gaps.padAfter], [3, 0, 1]);
});

test('taps are counted inside the input, and with padding but without what ceil_mode hangs over', () => {
  const [axis] = plan(6, 6, { kernelSize: [3, 3], padding: even(1), ceilMode: true }, 'average');
  const windows = [0, 1, 2, 3];
  assert.deepEqual(
    windows.map(i => tapsPadded(axis, i)),
    [3, 3, 3, 2],
  );
  assert.deepEqual(
    windows.map(i => tapsInside(axis, i)),
    [2, 3, 3, 1],
  );
});

test('a dilated window is clipped to its taps inside the input, and may have none', () => {
  const [axis] = plan(6, 6, { kernelSize: [3, 3], stride: [1, 1], padding: even(2), dilation: [2, 2] });
  assert.deepEqual(clippedSpan(axis, 1), { start: 1, end: 4 });
  assert.equal(tapsInside(axis, 1), 2);
  const [missing] = plan(2, 2, { stride: [1, 1], padding: even(1), dilation: [3, 3] });
  assert.deepEqual(windowSpan(missing, 0), { start: -1, end: 3 });
  assert.equal(tapsInside(missing, 0), 0);
});

test('the pixels that no window reaches: the rest at the end, gaps, and holes of dilation', () => {
  assert.deepEqual(uncoveredSpans([plan(7, 7, {})[0]]), [{ start: 6, end: 7 }]);
  assert.deepEqual(uncoveredSpans([plan(8, 8, {})[0]]), []);
  assert.deepEqual(uncoveredSpans([plan(8, 8, { stride: [3, 3] })[0]]), [
    { start: 2, end: 3 },
    { start: 5, end: 6 },
  ]);
  assert.deepEqual(uncoveredSpans([plan(5, 5, { dilation: [2, 2], stride: [4, 4] })[0]]), [
    { start: 1, end: 2 },
    { start: 3, end: 5 },
  ]);
});

test("illegal numbers are refused in PyTorch's words", () => {
  refuses('pad should be at most half of effective kernel size, but got pad=3, kernel_size=4 and dilation=1', {
    kernelSize: [4, 4],
    padding: even(3),
  });
  refuses('stride should not be zero', { stride: [2, 0] });
  refuses('stride should be greater than zero, but got dH: -1 dW: -1', { stride: [-1, -1] });
  refuses('pad must be non-negative, but got pad: -1', { padding: even(-1) });
  refuses('dilation should be greater than zero, but got dilationH: 0 dilationW: 0', { dilation: [0, 0] });
  refuses('divisor must be not zero', { divisorOverride: 0 }, 'average');
  refuses('kernel size should be greater than zero, but got kH: 0 kW: 0', { kernelSize: [0, 0] });
  refuses('Given input size: (3x20x20). Calculated output size: (3x0x0). Output size is too small', {
    kernelSize: [22, 22],
  });
  refuses("max_pool2d(): argument 'padding' (position 4) must be tuple of ints, not str", {
    framework: 'pytorch',
    padding: 'same',
  });
});

test('padding up to half the dilated kernel is legal, and each side is held to it', () => {
  assert.deepEqual(sizes(20, 20, { kernelSize: [3, 3], stride: [1, 1], dilation: [2, 2], padding: even(2) }), [20, 20]);
  const message = 'pad should be at most half of effective kernel size, but got pad=2, kernel_size=2 and dilation=1';
  refuses(message, { padding: { top: 0, bottom: 2, left: 0, right: 0 } });
  refuses(message, { padding: { top: 0, bottom: 0, left: 0, right: 2 } });
  assert.deepEqual(sizes(4, 4, { padding: { top: 0, bottom: 1, left: 1, right: 1 } }), [2, 3]);
});

test('what is not a whole number is refused with where it stands', () => {
  const ints = 'must be tuple of ints, but found element of type float at pos';
  refuses(`max_pool2d(): argument 'kernel_size' (position 2) ${ints} 0`, { kernelSize: [2.5, 2] });
  refuses(`max_pool2d(): argument 'kernel_size' ${ints} 2`, { kernelSize: [2, Number.NaN] });
  refuses(`avg_pool2d(): argument 'stride' (position 3) ${ints} 0`, { stride: [Infinity, 1] }, 'average');
  refuses(`max_pool2d(): argument 'padding' ${ints} 4`, { padding: { ...none, right: 0.5 } });
  refuses(`max_pool2d(): argument 'dilation' ${ints} 2`, { dilation: [1, 1.5] });
  refuses(
    "avg_pool2d(): argument 'divisor_override' (position 7) must be int, not float",
    { divisorOverride: 1.5 },
    'average',
  );
  refuses('integer out of range', { kernelSize: [2 ** 40, 2] });
  refuses('Given input size: (3x20x20). Calculated output size: (3x0x10). Output size is too small', {
    kernelSize: [2 ** 31 - 1, 2],
    stride: [2 ** 31 - 1, 2],
  });
});

test('an output too large for memory is refused before it is attempted', () => {
  refuses(
    'Output size is too large: [1, 3, 40000, 40000]',
    {
      framework: 'onnx',
      kernelSize: [20000, 20000],
      stride: [1, 1],
      padding: { top: 19999, bottom: 19999, left: 19999, right: 19999 },
    },
    'max',
    20001,
    20001,
  );
});

test('average pooling has neither dilation nor its checks, except in ONNX', () => {
  assert.equal(plan(20, 20, { dilation: [0, 9] }, 'average')[1].dilation, 1);
  assert.equal(plan(20, 20, { dilation: [1, 9], framework: 'onnx' }, 'average')[1].dilation, 9);
});

test('max pooling does not look at the divisor', () => {
  assert.deepEqual(sizes(20, 20, { divisorOverride: 0 }), [10, 10]);
});

test('trimmed windows see the same pixels, and a kernel beyond the picture is cut to about twice it', () => {
  for (const kernel of [2, 3, 20, 21, 60, 2 ** 31 - 1]) {
    for (const stride of [1, 3, 20]) {
      for (const dilation of [1, 3, 19, 50, 2 ** 21]) {
        const options = {
          kernelSize: [kernel, kernel],
          stride: [stride, stride],
          dilation: [dilation, dilation],
        } as const;
        const half = Math.floor((dilation * (kernel - 1) + 1) / 2);
        const plans = [plan(20, 20, { ...options, padding: 'same' })];
        if (half < 2 ** 31) plans.push(plan(20, 20, { ...options, padding: even(half), ceilMode: true }));
        for (const [axis] of plans) {
          const cut = trimmed(axis);
          const what = JSON.stringify([axis, cut]);
          for (let i = 0; i < axis.output; i++) {
            assert.equal(tapsInside(cut, i), tapsInside(axis, i), what);
            if (tapsInside(axis, i) > 0) assert.deepEqual(clippedSpan(cut, i), clippedSpan(axis, i), what);
          }
          assert.ok(cut.kernel <= 3 * 20, what);
          assert.equal(isSparse(axis), dilation === 2 ** 21, what);
        }
      }
    }
  }
  const [unpadded] = plan(20, 20, { kernelSize: [3, 3], padding: even(1) });
  assert.deepEqual({ ...trimmed(unpadded), padAfter: 1 }, unpadded);
});
