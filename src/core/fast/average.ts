import { reachOf } from '../axis';
import { type Divisors, divisorsOf } from '../operators/average';
import type { PlannedLayer } from '../plan';
import type { Arena } from './arena';
import { type AxisSlice, isTwoByTwo, type RowAt, rowsOf, type Source } from './axisSlice';
import type { FastJob, FastPooling } from './fastPooling';
import { sumKernels } from './kernels';

/** The format of averages: exact float32, or truncated bytes as in a picture. */
export type AverageFormat = 'floats' | 'bytes';

/** Averages without dilation, if a window's sum fits 32 bits. */
export const fastAverage: FastPooling = {
  supports: ({ axes, input }) => axes.every(({ dilation }) => dilation === 1) && tapsInside(axes, input) <= MAX_TAPS,
  bytes: (arena, source, job, to) => poolAverage(arena, source, job, 'bytes', to),
  floats: (arena, source, job, to) => poolAverage(arena, source, job, 'floats', to),
};

function tapsInside([vertical, horizontal]: PlannedLayer['axes'], [, , height, width]: PlannedLayer['input']): number {
  return Math.min(vertical.kernel, height) * Math.min(horizontal.kernel, width);
}

/**
 * Average pooling of bytes: writes `vertical.output` rows of `horizontal.output` pixels to address `to`.
 *
 * As with max, vertical first, one row at a time: column sums slide down the picture, each row is added once and
 * subtracted once. Then running sums along the row, where a window's sum is the difference of two, and one division.
 */
function poolAverage(arena: Arena, source: Source, job: FastJob, format: AverageFormat, to: number): void {
  const { vertical, horizontal } = job;
  const divisors = divisorsFor(job);
  const kernels = arena.kernelsOf(sumKernels);
  const { channels } = source;
  const n = horizontal.input * channels;
  const zeros = arena.zeros(n);
  const rowAt = rowsOf(source, vertical, horizontal, zeros, kernels.prefetch);
  const runs = equalRuns(divisors.columns);
  const outputLength = horizontal.output * channels;

  const rowDivisors = divisors.rows;
  const isFour = runs.length === 1 && rowDivisors.every(rows => rows * runs[0]!.divisor === 4);
  if (format === 'bytes' && isFour && isTwoByTwo(vertical, horizontal)) {
    for (let o = 0; o < vertical.output; o++, to += outputLength) {
      kernels.average2x2(to, rowAt(2 * o), rowAt(2 * o + 1), horizontal.output, channels);
    }
    return;
  }

  const { precise, narrow, tall } = precisionOf(vertical, horizontal, divisors, format);
  const columnSize = tall ? 4 : 2;
  const line = arena.zeros(reachOf(horizontal) * channels * columnSize);
  const nextColumns = columnSums(arena, rowAt, vertical, n, zeros, tall);
  const row: RowOfSums = { line, horizontal, channels, runs };
  const write = narrow ? narrowRows(arena, row) : wideRows(arena, row, format, precise, tall);
  for (let o = 0; o < vertical.output; o++, to += outputLength * (format === 'floats' ? 4 : 1)) {
    nextColumns(line + horizontal.before * channels * columnSize);
    write(to, rowDivisors[o]!);
  }
}

/** The divisors of the requested windows: row times column. */
function divisorsFor({ layer, rows, columns }: FastJob): Divisors {
  const all = divisorsOf(layer.axes, layer.options);
  return {
    rows: all.rows.subarray(rows.start, rows.start + rows.count),
    columns: all.columns.subarray(columns.start, columns.start + columns.count),
  };
}

/** The column sums of a row of windows, from the first window's first column on, and their divisors. */
interface RowOfSums {
  readonly line: number;
  readonly horizontal: AxisSlice;
  readonly channels: number;
  readonly runs: readonly Run[];
}

/** Writes a row of averages to an address; a window's divisor is `rowDivisor` times that of its column. */
type RowWriter = (to: number, rowDivisor: number) => void;

/** Bytes, for windows whose sums fit 16 bits: up to three columns are added directly, more by running sums. */
function narrowRows(arena: Arena, { line, horizontal, channels, runs }: RowOfSums): RowWriter {
  const kernels = arena.kernelsOf(sumKernels);
  const { kernel, stride, output } = horizontal;
  const pixel = 2 * channels;
  const step = stride * pixel;
  const span = kernel * pixel;
  const reach = reachOf(horizontal);
  const isFew = kernel <= 3;
  const running = arena.row(isFew ? 0 : (reach + 1) * pixel);
  const picked = arena.row(stride === 1 ? 0 : output * pixel);
  return (to, rowDivisor) => {
    if (!isFew) kernels.runningSums16(running, line, reach, channels);
    if (stride > 1) {
      if (isFew) kernels.windowsOfColumns(picked, line, kernel, pixel, step, output, channels);
      else kernels.windows16(picked, running, span, step, output, channels);
    }
    for (const { start, count, divisor } of runs) {
      const reciprocal = 1 / (rowDivisor * divisor);
      const from = start * pixel;
      const at = to + start * channels;
      const n = count * channels;
      if (stride > 1) kernels.bytes1(at, picked + from, n, reciprocal);
      else if (!isFew) kernels.bytes16(at, running + from, span, n, reciprocal);
      else if (kernel === 3) kernels.bytes3(at, line + from, pixel, n, reciprocal);
      else if (kernel === 2) kernels.bytes2(at, line + from, pixel, n, reciprocal);
      else kernels.bytes1(at, line + from, n, reciprocal);
    }
  };
}

