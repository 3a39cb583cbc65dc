import { type Axis, reachOf } from '../axis';

/** Output pixels `start` (included) to `start + count` of one axis: what a screen shows of it, or one strip of a picture. */
export interface Range {
  readonly start: number;
  readonly count: number;
}

/**
 * The part of an axis that some of its windows look at. Window `i` of it has its first tap at `i · stride − before`, counted
 * from input pixel `first`; what lies before 0 or from `input` on is outside the picture.
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

/** Non-overlapping 2×2 blocks that all lie within the width of the picture: by far the commonest pooling. */
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

/** Where a picture lies in the arena: the address of its first pixel, and the bytes from row to row. */
export interface Source {
  readonly address: number;
  readonly pitch: number;
  readonly channels: number;
}

/** The address of row `y`, made at this moment if need be. Rows are asked for from the top. */
export type RowAt = (y: number) => number;

/** The picture's rows from the slice's first on, with rows of zeros above and below. */
export function rowsOf(source: Source, vertical: AxisSlice, horizontal: AxisSlice, zeros: number): RowAt {
  const { pitch, channels } = source;
  const first = source.address + vertical.first * pitch + horizontal.first * channels;
  return y => (y >= 0 && y < vertical.input ? first + y * pitch : zeros);
}
