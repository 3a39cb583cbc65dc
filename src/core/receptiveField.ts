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
  const sides = [alongOf(layers, 0), alongOf(layers, 1)];
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
function spansOf(axes: readonly Axis[], i: number): Span[] {
  return axes.every(isGapless) ? spansByEnds(axes, i) : spansByPixels(axes, i);
}

/** Whether each window is without gaps and sees something: padding is not wider than the kernel. */
function isGapless({ kernel, dilation, padBefore, padAfter }: Axis): boolean {
  return dilation === 1 && Math.max(padBefore, padAfter) < kernel;
}

/** Of several windows without gaps the first one sees the first pixel and the last one the last pixel. */
function spansByEnds(axes: readonly Axis[], i: number): Span[] {
  const spans: Span[] = [{ start: i, end: i + 1 }];
  for (const axis of axes.toReversed()) {
    const { start, end } = spans[0]!;
    spans.unshift({ start: clippedSpan(axis, start).start, end: clippedSpan(axis, end - 1).end });
  }
  return spans;
}

/**
 * With gaps a window in between may be the first to see a pixel, because the border cuts off another one's taps, and may
 * itself be in a gap of the windows behind it.
 */
function spansByPixels(axes: readonly Axis[], i: number): Span[] {
  let seen: readonly number[] = [i];
  const spans = [spanOf(seen)];
  for (const axis of axes.toReversed()) {
    seen = seenBy(axis, seen);
    spans.unshift(spanOf(seen));
  }
  return spans;
}

/** The pixels that any of these windows sees, in order. */
function seenBy(axis: Axis, windows: readonly number[]): number[] {
  const spans = windows.map(window => clippedSpan(axis, window)).filter(({ start, end }) => end > start);
  const first = spans.reduce((least, { start }) => Math.min(least, start), axis.input);
  const end = spans.reduce((most, span) => Math.max(most, span.end), first);
  const marks = new Uint8Array(end - first);
  for (const span of spans) {
    for (let at = span.start; at < span.end; at += axis.dilation) marks[at - first] = 1;
  }
  const seen: number[] = [];
  for (let at = marks.indexOf(1); at >= 0; at = marks.indexOf(1, at + 1)) seen.push(first + at);
  return seen;
}

/** From the first to the last of these pixels; empty if there are none. */
function spanOf(pixels: readonly number[]): Span {
  const [start = 0] = pixels;
  return { start, end: (pixels.at(-1) ?? -1) + 1 };
}

/**
 * What a pixel of the last layer sees of the input, then of each layer's output; the last one is the pixel itself. What
 * lies beyond the border is left out; of a picture of which it sees nothing, the rectangle is 0×0.
 */
export function fieldsOf(layers: readonly Axes[], { x, y }: Point): Rectangle[] {
  const [rows, columns] = [spansOf(alongOf(layers, 0), y), spansOf(alongOf(layers, 1), x)];
  return rows.map(({ start: top, end: bottom }, level) => {
    const { start: left, end: right } = columns[level]!;
    if (bottom === top || right === left) return { x: 0, y: 0, width: 0, height: 0 };
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

function alongOf(layers: readonly Axes[], side: 0 | 1): Axis[] {
  return layers.map(axes => axes[side]);
}
