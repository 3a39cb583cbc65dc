/** One axis of a pooling: which pixels each window looks at. */
import type { Padding, PoolOptions } from './options';

/**
 * Everything in input pixels except `output`, which counts windows. Window `i` has its first tap at `i · stride − padBefore`
 * and `kernel` taps, `dilation` apart.
 */
export interface Axis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBefore: number;
  readonly padAfter: number;
  readonly output: number;
}

export type Axes = readonly [vertical: Axis, horizontal: Axis];

/** Pixels `start` (included) to `end` (excluded) of one axis. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How many pixels a window spans from its first tap to its last: `d·(k − 1) + 1`. */
export function effectiveKernel(axis: Pick<Axis, 'kernel' | 'dilation'>): number {
  return axis.dilation * (axis.kernel - 1) + 1;
}

/** Window `i` as it lies, padding included: it may begin before 0 and end after the input. */
export function windowSpan(axis: Axis, i: number): Span {
  const start = i * axis.stride - axis.padBefore;
  return { start, end: start + effectiveKernel(axis) };
}

/**
 * The part of window `i` that lies inside the input, from the first tap inside to just after the last. Empty
 * (`start >= end`) if every tap misses the input, which only dilation can bring about.
 */
export function clippedSpan(axis: Axis, i: number): Span {
  const { input, kernel, stride, dilation, padBefore } = axis;
  const origin = i * stride - padBefore;
  const first = origin >= 0 ? 0 : Math.ceil(-origin / dilation);
  const last = Math.min(kernel - 1, Math.floor((input - 1 - origin) / dilation));
  return { start: origin + first * dilation, end: origin + last * dilation + 1 };
}

/** How many pixels the windows need from the first one's first tap to the last one's last. */
export function reachOf({ output, stride, kernel, dilation }: Omit<Axis, 'input' | 'padBefore' | 'padAfter'>): number {
  return (output - 1) * stride + effectiveKernel({ kernel, dilation });
}

/**
 * The same windows without taps that no window has inside the input, so that the cost of padded rows does not grow with a
 * kernel beyond the picture. Every window keeps its {@link clippedSpan}, unless that is empty. Not for divisors: those count
 * the taps on padding too.
 */
export function trimmed(axis: Axis): Axis {
  const { input, stride, dilation, output } = axis;
  // First taps that are outside even in the last window.
  const early = Math.max(Math.floor((axis.padBefore - (output - 1) * stride) / dilation), 0);
  const before = Math.min(early, axis.kernel - 1);
  const padBefore = axis.padBefore - before * dilation;
  // Of the taps behind the input even in the first window one is kept: so each window still ends inside it or beyond.
  const kernel = Math.min(axis.kernel - before, Math.ceil((input + padBefore) / dilation) + 1);
  const reach = reachOf({ output, stride, kernel, dilation });
  return { ...axis, kernel, padBefore, padAfter: Math.max(reach - padBefore - input, 0) };
}

/**
 * Whether even {@link trimmed} windows reach so far, by dilation or by strides over ONNX's paddings, that a row padded to
 * their reach would be much longer than both input and output. Then single taps are cheaper, for few of them are in the input.
 */
export function isSparse(axis: Axis): boolean {
  return reachOf(trimmed(axis)) > 4 * Math.max(axis.input, axis.output) + 1024;
}

/** How many taps of window `i` lie inside the input: its share of the divisor without counted padding. */
export function tapsInside(axis: Axis, i: number): number {
  const { start, end } = clippedSpan(axis, i);
  return end > start ? (end - 1 - start) / axis.dilation + 1 : 0;
}

/**
 * How many taps of window `i` count with `count_include_pad`: those in the input and its padding, but not what ceil_mode
 * lets hang over beyond the padding.
 */
export function tapsPadded(axis: Axis, i: number): number {
  const { start, end } = windowSpan(axis, i);
  const limit = Math.min(end, axis.input + axis.padAfter);
  return Math.ceil((limit - start) / axis.dilation);
}

/** The windows that have no tap inside the input, in order; only dilation can bring one about. */
export function emptyWindows(axis: Axis): number[] {
  if (axis.dilation === 1) return [];
  const windows: number[] = [];
  for (let i = 0; i < axis.output; i++) if (tapsInside(axis, i) === 0) windows.push(i);
  return windows;
}

/** The rows or columns that no window looks at, in order: gaps between windows, dilation's holes, what is left at the end. */
export function uncoveredSpans(axis: Axis): Span[] {
  const covered = new Uint8Array(axis.input);
  for (let i = 0; i < axis.output; i++) {
    const { start, end } = clippedSpan(axis, i);
    // Windows overlap: pixel by pixel, large ones would take longer than a pointer takes to move.
    if (axis.dilation === 1) covered.fill(1, start, end);
    else for (let at = start; at < end; at += axis.dilation) covered[at] = 1;
  }
  const spans: Span[] = [];
  for (let start = covered.indexOf(0); start >= 0; ) {
    const next = covered.indexOf(1, start);
    const end = next < 0 ? axis.input : next;
    spans.push({ start, end });
    start = next < 0 ? -1 : covered.indexOf(0, end);
  }
  return spans;
}

/** Whether ceil_mode's rounding gave a window that starts beyond the input and the padding before it, and was dropped. */
export function dropsLastWindow(axis: Axis, options: PoolOptions): boolean {
  return options.ceilMode && options.padding !== 'same' && axis.output < roundedWindows(axis, true);
}

/** The number of windows, rounded up or down, before ceil_mode's last-window rule. */
export function roundedWindows(axis: Omit<Axis, 'output'>, ceil: boolean): number {
  const steps = (axis.input + axis.padBefore + axis.padAfter - effectiveKernel(axis)) / axis.stride;
  return (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
}

/** The padding, both ends together, that `'same'` needs along an axis: just enough for `⌈I/s⌉` windows. */
export function samePadding(axis: Pick<Axis, 'input' | 'kernel' | 'stride' | 'dilation'>): number {
  const output = Math.ceil(axis.input / axis.stride);
  return Math.max(reachOf({ ...axis, output }) - axis.input, 0);
}

/** What both axes are padded by, side by side. */
export function paddingOf([vertical, horizontal]: Axes): Padding {
  return {
    top: vertical.padBefore,
    bottom: vertical.padAfter,
    left: horizontal.padBefore,
    right: horizontal.padAfter,
  };
}
