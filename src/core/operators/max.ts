import { type Axes, clippedSpan, effectiveKernel, isSparse, reachOf, trimmed, windowSpan } from '../axis';
import { frameworkOf, type PoolOptions } from '../options';
import { type Samples, samplesLike, type Tensor } from '../tensor';
import { explainSelection, largestFloat32, type Picks, withEmptyWindows } from './extremum';
import { callIn, type Operator, type Pooled } from './operator';
import { raiseFloats, raiseIntegers, runningMaxima } from './runningMaxima';

const picks: Picks = (value, best) => value > best;

/**
 * The maximum of each window. Padding counts as −∞, NaN wins, and of equal values the first in row-major order is
 * reported. The output has the input's element type, or float32 if a window has no pixel: no integer holds its value.
 */
export const max: Operator = {
  title: 'Max',
  longTitle: 'Max pooling',
  calls: {
    pytorch: { layer: 'MaxPool2d', function: 'max_pool2d()', dilation: 'taken', emptyWindow: -Infinity },
    keras: { layer: 'MaxPooling2D', dilation: 'refused', emptyWindow: -Infinity },
    // ONNX Runtime starts with the lowest float32, PyTorch with −∞.
    onnx: { layer: 'MaxPool', dilation: 'taken', emptyWindow: -largestFloat32 },
  },
  settings: ['kernelSize', 'stride', 'padding', 'dilation', 'ceilMode'],
  numpy: 'max',
  padding: '-inf',
  divides: false,
  sentences: {
    padding: 'padding: −∞, never the largest',
    picked: 'largest of {0}',
    wins: 'the largest in {0} of them',
    winner: 'first maximum',
  },

  pool(input, axes, options) {
    return withEmptyWindows(maximaOf(input, axes, options), axes, emptyWindowOf(options));
  },

  ...explainSelection(picks, emptyWindowOf),
};

function emptyWindowOf(options: PoolOptions): number {
  return callIn(max, frameworkOf(options)).emptyWindow;
}

/**
 * A running maximum: the work grows with the logarithm of the kernel. With `returnIndices`, or if taps are sparse,
 * windows uneven or only one, it grows with the kernel's height + width. Rows are pooled horizontally first and then
 * vertically, so that of equal values the first in row-major order is kept.
 */
function maximaOf(input: Tensor, axes: Axes, { returnIndices }: PoolOptions): Pooled {
  const shape = [1, input.shape[1], axes[0].output, axes[1].output] as const;
  if (returnIndices) {
    const { data, indices } = maximaAndIndices(input, axes);
    return { output: { shape, data }, indices };
  }
  const isIrregular = axes.some(axis => axis.uneven !== undefined || isSparse(axis));
  const isSingle = axes.every(axis => axis.output === 1);
  const data = isIrregular || isSingle ? maximaAndIndices(input, axes).data : maxima(input, axes);
  return { output: { shape, data } };
}

function maxima<D extends Samples>({ data, shape }: Tensor<D>, axes: Axes): D {
  const [, channels, height, width] = shape;
  const vertical = trimmed(axes[0]);
  const horizontal = trimmed(axes[1]);
  const raise = data instanceof Float32Array ? raiseFloats : raiseIntegers;
  const lowest = data instanceof Float32Array ? -Infinity : 0;

  // One input row with its padding, as long as the windows reach.
  const row = samplesLike(data, reachOf(horizontal) * channels);
  const inRow = Math.min(width * channels, row.length - horizontal.padBefore * channels);
  const reduceRow = (y: number, target: Samples, at: number) => {
    row.fill(lowest);
    row.set(data.subarray(y * width * channels, y * width * channels + inRow), horizontal.padBefore * channels);
    runningMaxima(row, row.length, horizontal.kernel, horizontal.dilation * channels, raise);
    pick(row, horizontal.output, horizontal.stride * channels, channels, target, at);
  };

  // Strips of output rows: enough rows that those shared by two strips cost little, few enough to stay in the
  // processor's cache.
  const rowLength = horizontal.output * channels;
  const reach = effectiveKernel(vertical);
  const stripOutput = Math.min(vertical.output, Math.ceil(Math.max(3 * reach, 64) / vertical.stride));
  const strip = samplesLike(data, ((stripOutput - 1) * vertical.stride + reach) * rowLength);
  const output = samplesLike(data, vertical.output * rowLength);
  for (let first = 0; first < vertical.output; first += stripOutput) {
    const count = Math.min(stripOutput, vertical.output - first);
    const rows = (count - 1) * vertical.stride + reach;
    const { start } = windowSpan(vertical, first);
    for (let i = 0; i < rows; i++) {
      const y = start + i;
      if (y >= 0 && y < height) reduceRow(y, strip, i * rowLength);
      else strip.fill(lowest, i * rowLength, (i + 1) * rowLength);
    }
    runningMaxima(strip, rows * rowLength, vertical.kernel, vertical.dilation * rowLength, raise);
    pick(strip, count, vertical.stride * rowLength, rowLength, output, first * rowLength);
  }
  return output;
}

