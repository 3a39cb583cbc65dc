import { reachOf } from '../axis';
import type { EmbeddedWasm } from '../webAssembly';
import { type Arena, SLACK } from './arena';
import { type AxisSlice, isTwoByTwo, type RowAt, rowsOf, type Source } from './axisSlice';
import type { FastPooling } from './fastPooling';
import type { ExtremumKernels } from './kernels';

/** One pooling, and what it is computed with. */
interface Work {
  readonly arena: Arena;
  readonly kernels: ExtremumKernels;
  /** The value of a pixel outside the picture: no value is worse. */
  readonly outside: number;
  readonly source: Source;
  readonly vertical: AxisSlice;
  readonly horizontal: AxisSlice;
}

/**
 * Pooling of bytes that picks one pixel of each window; everything but indices.
 *
 * @param module the kernels, which know which of two pixels is better
 * @param outside the value of a pixel outside the picture: no value is worse
 */
export function fastExtremum(module: EmbeddedWasm<ExtremumKernels>, outside: 0 | 255): FastPooling {
  return {
    supports: ({ options }) => !options.returnIndices,
    bytes: (arena, source, { vertical, horizontal }, to) =>
      pool({ arena, kernels: arena.kernelsOf(module), outside, source, vertical, horizontal }, to),
  };
}

/**
 * Writes `vertical.output` rows of `horizontal.output` pixels to address `to`.
 *
 * Vertical first, because vectors are efficient on whole rows whatever the number of channels; then horizontally on the
 * row that is still in the processor's first-level cache; then every `stride`th pixel.
 */
function pool(work: Work, to: number): void {
  const { vertical, horizontal } = work;
  if (isTwoByTwo(vertical, horizontal)) poolTwoByTwo(work, to);
  else if (overlaps(vertical) && overlaps(horizontal)) poolPairs(work, to);
  else poolRows(work, to);
}

/** The picture's rows that the windows cover, with rows of `outside` above and below. */
function rowsFor({ arena, kernels, outside, source, vertical, horizontal }: Work): RowAt {
  const beyond = arena.filled(horizontal.input * source.channels, outside);
  return rowsOf(source, vertical, horizontal, beyond, kernels.prefetch);
}

/** Whether each window shares all taps but one with the next. */
function overlaps({ kernel, stride, dilation }: AxisSlice): boolean {
  return kernel > 1 && stride === 1 && dilation === 1;
}

function poolTwoByTwo(work: Work, to: number): void {
  const { kernels, source, vertical, horizontal } = work;
  const { channels } = source;
  const rowAt = rowsFor(work);
  for (let o = 0; o < vertical.output; o++, to += horizontal.output * channels) {
    kernels.best2x2(to, rowAt(2 * o), rowAt(2 * o + 1), horizontal.output, channels);
  }
}

/**
 * Any windows: for each row of windows the best of the columns, then the best along the row, then every `stride`th
 * pixel.
 */
function poolRows(work: Work, to: number): void {
  const { arena, kernels, outside, source, vertical, horizontal } = work;
  const { channels } = source;
  const { stride } = horizontal;
  const n = horizontal.input * channels;
  const rowAt = rowsFor(work);
  const reach = reachOf(horizontal) * channels;
  const line = arena.filled(reach, outside);
  const spare = arena.row(reach);
  const steps = doubling(horizontal.kernel);
  const unit = horizontal.dilation * channels;
  const last = ((horizontal.output - 1) * stride + 1) * channels;
  const putColumns = bestOfColumns(work, rowAt, n);

  for (let o = 0; o < vertical.output; o++, to += horizontal.output * channels) {
    putColumns(o * vertical.stride - vertical.before, line + horizontal.before * channels);
    let from = line;
    for (let i = 0; i < steps.length; i++) {
      const { taps, ahead } = steps[i]!;
      const target = stride === 1 && ahead === 0 ? to : spare;
      best(kernels, target, from, taps, unit, last + ahead * unit);
      from = target;
    }
    if (stride === 2) kernels.pickHalf(to, from, horizontal.output, channels);
    else if (stride > 2) kernels.pick(to, from, horizontal.output, channels, stride * channels);
  }
}

/**
 * Pooling at stride 1, two rows of windows at a time: they share all rows but one each. The first step along the row is
 * taken while the columns' best are in registers, directly on the picture; only windows that reach into the padding are
 * computed separately. 3×3/1 takes half the time of {@link poolRows}.
 */
