import type { Span } from '../axis';
import { isOnePixel } from '../operators/adaptive';
import type { Arena } from './arena';
import { type AverageFormat, MAX_TAPS, NARROW_TAPS } from './average';
import { type RowAt, rowsOf, type Source, windowsOf } from './axisSlice';
import type { FastJob, FastPooling } from './fastPooling';
import { sumKernels } from './kernels';
import { windowTable } from './windowTable';

/** The averages of windows that divide the picture. */
export const fastAdaptiveAverage: FastPooling = {
  supports: ({ axes }) => {
    const [vertical, horizontal] = axes;
    const taps = Math.min(vertical.kernel, NARROW_TAPS) * horizontal.kernel;
    return taps <= MAX_TAPS && axes.every(({ output }) => output > 0);
  },
  bytes: (arena, source, job, to) => poolAdaptiveAverage(arena, source, job, 'bytes', to),
  floats: (arena, source, job, to) => poolAdaptiveAverage(arena, source, job, 'floats', to),
  streams: true,
};

/** For each row of windows the sums of the columns, then those of the windows, then the divisions. */
function poolAdaptiveAverage(arena: Arena, source: Source, job: FastJob, format: AverageFormat, to: number): void {
  const { layer, vertical, horizontal } = job;
  const { channels } = source;
  const kernels = arena.kernelsOf(sumKernels);
  const n = horizontal.input * channels;
  const zeros = arena.zeros(n);
  const rowAt = rowsOf(source, vertical, horizontal, zeros, kernels.prefetch);
  const columns = windowsOf(horizontal);
  const table = windowTable(arena, columns, 2 * channels);
  const line = arena.row(2 * n);
  const count = columns.length * channels;
  const sums = arena.row(4 * count);
  const quotients = arena.row(format === 'bytes' ? 4 * count : 0);
  const widths = arena.row(4 * count);
  const lengths = arena.floats(widths, count);
  columns.forEach(({ start, end }, i) => {
    lengths.fill(end - start, i * channels, (i + 1) * channels);
  });

  const putSums = (rows: Span) => {
    putColumns(arena, line, rowAt, rows, zeros, n);
    kernels.sumWindows(sums, line, table, columns.length, channels);
  };
  const isOnce = isOnePixel(layer.options);
  const isSmall = vertical.kernel <= NARROW_TAPS && vertical.kernel * horizontal.kernel * 255 < 2 ** 24;
  for (const rows of windowsOf(vertical)) {
    const height = rows.end - rows.start;
    const averages = format === 'floats' ? to : quotients;
    if (isSmall && !isOnce) {
      putSums(rows);
      kernels.divideTwice(averages, sums, widths, count, height);
    } else {
      // There are few windows as large as this: doubles hold their sums.
      const totals = new Float64Array(count);
      for (let start = rows.start; start < rows.end; start += NARROW_TAPS) {
        putSums({ start, end: Math.min(start + NARROW_TAPS, rows.end) });
        const part = arena.words(sums, count);
        for (let i = 0; i < count; i++) totals[i]! += part[i]!;
      }
      const values = arena.floats(averages, count);
      for (let i = 0; i < count; i++) {
        values[i] = isOnce ? totals[i]! / (height * lengths[i]!) : Math.fround(totals[i]! / height) / lengths[i]!;
      }
    }
    if (format === 'bytes') kernels.truncate(to, averages, count);
    to += format === 'floats' ? 4 * count : count;
  }
}

/** The 16-bit column sums of some rows, up to {@link NARROW_TAPS} of them. */
function putColumns(arena: Arena, to: number, rowAt: RowAt, { start, end }: Span, zeros: number, n: number): void {
  const kernels = arena.kernelsOf(sumKernels);
  const at = (y: number) => (y < end ? rowAt(y) : zeros);
  kernels.sum4(to, at(start), at(start + 1), at(start + 2), at(start + 3), n);
  for (let y = start + 4; y < end; y += 4) kernels.add4(to, at(y), at(y + 1), at(y + 2), at(y + 3), n);
}
