/** Where the parts of a chart stand, in pixels of the screen. */
import type { ChartProps } from './chartNumbers';

/** Of the drawing, its horizontal axis included. */
export const chartHeight = 200;

/** From one line's name to the next. */
const nameGap = 14;

export interface NamePlace {
  readonly at: number;
  /** Whether the place alone does not tell whose name it is: the line ends near another, or before the last tick. */
  readonly isUnclear: boolean;
}

export interface ChartLayout {
  /** The ends of the lines, within the drawing. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  /** The values with a grid line; ∞, if a line has it, stands above the others. */
  readonly grid: readonly number[];
  /** Every how many ticks have room for their label: a power of two, so that the last of 17 has one. */
  readonly labelled: number;
  /** Of each line; undefined for a line without values yet. */
  readonly names: readonly (NamePlace | undefined)[];
  /** Of a tick by its index, or of a place between two. */
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

/** @param width of the drawing */
export function chartLayout({ ticks, lines, axis, format }: ChartProps, width: number): ChartLayout {
  const values = lines.flatMap(line => line.values.filter(value => value !== undefined));
  const finite = roundTicks(Math.max(0, ...values.filter(Number.isFinite)));
  const isInfinite = values.includes(Infinity);
  const [ceiling, top, bottom] = [8, isInfinite ? 30 : 8, chartHeight - 24];
  const grid = isInfinite ? [...finite, Infinity] : finite;
  const highest = finite.at(-1)!;

  const left = widest(grid.map(format)) + 10;
  const right = Math.max(left + 1, width - 22 - widest([axis, ...lines.map(({ name }) => name)]));
  const labels = widest(ticks.map(({ label }) => label)) + 6;
  const pitch = (right - left) / Math.max(1, ticks.length - 1);
  const y = (value: number) =>
    value === Infinity ? ceiling : bottom - (Math.min(Math.max(value, 0), highest) / highest) * (bottom - top);

  const ends = lines.flatMap(({ values }, line) => {
    const last = values.findLastIndex(value => value !== undefined);
    return last < 0 ? [] : [{ line, y: y(values[last]!), isLast: last === ticks.length - 1 }];
  });
  const places = apart(
    ends.map(end => end.y),
    nameGap,
    ceiling,
    bottom,
  );
  const names: NamePlace[] = [];
  for (const [i, end] of ends.entries()) {
    const isNear = ends.some(other => other !== end && Math.abs(other.y - end.y) < nameGap);
    names[end.line] = { at: places[i]!, isUnclear: isNear || !end.isLast };
  }
  return {
    left,
    right,
    bottom,
    grid,
    labelled: 2 ** Math.ceil(Math.log2(Math.max(1, labels / pitch))),
    names,
    x: index => left + index * pitch,
    y,
  };
}

/** Multiples from 0 of a round number, the last at or above `max`: three to five beside 0. */
export function roundTicks(max: number): readonly number[] {
  if (!(max > 0)) return roundTicks(1);
  const power = 10 ** Math.floor(Math.log10(max / 5));
  // A little less, because 0.3 / 0.1 is a little less or more than 3.
  const steps = (step: number) => Math.ceil(max / step - 1e-9);
  const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(step => steps(step) <= 5)!;
  return Array.from({ length: steps(step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/**
 * The places nearest to those wanted, in the sense of least squares, that keep a gap between one another and stand from
 * `low` to `high`: an isotonic regression, by pooling adjacent violators.
 */
export function apart(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  // Less one gap for each before it, touching places are equal: a block of them stands at their mean.
  const blocks: { readonly mean: number; readonly count: number }[] = [];
  for (const [rank, i] of order.entries()) {
    let block = { mean: wanted[i]! - rank * gap, count: 1 };
    for (let before = blocks.at(-1); before && before.mean > block.mean; before = blocks.at(-1)) {
      blocks.pop();
      const count = before.count + block.count;
      block = { mean: (before.mean * before.count + block.mean * block.count) / count, count };
    }
    blocks.push(block);
  }
  const last = high - (wanted.length - 1) * gap;
  const starts = blocks.flatMap(({ mean, count }) => new Array(count).fill(Math.max(low, Math.min(mean, last))));
  const places: number[] = [];
  for (const [rank, i] of order.entries()) places[i] = starts[rank] + rank * gap;
  return places;
}

/** About as wide as the widest text is, in 11 pixels of a proportional font. */
function widest(texts: readonly string[]): number {
  const widths = texts.map(text => Array.from(text).reduce((sum, letter) => sum + (letter > '\u2e80' ? 11 : 6.3), 0));
  return Math.ceil(Math.max(0, ...widths));
}