function poolPairs(work: Work, to: number): void {
  const { arena, kernels, source, vertical, horizontal } = work;
  const { channels } = source;
  const { kernel } = vertical;
  const { before, input } = horizontal;
  const rowAt = rowsFor(work);
  const sharedAt = sharedRows(work, rowAt, input * channels);

  const [{ taps, ahead }, ...steps] = doubling(horizontal.kernel) as [Step, ...Step[]];
  const outputLength = horizontal.output * channels;
  // Results of the first step, by where their windows begin: from `-before` before the left end, from `left` to `right`
  // inside.
  const first = horizontal.output + ahead - before;
  const left = Math.min(0, first);
  const right = Math.max(Math.min(input - taps.length + 1, first), left);
  const lines = [arena.row(reachOf(horizontal) * channels), arena.row(reachOf(horizontal) * channels)] as const;

  const putEdges = (line: number, outer: number, b: number, c: number) => {
    if (left > -before) kernels.bestEdge(line, outer, b, c, -before, left, taps.length, input, channels);
    const end = line + (before + right) * channels;
    if (first > right) kernels.bestEdge(end, outer, b, c, right, first, taps.length, input, channels);
  };

  for (let o = 0; o < vertical.output; o += 2, to += 2 * outputLength) {
    const isLast = o + 1 === vertical.output;
    const upper = steps.length === 0 ? to : lines[0];
    const lower = steps.length === 0 && !isLast ? to + outputLength : lines[1];
    const top = o - vertical.before;
    const a = rowAt(top);
    const b = kernel === 3 ? rowAt(top + 1) : sharedAt(top + 1);
    const c = kernel === 3 ? rowAt(top + 2) : b;
    const d = rowAt(top + kernel);
    if (right > left) {
      const inside = before * channels;
      const n = (right - left) * channels;
      kernels.bestPair(upper + inside, lower + inside, a, b, c, d, n, taps.length, channels);
    }
    putEdges(upper, a, b, c);
    putEdges(lower, d, b, c);
    for (const step of steps) {
      const n = outputLength + step.ahead * channels;
      best(kernels, step.ahead === 0 ? to : upper, upper, step.taps, channels, n);
      if (!isLast) best(kernels, step.ahead === 0 ? to + outputLength : lower, lower, step.taps, channels, n);
    }
  }
}

/** Bytes from row to row in memory, for rows of `n` bytes. */
function pitchOf(n: number): number {
  return Math.ceil((n + SLACK) / SLACK) * SLACK;
}

/** One step of {@link doubling}: up to four taps, and how many taps later steps will look ahead. */
interface Step {
  readonly taps: readonly number[];
  readonly ahead: number;
}

/**
 * The best of `kernel` taps in about log₄(kernel) steps. The first finds the best of the 4 taps from each place on; the
 * next combines four of those, 4 taps apart, to the best of 16, and so on. In the last step they overlap as far as
 * necessary. For 15: taps 0, 1, 2, 3, then 0, 4, 8, 11. A single tap is also a step: a copy.
 */
function doubling(kernel: number): Step[] {
  const taps: number[][] = [];
  let covered = 1;
  do {
    const count = Math.min(4, Math.ceil(kernel / covered));
    const reach = Math.min(kernel, covered * count);
    taps.push(Array.from({ length: count }, (_, i) => Math.min(i * covered, reach - covered)));
    covered = reach;
  } while (covered < kernel);
  let ahead = kernel - 1;
  return taps.map(step => {
    ahead -= step.at(-1)!;
    return { taps: step, ahead };
  });
}

/** One step over a row: `taps` are `unit` bytes apart. */
function best(
  kernels: ExtremumKernels,
  to: number,
  from: number,
  taps: readonly number[],
  unit: number,
  n: number,
): void {
  const second = from + (taps[1] ?? 0) * unit;
  if (taps.length < 3) kernels.best2(to, from, second, n);
  else if (taps.length === 3) kernels.best3(to, from, second, from + taps[2]! * unit, n);
  else kernels.best4(to, from, second, from + taps[2]! * unit, from + taps[3]! * unit, n);
}

/**
 * A function that writes the best of the rows of the window at row `y` to an address; windows must come from top to
 * bottom.
 */
