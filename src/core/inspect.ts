/**
 * The pooling of a single pixel in detail: the window of an output pixel with all its values, and the outputs that use
 * an input pixel. The rules are those of the poolings themselves.
 */
import { type Axes, type Axis, clippedSpan, tapsInside, tapsOf, windowSpan, windowsOver } from './axis';
import { type OperatorName, operatorOf } from './operators';
import type { Explanation } from './operators/operator';
import type { Pair } from './options';
import type { PlannedLayer } from './plan';
import type { Point } from './region';
import { pixelOf, type Tensor } from './tensor';

/**
 * Where a row or column of taps lies: on the input, on its padding, or beyond both, where ceil_mode's last window can
 * reach.
 */
export type TapPlace = 'input' | 'padding' | 'outside';

/** One row or column of a window's taps, in input coordinates (negative on the padding before). */
export interface TapLine {
  readonly at: number;
  readonly place: TapPlace;
}

/** One channel of a window: the result and how it is computed. */
export type ChannelReading = Explanation & {
  /**
   * The taps' values in row-major order, NaN off the input; absent if the window has more than {@link MAX_TAPS_LISTED}
   * taps.
   */
  readonly values?: Float32Array;
};

/** The window of the output pixel (x, y). */
export interface WindowReading extends Point {
  /** Number of taps in a column and in a row. */
  readonly size: Pair;
  /** Number of taps on the input. */
  readonly inside: number;
  /** Where the taps lie; empty, like the channels' values, if the window is too large to list. */
  readonly rows: readonly TapLine[];
  readonly columns: readonly TapLine[];
  readonly channels: readonly ChannelReading[];
}

/** Windows with more taps than this get a result, but their values are not listed. */
export const MAX_TAPS_LISTED = 4096;

/** Reads the window of an output pixel; undefined if the output has no such pixel. */
export function readWindow(layer: PlannedLayer, input: Tensor, point: Point): WindowReading | undefined {
  const { operator, axes, options } = layer;
  const [vertical, horizontal] = axes;
  const { x, y } = point;
  if (x < 0 || y < 0 || x >= horizontal.output || y >= vertical.output) return undefined;
  const size = [tapsOf(vertical, y), tapsOf(horizontal, x)] as const;
  const listed = size[0] * size[1] <= MAX_TAPS_LISTED;
  const channels = Array.from(
    { length: input.shape[1] },
    (_, channel): ChannelReading => ({
      ...(listed && { values: valuesOf(input, axes, point, channel) }),
      ...operatorOf(operator).explain(input, axes, options, point, channel),
    }),
  );
  return {
    x,
    y,
    size,
    inside: tapsInside(vertical, y) * tapsInside(horizontal, x),
    rows: listed ? tapLines(vertical, y) : [],
    columns: listed ? tapLines(horizontal, x) : [],
    channels,
  };
}

function valuesOf(
  { shape, data }: Tensor,
  [vertical, horizontal]: Axes,
  { x, y }: Point,
  channel: number,
): Float32Array {
  const [, channels, , width] = shape;
  const [top, left] = [windowSpan(vertical, y).start, windowSpan(horizontal, x).start];
  const [down, across] = [clippedSpan(vertical, y), clippedSpan(horizontal, x)];
  const rowLength = tapsOf(horizontal, x);
  const values = new Float32Array(tapsOf(vertical, y) * rowLength).fill(Number.NaN);
  for (let row = down.start; row < down.end; row += vertical.dilation) {
    const tapRow = ((row - top) / vertical.dilation) * rowLength;
    for (let column = across.start; column < across.end; column += horizontal.dilation) {
      values[tapRow + (column - left) / horizontal.dilation] = data[(row * width + column) * channels + channel]!;
    }
  }
  return values;
}

function tapLines(axis: Axis, i: number): TapLine[] {
  const { start } = windowSpan(axis, i);
  return Array.from({ length: tapsOf(axis, i) }, (_, tap) => {
    const at = start + tap * axis.dilation;
    return { at, place: placeOf(axis, at) };
  });
}