/** Copies `count` runs of `length` values, `step` apart, to `target` without gaps, from `at` on. */
function pick(source: Samples, count: number, step: number, length: number, target: Samples, at: number): void {
  if (step === length) {
    target.set(source.subarray(0, count * length), at);
    return;
  }
  for (let i = 0, from = 0; i < count; i++, from += step) {
    for (let j = 0; j < length; j++) target[at++] = source[from + j]!;
  }
}

/** {@link maxima}, and where each was found. As in PyTorch: of equal values the first, of NaNs the last. */
function maximaAndIndices<D extends Samples>(
  { data, shape }: Tensor<D>,
  [vertical, horizontal]: Axes,
): { data: D; indices: Int32Array } {
  const [, channels, , width] = shape;
  const lowest = data instanceof Float32Array ? -Infinity : 0;
  const rowLength = horizontal.output * channels;
  const spans = Array.from({ length: horizontal.output }, (_, x) => clippedSpan(horizontal, x));
  const maxima = samplesLike(data, vertical.output * rowLength).fill(lowest) as D;
  const indices = new Int32Array(maxima.length);

  // The best of each window's taps in one row, kept for as many rows as a window spans: row y in slot y mod `slots`.
  const reach = effectiveKernel(vertical);
  const slots = Math.min(reach, vertical.input);
  const best = samplesLike(data, slots * rowLength);
  const columns = new Int32Array(slots * rowLength);
  const reduceRow = (y: number) => {
    let at = (y % slots) * rowLength;
    for (const { start, end } of spans) {
      for (let c = 0; c < channels; c++, at++) {
        let value: number = lowest;
        let column = start;
        for (let x = start; x < end; x += horizontal.dilation) {
          const candidate = data[(y * width + x) * channels + c]!;
          if (candidate > value || Number.isNaN(candidate)) {
            value = candidate;
            column = x;
          }
        }
        best[at] = value;
        columns[at] = column;
      }
    }
  };

  let reduced = 0;
  for (let i = 0; i < vertical.output; i++) {
    const { start, end } = clippedSpan(vertical, i);
    // Start at the window's own first row: it only moves down, whereas with dilation the first tap inside can move up.
    for (reduced = Math.max(reduced, windowSpan(vertical, i).start); reduced < end; reduced++) reduceRow(reduced);
    const offset = i * rowLength;
    // PyTorch's index as long as no tap is above −∞: the first tap that is not before the image.
    for (let j = 0; j < rowLength; j++) {
      indices[offset + j] = start * width + spans[Math.floor(j / channels)]!.start;
    }
    for (let y = start; y < end; y += vertical.dilation) {
      const slot = (y % slots) * rowLength;
      for (let j = 0; j < rowLength; j++) {
        const candidate = best[slot + j]!;
        if (candidate > maxima[offset + j]! || Number.isNaN(candidate)) {
          maxima[offset + j] = candidate;
          indices[offset + j] = y * width + columns[slot + j]!;
        }
      }
    }
  }
  return { data: maxima, indices };
}
