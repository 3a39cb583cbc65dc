import { type Axis, reachOf, type UnevenWindows, windowSpan } from '../axis';

/**
 * Output pixels `start` (included) to `start + count` (excluded) of one axis: what a screen shows, or a strip of a
 * picture.
 */
export interface Range {
  readonly start: number;
  readonly count: number;
}

/**
 * The part of an axis that some of its windows cover. Its window `i` has its first tap at `i · stride − before`,
 * counted from input pixel `first`; positions before 0 and from `input` on are outside the picture.
 */
export interface AxisSlice {
  readonly first: number;
  readonly input: number;
  readonly before: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly output: number;
}

/** The slice of `axis` that the windows in `range` need. */
export function sliceOf(axis: Axis, range: Range = { start: 0, count: axis.output }): AxisSlice {
  const { kernel, stride, dilation } = axis;
  const origin = range.start * stride - axis.padBefore;
  const first = Math.max(origin, 0);
  const before = Math.max(-origin, 0);
  const reach = reachOf({ ...axis, output: range.count });
  const input = Math.max(Math.min(reach - before, axis.input - first), 0);
  return { first, input, before, kernel, stride, dilation, output: range.count };
}

/** The axis of a picture that begins at input pixel `first` and has only what the windows in `range` need. */
export function partOf(axis: Axis, range: Range): { readonly axis: Axis; readonly first: number } {
  if (axis.uneven) return partOfUneven(axis, axis.uneven, range);
  const { first, input, before, output } = sliceOf(axis, range);
  // The pixels after the part count as padding, so that the windows' divisors do not change.
  const padAfter = axis.input + axis.padAfter - first - input;
  return { first, axis: { ...axis, input, padBefore: before, padAfter, output } };
}

function partOfUneven(axis: Axis, uneven: UnevenWindows, { start, count }: Range) {
  const { start: first } = windowSpan(axis, start);
  const { end } = windowSpan(axis, start + count - 1);
  const part = { ...axis, input: end - first, output: count, uneven: { ...uneven, first: uneven.first + start } };
  return { first, axis: part };
}

/**
 * Whether windows are 2×2 blocks that do not overlap, all within the picture's width: by far the most common pooling.
 */
export function isTwoByTwo(vertical: AxisSlice, horizontal: AxisSlice): boolean {
  const two = ({ kernel, stride, dilation }: AxisSlice) => kernel === 2 && stride === 2 && dilation === 1;
  return (
    two(vertical) &&
    two(horizontal) &&
    vertical.before === 0 &&
    horizontal.before === 0 &&
    horizontal.input >= 2 * horizontal.output
  );
}

/** A picture in the arena: the address of its first pixel, and the bytes from row to row. */
export interface Source {
  readonly address: number;
  readonly pitch: number;
  readonly channels: number;
}

/** The address of row `y`, computed now if necessary. Rows must be requested from top to bottom. */
export type RowAt = (y: number) => number;

/**
 * The picture's rows from the slice's first on. Rows above and below are the row at address `zeros`, which holds zeros
 * or another value that stands for pixels outside the picture.
 *
 * Rows are prefetched before they are first needed: a loop that does nothing else has more cache lines on their way at
 * a time than one that calculates. 12 megapixels in colour take 1.9 ms instead of 3.4 for max 2×2/2, 6.9 instead of 8.9
 * for max 15×15/1. Four rows at a time, because one by one max 15×15/1 takes 7.5 ms; with eight it takes no less.
 *
 * @param prefetch fetches the row of `n` bytes at an address into the processor's cache
 */
export function rowsOf(
  source: Source,
  vertical: AxisSlice,
  horizontal: AxisSlice,
  zeros: number,
  prefetch: (address: number, n: number) => void,
): RowAt {
  const { pitch, channels } = source;
  const first = source.address + vertical.first * pitch + horizontal.first * channels;
  const n = horizontal.input * channels;
  let next = 0;
  return y => {
    if (y < 0 || y >= vertical.input) return zeros;
    if (y >= next) {
      next = Math.min(y + 4, vertical.input);
      for (let row = y; row < next; row++) prefetch(first + row * pitch, n);
    }
    return first + y * pitch;
  };
}