function placeOf(axis: Axis, at: number): TapPlace {
  if (at >= 0 && at < axis.input) return 'input';
  return at >= -axis.padBefore && at < axis.input + axis.padAfter ? 'padding' : 'outside';
}

/** The output pixels that use an input pixel: every row with every column. */
export interface Uses {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /**
   * For operators that pick one pixel: per channel, those of these outputs that report this pixel. Absent if finding
   * them would take too long while the pointer moves.
   */
  readonly wins?: readonly (readonly Point[])[];
}

/** With more steps than this wins are not searched for: about 10 ms. */
const MAX_STEPS = 4_000_000;

/** The output pixels that use an input pixel, and those that report it. */
export function usesOf({ operator, axes }: Pick<PlannedLayer, 'operator' | 'axes'>, input: Tensor, pixel: Point): Uses {
  const [vertical, horizontal] = axes;
  const rows = windowsOver(vertical, pixel.y);
  const columns = windowsOver(horizontal, pixel.x);
  const { selects } = operatorOf(operator);
  const channels = input.shape[1];
  const steps = rows.length * columns.length * vertical.kernel * horizontal.kernel * channels;
  if (!selects || steps > MAX_STEPS) return { rows, columns };
  const outputs = rows.flatMap(row => columns.map(column => ({ x: column, y: row })));
  const wins = Array.from({ length: channels }, (_, channel) =>
    outputs.filter(output => selects(input, axes, channel, pixel, output)),
  );
  return { rows, columns, wins };
}

/** A pixel of the input or of an output. */
export interface Spot extends Point {
  readonly pane: 'input' | OperatorName;
}

/** A value for each operator that is shown. */
export type PerOperator<T> = Readonly<Partial<Record<OperatorName, T>>>;

/** Everything about the inspected pixel. */
export interface Inspection {
  readonly spot: Spot;
  /** The input pixel itself, if one is inspected. */
  readonly input?: Point & { readonly values: readonly number[] };
  /**
   * For each operator, the window of the inspected output pixel, or of the first output that uses the inspected input
   * pixel.
   */
  readonly windows: PerOperator<WindowReading>;
  /** For an input pixel: the outputs that use it. */
  readonly uses: PerOperator<Uses>;
}

/**
 * Inspects one pixel of the input or of an output. If the pixel is outside its picture, the result has no windows. Of
 * the other outputs, the pixel with the same row and column counts only if its window and the inspected one share pixels
 * of the input: in outputs of another size it may lie elsewhere.
 */
export function inspect(input: Tensor, layers: readonly PlannedLayer[], spot: Spot): Inspection {
  const uses: Partial<Record<OperatorName, Uses>> = {};
  const windows: Partial<Record<OperatorName, WindowReading>> = {};
  const isInput = spot.pane === 'input';
  const [, , height, width] = input.shape;
  if (isInput && (spot.x < 0 || spot.y < 0 || spot.x >= width || spot.y >= height)) return { spot, windows, uses };
  for (const layer of layers) {
    const used = isInput ? usesOf(layer, input, spot) : undefined;
    if (used) uses[layer.operator] = used;
    const point = used ? firstOf(used) : spot;
    const isElsewhere =
      spot.pane !== 'input' &&
      isApart(
        layer,
        layers.find(({ operator }) => operator === spot.pane),
        spot,
      );
    const reading = point && !isElsewhere && readWindow(layer, input, point);
    if (reading) windows[layer.operator] = reading;
  }
  if (!isInput) return { spot, windows, uses };
  return { spot, input: { x: spot.x, y: spot.y, values: pixelOf(input, spot) }, windows, uses };
}

/** Whether two poolings' windows of the same output place share no pixel of the input. */
function isApart({ axes }: PlannedLayer, other: PlannedLayer | undefined, { x, y }: Point): boolean {
  if (!other) return false;
  const at = [y, x] as const;
  return ([0, 1] as const).some(side => {
    const [a, b] = [windowSpan(axes[side], at[side]), windowSpan(other.axes[side], at[side])];
    return a.end <= b.start || b.end <= a.start;
  });
}

function firstOf({ rows: [y], columns: [x] }: Uses): Point | undefined {
  return x === undefined || y === undefined ? undefined : { x, y };
}
