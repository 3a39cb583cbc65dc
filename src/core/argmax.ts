import { type Axes, type Axis, clippedSpan, effectiveKernel, isSparse, reachOf, trimmed } from './axis';
import { Bitset } from './bitset';
import { raiseIntegers, runningMaxima } from './operators/runningMaxima';
import type { Tensor } from './tensor';

/**
 * Up to this average overlap of windows, looking at each tap is faster than running maxima: 12 against 27 ms for 2×2/2
 * of 1024 × 700 RGB, but 73 against 49 ms for 3×3/1.
 */
const mostOverlap = 4;

/** The fewest pixels of an axis that a tile's windows span, so that the pixels shared by two tiles cost little. */
const leastSpan = 128;

/**
 * Puts value and place into one number that sorts by value first: 16 bits of value and 32 of place are exact in a
 * double.
 */
const valueUnit = 2 ** 32;
const lastPlace = valueUnit - 1;

/** Less than any value and any key: stands for a tap outside the input. */
const nothing = -1;

type Samples = Tensor<Uint8Array | Uint16Array>;

/**
 * Marks the samples that are the maximum of at least one window of a max pooling; of equal values the first in
 * row-major order, as `return_indices` reports it. Members are indices into the input's data. A window without a tap on
 * the input, which only dilation can cause, marks nothing.
 *
 * @param axes the geometry from `planAxes('max', …)`
 */
export function argmaxOf(input: Samples, axes: Axes): Bitset {
  const found = new Bitset(input.data.length);
  const [vertical, horizontal] = [trimmed(axes[0]), trimmed(axes[1])];
  const overlap = (vertical.kernel * horizontal.kernel) / (vertical.stride * horizontal.stride);
  const isFew = overlap <= mostOverlap || axes.some(isSparse);
  (isFew ? lookAtEach : runMaxima)(input, [vertical, horizontal], found);
  return found;
}

/** Visits the taps in row-major order, each for a whole row of windows. */
function lookAtEach({ shape, data }: Samples, [vertical, horizontal]: Axes, found: Bitset): void {
  const [, channels, , width] = shape;
  const { kernel, stride, dilation, padBefore, output } = horizontal;
  const best = new Int32Array(output * channels);
  const places = new Uint32Array(output * channels);
  for (let i = 0; i < vertical.output; i++) {
    best.fill(nothing);
    const { start, end } = clippedSpan(vertical, i);
    for (let y = start; y < end; y += vertical.dilation) {
      for (let tap = 0; tap < kernel; tap++) {
        const offset = tap * dilation - padBefore;
        const first = Math.max(0, Math.ceil(-offset / stride));
        const last = Math.min(output - 1, Math.floor((width - 1 - offset) / stride));
        let at = (y * width + offset + first * stride) * channels;
        for (let j = first * channels; j <= last * channels; at += (stride - 1) * channels) {
          for (let c = 0; c < channels; c++, j++, at++) {
            const value = data[at]!;
            if (value > best[j]!) {
              best[j] = value;
              places[j] = at;
            }
          }
        }
      }
    }
    for (let j = 0; j < best.length; j++) if (best[j] !== nothing) found.add(places[j]!);
  }
}

/**
 * Turns each sample into one number, its value and then how early it comes, so that a running maximum finds values and
 * places at once; its work grows with the logarithm of the kernel. Works tile by tile, because the numbers take 8 bytes
 * each.
 */
function runMaxima({ shape, data }: Samples, [vertical, horizontal]: Axes, found: Bitset): void {
  const [, channels, height, width] = shape;
  const tileRows = windowsPerTile(vertical);
  const tileColumns = windowsPerTile(horizontal);
  const line = new Float64Array(spanOf(horizontal, tileColumns) * channels);
  const tile = new Float64Array(spanOf(vertical, tileRows) * tileColumns * channels);

  for (let left = 0; left < horizontal.output; left += tileColumns) {
    const columns = Math.min(tileColumns, horizontal.output - left);
    const lineLength = spanOf(horizontal, columns) * channels;
    const startX = left * horizontal.stride - horizontal.padBefore;
    const rowLength = columns * channels;
    for (let top = 0; top < vertical.output; top += tileRows) {
      const count = Math.min(tileRows, vertical.output - top);
      const rows = spanOf(vertical, count);
      const startY = top * vertical.stride - vertical.padBefore;
      for (let i = 0; i < rows; i++) {
        const y = startY + i;
        if (y < 0 || y >= height) {
          tile.fill(nothing, i * rowLength, (i + 1) * rowLength);
          continue;
        }
        fillKeys(line, lineLength, data, y * width * channels, width * channels, startX * channels);
        runningMaxima(line, lineLength, horizontal.kernel, horizontal.dilation * channels, raiseIntegers);
        for (let j = 0, from = 0, to = i * rowLength; j < columns; j++, from += horizontal.stride * channels) {
          for (let c = 0; c < channels; c++) tile[to++] = line[from + c]!;
        }
      }
      runningMaxima(tile, rows * rowLength, vertical.kernel, vertical.dilation * rowLength, raiseIntegers);
      for (let i = 0; i < count; i++) {
        const from = i * vertical.stride * rowLength;
        for (let j = 0; j < rowLength; j++) {
          const key = tile[from + j]!;
          // `>>> 0` is the remainder by 2³².
          if (key !== nothing) found.add(lastPlace - (key >>> 0));
        }
      }
    }
  }
}

function windowsPerTile(axis: Axis): number {
  // Half the kernel, so that a tile stays small compared to the picture even if the kernel is nearly as large as the
  // picture.
  return Math.min(axis.output, Math.ceil(Math.max(effectiveKernel(axis) / 2, leastSpan) / axis.stride));
}

/** How many pixels these windows span. */
function spanOf(axis: Axis, windows: number): number {
  return reachOf({ ...axis, output: windows });
}

/** The keys of a row's samples from `start` on, which may be negative; the row begins at `rowStart` in `data`. */
function fillKeys(
  line: Float64Array,
  length: number,
  data: Uint8Array | Uint16Array,
  rowStart: number,
  rowLength: number,
  start: number,
): void {
  const before = Math.min(length, Math.max(0, -start));
  const end = Math.max(before, Math.min(length, rowLength - start));
  line.fill(nothing, 0, before);
  for (let i = before, at = rowStart + start + before; i < end; i++, at++) {
    line[i] = data[at]! * valueUnit + (lastPlace - at);
  }
  line.fill(nothing, end, length);
}