function bestOfColumns(work: Work, rowAt: RowAt, n: number): (y: number, to: number) => void {
  const { kernels, vertical } = work;
  const { kernel, stride, dilation } = vertical;
  if (kernel <= 4 || kernel <= 2 * stride) return (y, to) => bestOfRows(kernels, to, rowAt, y, kernel, dilation, n);
  const windowAt = slidingBest(work, rowAt, vertical, n);
  return (y, to) => {
    const row = windowAt(y);
    kernels.best2(to, row, row, n);
  };
}

/** The best of the rows that two windows share, by the first of these rows; from top to bottom, every second row. */
function sharedRows(work: Work, rowAt: RowAt, n: number): RowAt {
  const { arena, kernels, vertical } = work;
  const kernel = vertical.kernel - 1;
  if (kernel === 1) return rowAt;
  if (kernel > 4) return slidingBest(work, rowAt, { ...vertical, kernel, before: vertical.before - 1 }, n);
  const row = arena.row(n);
  return y => {
    bestOfRows(kernels, row, rowAt, y, kernel, 1, n);
    return row;
  };
}

/** The best of the window's rows, up to four at a time. */
export function bestOfRows(
  kernels: ExtremumKernels,
  to: number,
  rowAt: RowAt,
  y: number,
  kernel: number,
  dilation: number,
  n: number,
): void {
  const first = rowAt(y);
  if (kernel === 1) kernels.best2(to, first, first, n);
  else if (kernel === 2) kernels.best2(to, first, rowAt(y + dilation), n);
  else if (kernel === 3) kernels.best3(to, first, rowAt(y + dilation), rowAt(y + 2 * dilation), n);
  else kernels.best4(to, first, rowAt(y + dilation), rowAt(y + 2 * dilation), rowAt(y + 3 * dilation), n);
  for (let tap = 4; tap < kernel; tap += 3) {
    const next = rowAt(y + tap * dilation);
    const second = rowAt(y + Math.min(tap + 1, kernel - 1) * dilation);
    const third = rowAt(y + Math.min(tap + 2, kernel - 1) * dilation);
    kernels.best4(to, to, next, second, third, n);
  }
}

/**
 * The best of high windows at a cost that does not grow with their height (van Herk 1992; Gil & Werman 1993). Rows are
 * cut into blocks of a window's height. A window is the end of one block and the beginning of the next. For the end
 * there is the best from each row to the block's end, computed when the block is entered; for the beginning, the best
 * of the rows so far, updated with each row. With dilation, every `dilation`th row belongs to one set, and the sets are
 * processed side by side.
 */
function slidingBest({ arena, kernels }: Work, rowAt: RowAt, vertical: AxisSlice, n: number): RowAt {
  const { kernel, dilation, before } = vertical;
  const height = kernel * dilation;
  const pitch = pitchOf(n);
  const ends = arena.row(height * pitch);
  const beginnings = arena.row(dilation * pitch);
  const result = arena.row(n);
  let block = -before - height;
  let next = 0;

  /** The best from row `y` to the end of its block. */
  const endAt = (y: number) => (y + dilation < block + height ? ends + (y - block) * pitch : rowAt(y));
  /** Where the best of the next block's rows up to row `y` is stored, for the set of row `y`. */
  const beginningOf = (y: number) => beginnings + ((y - block) % dilation) * pitch;
  /** The best of the set's rows before row `y`; if there are none, the row itself, which changes nothing. */
  const beginningBefore = (y: number) => (y - block - height < dilation ? rowAt(y) : beginningOf(y));

  return y => {
    if (y >= block + height) {
      block += Math.floor((y - block) / height) * height;
      next = block + height;
      for (let row = next - dilation - 1; row >= y; row--) {
        kernels.best2(ends + (row - block) * pitch, rowAt(row), endAt(row + dilation), n);
      }
    }
    const last = y + (kernel - 1) * dilation;
    if (last < block + height) return endAt(y);
    // The last two rows at once, if they belong to one set and are both new.
    const first = dilation === 1 && next < last ? last - 1 : last;
    for (; next < first; next++) kernels.best2(beginningOf(next), beginningBefore(next), rowAt(next), n);
    kernels.bestSweep(result, beginningOf(last), beginningBefore(first), rowAt(first), rowAt(last), endAt(y), n);
    next = last + 1;
    return result;
  };
}