/** Bytes or floats of any windows: 32-bit running sums, where a window's sum is the difference of two. */
function wideRows(
  arena: Arena,
  { line, horizontal, channels, runs }: RowOfSums,
  format: AverageFormat,
  precise: boolean,
  tall: boolean,
): RowWriter {
  const kernels = arena.kernelsOf(sumKernels);
  const { kernel, stride, output } = horizontal;
  const pixel = 4 * channels;
  const step = stride * pixel;
  const span = kernel * pixel;
  const reach = reachOf(horizontal);
  const running = arena.row((reach + 1) * pixel);
  // With a stride the differences are taken first. They are sums already, so zeros are subtracted from them.
  const picked = arena.row(stride === 1 ? 0 : output * pixel);
  const nothing = arena.zeros(stride === 1 ? 0 : output * pixel);
  const quotients = arena.row(precise && format === 'bytes' ? output * pixel : 0);
  return (to, rowDivisor) => {
    if (tall) kernels.runningSumsTall(running, line, reach, channels);
    else kernels.runningSums32(running, line, reach, channels);
    if (stride > 1) kernels.windows32(picked, running, span, step, output, channels);
    for (const { start, count, divisor: columns } of runs) {
      const divisor = rowDivisor * columns;
      const first = (stride > 1 ? nothing : running) + start * pixel;
      const last = (stride > 1 ? picked : running + span) + start * pixel;
      const n = count * channels;
      const at = to + start * channels * (format === 'floats' ? 4 : 1);
      if (format === 'floats') {
        if (precise) kernels.floats64(at, first, last, n, divisor);
        else kernels.floats32(at, first, last, n, divisor);
      } else if (precise) {
        kernels.floats64(quotients, first, last, n, divisor);
        kernels.truncate(at, quotients, n);
      } else {
        kernels.bytes32(at, first, last, n, 1 / divisor);
      }
    }
  };
}

/** The most rows of bytes whose sum fits 16 bits. */
export const NARROW_TAPS = 257;

/** The most taps whose sum of bytes fits 32 bits: the kernels cannot add more. */
export const MAX_TAPS = Math.floor((2 ** 32 - 1) / 255);

/**
 * The precision that sums and division need.
 *
 * `narrow`: windows' sums fit 16 bits. `tall`: columns' sums need 32 bits. `precise`: division by doubles; for floats
 * if sum or divisor might not be exact in float32, for bytes if the reciprocal's error bound (see assembly/kernels.ts)
 * does not hold.
 */
function precisionOf(
  vertical: AxisSlice,
  horizontal: AxisSlice,
  divisors: Divisors,
  format: AverageFormat,
): { precise: boolean; narrow: boolean; tall: boolean } {
  const rows = Math.min(vertical.kernel, vertical.input);
  const largestSum = rows * Math.min(horizontal.kernel, horizontal.input) * 255;
  const least = Math.min(...bounds(divisors.rows)) * Math.min(...bounds(divisors.columns));
  const most = Math.max(...bounds(divisors.rows)) * Math.max(...bounds(divisors.columns));
  const precise =
    format === 'floats'
      ? largestSum >= 2 ** 24 || least < 1 || most >= 2 ** 24
      : largestSum >= 2 ** 23 || least < 1 || most >= 2 ** 14;
  return {
    precise,
    narrow: !precise && format === 'bytes' && largestSum <= NARROW_TAPS * 255,
    tall: rows > NARROW_TAPS,
  };
}

function bounds(values: ArrayLike<number>): [least: number, most: number] {
  let least = values[0]!;
  let most = least;
  for (let i = 1; i < values.length; i++) {
    least = Math.min(least, values[i]!);
    most = Math.max(most, values[i]!);
  }
  return [least, most];
}

/** Neighbouring columns with the same divisor. */
interface Run {
  readonly start: number;
  count: number;
  readonly divisor: number;
}

/**
 * The runs of equal divisors along a row: one for each of the few columns near the padding, and one for all between.
 */
export function equalRuns(columns: ArrayLike<number>): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < columns.length; i++) {
    const run = runs.at(-1);
    if (run?.divisor === columns[i]) run!.count++;
    else runs.push({ start: i, count: 1, divisor: columns[i]! });
  }
  return runs;
}

/**
 * A function that writes the column sums of the first row of windows, then of the second, and so on, always to one
 * address.
 */
function columnSums(
  arena: Arena,
  rowAt: RowAt,
  { before, kernel, stride }: AxisSlice,
  n: number,
  zeros: number,
  tall: boolean,
): (to: number) => void {
  const kernels = arena.kernelsOf(sumKernels);
  let y = -before - stride;
  let empty = true;
  const slide = (to: number, enter: number, leave: number) => {
    if (enter === leave) return;
    if (tall) kernels.slide32(to, enter, leave, n);
    else kernels.slide16(to, enter, leave, n);
  };
  return to => {
    y += stride;
    if (!empty && kernel > 4 && stride < kernel) {
      for (let row = y - stride; row < y; row++) slide(to, rowAt(row + kernel), rowAt(row));
      return;
    }
    empty = false;
    if (tall) arena.bytes(to, 4 * n).fill(0);
    else if (kernel === 3) kernels.sum3(to, rowAt(y), rowAt(y + 1), rowAt(y + 2), n);
    else if (kernel < 3) kernels.sum2(to, rowAt(y), kernel === 2 ? rowAt(y + 1) : zeros, n);
    else kernels.sum4(to, rowAt(y), rowAt(y + 1), rowAt(y + 2), rowAt(y + 3), n);
    for (let row = y + (tall ? 0 : 4); row < y + kernel; row++) slide(to, rowAt(row), zeros);
  };
}
