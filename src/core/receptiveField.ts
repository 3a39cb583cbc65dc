/**
 * Which input pixels a pixel behind several layers sees. Formulas and names are those of Araujo, Norris and Sim,
 * Computing Receptive Fields of Convolutional Neural Networks (Distill, 2019): `r` the size, `j` the jump and the start.
 */
import { type Axes, type Axis, clippedSpan, effectiveKernel, type Span } from './axis';
import type { Pair } from './options';
import type { Point, Rectangle } from './region';

/** No number: behind uneven windows, pixels have no common distance and no common place in their windows. */
type NoPair = readonly [null, null];

export interface ReceptiveField {
  /**
   * The size in input pixels, with what lies beyond the border. Behind uneven windows the largest size that any pixel
   * really sees.
   */
  readonly receptiveField: Pair;
  /** Input pixels from one pixel's field to the next one's. */
  readonly jump: Pair | NoPair;
  /** The centre of the first pixel's field, where the first input pixel's centre is 0. */
  readonly start: Pair | NoPair;
}

/** What the fields of an axis follow from: `r`, `j` and the start, from the input on. */
interface Regular {
  readonly r: number;
  readonly j: number;
  readonly start: number;
}

/**
 * The receptive field of the last layer's pixels.
 * @param layers the windows of each layer, the first of which reads the input
 */
export function receptiveFieldOf(layers: readonly Axes[]): ReceptiveField {
  const isUneven = layers.some(axes => axes.some(({ uneven }) => uneven !== undefined));
  const sides = ([0, 1] as const).map(side => layers.map(axes => axes[side]));
  if (isUneven) {
    const [height, width] = sides.map(largestField) as [number, number];
    return { receptiveField: [height, width], jump: [null, null], start: [null, null] };
  }
  const [vertical, horizontal] = sides.map(regularField) as [Regular, Regular];
  return {
    receptiveField: [vertical.r, horizontal.r],
    jump: [vertical.j, horizontal.j],
    start: [vertical.start, horizontal.start],
  };
}

function regularField(axes: readonly Axis[]): Regular {
  let [r, j, start] = [1, 1, 0];
  for (const axis of axes) {
    const reach = effectiveKernel(axis) - 1;
    r += reach * j;
    start += (reach / 2 - axis.padBefore) * j;
    j *= axis.stride;
  }
  return { r, j, start };
}

function largestField(axes: readonly Axis[]): number {
  let largest = 0;
  for (let i = 0; i < (axes.at(-1)?.output ?? 0); i++) {
    const { start, end } = spansOf(axes, i)[0]!;
    largest = Math.max(largest, end - start);
  }
  return largest;
}

/**
 * What window `i` of the last axis sees: of the input, then of each axis' output, the last of which is `i` itself. Spans
 * are from the first to the last pixel seen, without what lies beyond the border; empty if nothing is seen.
 */
export function spansOf(axes: readonly Axis[], i: number): Span[] {
  const spans: Span[] = [{ start: i, end: i + 1 }];
  for (const axis of axes.toReversed()) spans.unshift(seenBy(axis, spans[0]!));
  return spans;
}

/** What several windows see together. */
function seenBy(axis: Axis, { start, end }: Span): Span {
  if (end <= start) return { start: 0, end: 0 };
  // Without dilation the first window sees the first pixel and the last window the last one.
  const windows = axis.dilation === 1 ? [start, end - 1] : Array.from({ length: end - start }, (_, k) => start + k);
  let seen = { start: Infinity, end: -Infinity };
  for (const window of windows) {
    const span = clippedSpan(axis, window);
    if (span.end > span.start) seen = { start: Math.min(seen.start, span.start), end: Math.max(seen.end, span.end) };
  }
  return seen.end > seen.start ? seen : { start: 0, end: 0 };
}

/** What a pixel of the last layer sees of the input, then of each layer's output; the last one is the pixel itself. */
export function fieldsOf(layers: readonly Axes[], { x, y }: Point): Rectangle[] {
  const rows = spansOf(
    layers.map(([vertical]) => vertical),
    y,
  );
  const columns = spansOf(
    layers.map(([, horizontal]) => horizontal),
    x,
  );
  return rows.map(({ start: top, end: bottom }, level) => {
    const { start: left, end: right } = columns[level]!;
    return { x: left, y: top, width: right - left, height: bottom - top };
  });
}

/**
 * What a pixel of the last layer sees of the input if that went on beyond its border; undefined behind uneven windows,
 * which have no place there.
 */
export function reachOfField(layers: readonly Axes[], { x, y }: Point): Rectangle | undefined {
  const { receptiveField, jump, start } = receptiveFieldOf(layers);
  if (jump[0] === null || start[0] === null) return undefined;
  const [height, width] = receptiveField;
  return {
    x: start[1] + x * jump[1] - (width - 1) / 2,
    y: start[0] + y * jump[0] - (height - 1) / 2,
    width,
    height,
  };
}
