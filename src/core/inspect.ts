/**
 * Pooling at a single pixel, spelled out: the window that an output pixel looks through with all its values, and the
 * outputs that an input pixel takes part in. The same rules as in the poolings themselves, for people to read.
 */
import type { Pair, PoolOptions } from './options';
import type { Tensor } from './tensor';
import { type Axis, clippedSpan, type PoolKind, tapsCounted, tapsInside, tight, windowSpan } from './window';

type Axes = readonly [vertical: Axis, horizontal: Axis];

/** A pixel of a picture: column x, row y. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a line of taps lies: on the input, on its padding, or beyond both, where ceil_mode lets windows hang over. */
export type TapPlace = 'input' | 'padding' | 'outside';

/** One row or column of a window's taps, in input coordinates (negative on the padding before). */
export interface TapLine {
  readonly at: number;
  readonly place: TapPlace;
}

/** One channel of a window. */
export interface ChannelReading {
  /** The taps' values in row-major order, NaN off the input; absent when the window is larger than {@link MAX_TAPS_LISTED}. */
  readonly values?: Float32Array;
  readonly maximum: number;
  /** The first tap that holds the maximum; absent when the window misses the input altogether. */
  readonly winner?: Point;
  /** The winner's `row · W + column`, as `return_indices` reports it. */
  readonly index?: number;
  /** The exact sum of the values inside the input. */
  readonly sum: number;
  /** 0 only where dilation leads the whole window past the input. */
  readonly divisor: number;
  /** The float32 average; 0 where there is nothing to average. */
  readonly average: number;
}

/** The window behind one output pixel. */
export interface WindowReading extends Point {
  /** Taps in a column and in a row. */
  readonly size: Pair;
  /** Taps that lie on the input. */
  readonly inside: number;
  /** Where the taps lie; empty, like the channels' values, for windows too large to list. */
  readonly rows: readonly TapLine[];
  readonly columns: readonly TapLine[];
  readonly channels: readonly ChannelReading[];
}

/** Windows with more taps than this are summed up, but their values are not listed one by one. */
export const MAX_TAPS_LISTED = 4096;

/** Reads the window of output pixel (x, y), or nothing where the output has no such pixel. */
export function readWindow(
  kind: PoolKind,
  { shape, data }: Tensor,
  axes: Axes,
  options: PoolOptions,
  { x, y }: Point,
): WindowReading | undefined {
  const [vertical, horizontal] = axes;
  if (x < 0 || y < 0 || x >= horizontal.output || y >= vertical.output) return undefined;
  const [, channels, , width] = shape;
  const size = [vertical.kernel, horizontal.kernel] as const;
  const listed = size[0] * size[1] <= MAX_TAPS_LISTED;
  const inside = tapsInside(vertical, y) * tapsInside(horizontal, x);
  const divisor = kind === 'average' ? divisorOf(axes, options, { x, y }) : inside;
  const [top, left] = [windowSpan(vertical, y).start, windowSpan(horizontal, x).start];
  const [down, across] = [clippedSpan(vertical, y), clippedSpan(horizontal, x)];

  const readings: ChannelReading[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const values = listed ? new Float32Array(size[0] * size[1]).fill(Number.NaN) : undefined;
    let maximum = -Infinity;
    let sum = 0;
    // Plain loops over numbers: a window may be a whole picture of millions of pixels, read while the pointer moves.
    let winnerAt = -1;
    for (let row = down.start; row < down.end; row += vertical.dilation) {
      const tapRow = ((row - top) / vertical.dilation) * size[1];
      for (let column = across.start; column < across.end; column += horizontal.dilation) {
        const at = (row * width + column) * channels + channel;
        const value = data[at]!;
        if (values) values[tapRow + (column - left) / horizontal.dilation] = value;
        sum += value;
        if (value > maximum) {
          maximum = value;
          winnerAt = at;
        }
      }
    }
    const index = (winnerAt - channel) / channels;
    const winner = winnerAt < 0 ? undefined : { x: index % width, y: Math.floor(index / width) };
    readings.push({
      ...(values && { values }),
      maximum,
      ...(winner && { winner, index }),
      sum,
      divisor,
      average: divisor === 0 ? 0 : Math.fround(sum / divisor),
    });
  }
  return {
    x,
    y,
    size,
    inside,
    rows: listed ? tapLines(vertical, y) : [],
    columns: listed ? tapLines(horizontal, x) : [],
    channels: readings,
  };
}

function tapLines(axis: Axis, i: number): TapLine[] {
  const { start } = windowSpan(axis, i);
  return Array.from({ length: axis.kernel }, (_, tap) => {
    const at = start + tap * axis.dilation;
    return { at, place: placeOf(axis, at) };
  });
}

function placeOf(axis: Axis, at: number): TapPlace {
  if (at >= 0 && at < axis.input) return 'input';
  return at >= -axis.padBefore && at < axis.input + axis.padAfter ? 'padding' : 'outside';
}

