import { type Axis, reachOf, type Span } from '../axis';
import { normOf, realTaps } from '../operators/lp';
import type { Arena } from './arena';
import { type AverageFormat, equalRuns } from './average';
import { type RowAt, rowsOf, type Source, windowsOf } from './axisSlice';
import type { FastJob, FastPooling } from './fastPooling';
import { sumKernels } from './kernels';

/** Lᵖ pooling with norm 1 or 2, without dilation, if a window's sum fits 32 bits. */
export const fastLp: FastPooling = {
  supports: ({ axes, options }) => {
    const norm = normOf(options);
    const taps = axes.map(({ kernel }: Axis) => kernel).reduce((a, b) => a * b);
    const isDense = axes.every(({ dilation }) => dilation === 1);
    return isDense && (norm === 1 || norm === 2) && taps < 2 ** 24 && taps * 255 ** norm < 2 ** 32;
  },
  bytes: (arena, source, job, to) => poolLp(arena, source, job, 'bytes', to),
  floats: (arena, source, job, to) => poolLp(arena, source, job, 'floats', to),
};

/**
 * Sums of powers of the columns slide down the picture, each row is added once and subtracted once. Then running sums
 * along the row, where a window's sum is the difference of two, and its root.
 */
function poolLp(arena: Arena, source: Source, job: FastJob, format: AverageFormat, to: number): void {
  const { layer, rows, columns, vertical, horizontal } = job;
  const kernels = arena.kernelsOf(sumKernels);
  const { channels } = source;
  const { kernel, stride, output } = horizontal;
  const isSquared = normOf(layer.options) === 2;
  const taps = realTaps(layer.axes, layer.options);
  const runs = equalRuns(taps.columns.subarray(columns.start, columns.start + columns.count));
  const pixel = 4 * channels;
  const reach = reachOf(horizontal);
  const n = horizontal.input * channels;
  const zeros = arena.zeros(n);
  const rowAt = rowsOf(source, vertical, horizontal, zeros, kernels.prefetch);
  const line = arena.zeros(reach * pixel);
  const running = arena.row((reach + 1) * pixel);
  // With a stride the differences are taken first. They are sums already, so zeros are subtracted from them.
  const picked = arena.row(stride === 1 ? 0 : output * pixel);
  const nothing = arena.zeros(stride === 1 ? 0 : output * pixel);
  const [from, last] = stride === 1 ? [running, running + kernel * pixel] : [nothing, picked];
  const norms = arena.row(format === 'bytes' ? output * pixel : 0);

  const slide = isSquared ? kernels.slideSquares : kernels.slide32;
  const slideTo = columnSums(line + horizontal.before * pixel, rowAt, zeros, n, slide);
  windowsOf(vertical).forEach((window, y) => {
    slideTo({ start: Math.max(window.start, 0), end: Math.min(window.end, vertical.input) });
    kernels.runningSumsTall(running, line, reach, channels);
    if (stride > 1) kernels.windows32(picked, running, kernel * pixel, stride * pixel, output, channels);
    const values = format === 'floats' ? to : norms;
    for (const { start, count, divisor } of runs) {
      const at = start * pixel;
      const real = taps.rows[rows.start + y]! * divisor;
      kernels.norms(values + at, from + at, last + at, count * channels, real, taps.full, isSquared);
    }
    if (format === 'bytes') kernels.truncate(to, values, output * channels);
    to += output * (format === 'floats' ? pixel : channels);
  });
}

/** Sums of columns at address `to`, zeros at first: a function that moves them down to some rows. */
function columnSums(
  to: number,
  rowAt: RowAt,
  zeros: number,
  n: number,
  slide: (to: number, enter: number, leave: number, n: number) => void,
): (rows: Span) => void {
  let summed: Span = { start: 0, end: 0 };
  return rows => {
    // Rows between two windows are not summed at all.
    let enter = Math.max(summed.end, rows.start);
    const left = Math.min(summed.end, rows.start);
    for (let leave = summed.start; enter < rows.end || leave < left; leave++, enter++) {
      slide(to, enter < rows.end ? rowAt(enter) : zeros, leave < left ? rowAt(leave) : zeros, n);
    }
    summed = rows;
  };
}
