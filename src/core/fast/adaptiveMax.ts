import type { Arena } from './arena';
import { rowsOf, type Source, windowsOf } from './axisSlice';
import { bestOfRows } from './extremum';
import type { FastJob, FastPooling } from './fastPooling';
import { maxKernels } from './kernels';
import { windowTable } from './windowTable';

/** The maxima of windows that divide the picture; everything but indices. */
export const fastAdaptiveMax: FastPooling = {
  supports: ({ axes, options }) => !options.returnIndices && axes.every(({ output }) => output > 0),
  bytes: poolAdaptiveMax,
  streams: true,
};

/** For each row of windows the maxima of the columns, then those of the windows. */
function poolAdaptiveMax(arena: Arena, source: Source, { vertical, horizontal }: FastJob, to: number): void {
  const kernels = arena.kernelsOf(maxKernels);
  const { channels } = source;
  const n = horizontal.input * channels;
  const rowAt = rowsOf(source, vertical, horizontal, 0, kernels.prefetch);
  const line = arena.row(n);
  const table = windowTable(arena, windowsOf(horizontal), channels);
  for (const { start, end } of windowsOf(vertical)) {
    bestOfRows(kernels, line, rowAt, start, end - start, 1, n);
    kernels.bestWindows(to, line, table, horizontal.output, channels);
    to += horizontal.output * channels;
  }
}