function divisorOf([vertical, horizontal]: Axes, options: PoolOptions, { x, y }: Point): number {
  if (options.divisorOverride !== undefined) return options.divisorOverride;
  return tapsCounted(vertical, y, options) * tapsCounted(horizontal, x, options);
}

/** The windows of one axis, in order, that have a tap on input row or column `at`. */
export function windowsOver(axis: Axis, at: number): number[] {
  const { kernel, stride, dilation, padBefore, output } = tight(axis);
  const windows: number[] = [];
  for (let tap = kernel - 1; tap >= 0; tap--) {
    const start = at + padBefore - tap * dilation;
    if (start < 0 || start % stride !== 0) continue;
    const window = start / stride;
    if (window < output) windows.push(window);
  }
  return windows;
}

/** The output pixels that an input pixel takes part in: every row with every column. */
export interface Uses {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /**
   * Max pooling: per channel, those of these outputs that report this pixel as their maximum; absent when that would take
   * too long to find while the pointer moves.
   */
  readonly wins?: readonly (readonly Point[])[];
}

/** Steps after which looking for wins is given up: some 10 ms. */
const MAX_STEPS = 4_000_000;

/** The outputs of a max pooling that use input pixel (x, y), and those in which it wins. */
export function usesInMax(input: Tensor, axes: Axes, { x, y }: Point): Uses {
  const { rows, columns } = uses(axes, { x, y });
  const [vertical, horizontal] = axes;
  const steps = rows.length * columns.length * vertical.kernel * horizontal.kernel * input.shape[1];
  if (steps > MAX_STEPS) return { rows, columns };
  const outputs = rows.flatMap(row => columns.map(column => ({ x: column, y: row })));
  const wins = Array.from({ length: input.shape[1] }, (_, channel) =>
    outputs.filter(output => isWinner(input, axes, channel, { x, y }, output)),
  );
  return { rows, columns, wins };
}

/** The output pixels that use input pixel (x, y). */
export function uses([vertical, horizontal]: Axes, { x, y }: Point): Uses {
  return { rows: windowsOver(vertical, y), columns: windowsOver(horizontal, x) };
}

/** Nothing before it in the window, in row-major order, is as large, and nothing after it is larger. */
function isWinner({ shape, data }: Tensor, [vertical, horizontal]: Axes, channel: number, pixel: Point, window: Point) {
  const [, channels, height, width] = shape;
  const value = data[(pixel.y * width + pixel.x) * channels + channel]!;
  const top = windowSpan(vertical, window.y).start;
  const left = windowSpan(horizontal, window.x).start;
  for (let i = 0, y = top; i < vertical.kernel; i++, y += vertical.dilation) {
    if (y < 0 || y >= height) continue;
    for (let j = 0, x = left; j < horizontal.kernel; j++, x += horizontal.dilation) {
      if (x < 0 || x >= width) continue;
      const other = data[(y * width + x) * channels + channel]!;
      if (other > value) return false;
      if (other === value && (y < pixel.y || (y === pixel.y && x < pixel.x))) return false;
    }
  }
  return true;
}

/** A pixel of one of the panes. */
export interface Spot extends Point {
  readonly pane: 'input' | PoolKind;
}

/** All there is to say about a pixel that somebody points at. */
export interface Inspection {
  readonly spot: Spot;
  /** The input pixel itself, when that is what is pointed at. */
  readonly input?: Point & { readonly values: readonly number[] };
  /** The window of the output pixel pointed at, or of the first output that uses the input pixel, in each pooling. */
  readonly max?: WindowReading;
  readonly average?: WindowReading;
  /** For an input pixel: the outputs that use it. */
  readonly usedByMax?: Uses;
  readonly usedByAverage?: Uses;
}

/** Inspects one pixel of the input or of an output; for a pixel outside its picture little is found. */
export function inspect(input: Tensor, axes: Record<PoolKind, Axes>, options: PoolOptions, spot: Spot): Inspection {
  const read = (kind: PoolKind, point: Point | undefined) => {
    const reading = point && readWindow(kind, input, axes[kind], options, point);
    return reading && { [kind]: reading };
  };
  if (spot.pane !== 'input') return { spot, ...read('max', spot), ...read('average', spot) };

  const [, channels, height, width] = input.shape;
  if (spot.x < 0 || spot.y < 0 || spot.x >= width || spot.y >= height) return { spot };
  const at = (spot.y * width + spot.x) * channels;
  const values = Array.from(input.data.subarray(at, at + channels));
  const usedByMax = usesInMax(input, axes.max, spot);
  const usedByAverage = uses(axes.average, spot);
  return {
    spot,
    input: { x: spot.x, y: spot.y, values },
    ...read('max', firstOf(usedByMax)),
    ...read('average', firstOf(usedByAverage)),
    usedByMax,
    usedByAverage,
  };
}

function firstOf({ rows: [y], columns: [x] }: Uses): Point | undefined {
  return x === undefined || y === undefined ? undefined : { x, y };
}
