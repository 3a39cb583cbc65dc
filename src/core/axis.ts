/** One axis of a pooling: which pixels each window covers. */
import type { Padding, Pair, PoolOptions } from './options';
import type { Shape } from './tensor';

/**
 * Values are in input pixels, but `kernel` counts taps and `output` windows. Window `i` has its first tap at
 * `i · stride − padBefore` and `kernel` taps, `dilation` apart.
 */
export interface Axis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBefore: number;
  readonly padAfter: number;
  readonly output: number;
  /**
   * Present if windows differ in length, as those of adaptive pooling do where the output's size does not divide the
   * input's. Then `kernel` is the longest window, `stride` the mean distance, a fraction, and there is neither padding
   * nor dilation.
   */
  readonly uneven?: UnevenWindows;
}

/**
 * The windows of a whole axis of `input` pixels divided among `output` windows: window `i` is `⌊i·I/O⌋ … ⌈(i + 1)·I/O⌉`,
 * the end excluded (PyTorch's `start_index` and `end_index`, aten/src/ATen/native/AdaptivePooling.h). An axis that is a
 * part of the whole begins with window `first`, whose first pixel is the part's pixel 0.
 */
export interface UnevenWindows {
  readonly input: number;
  readonly output: number;
  readonly first: number;
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

/** Window `i` with its padding: it may begin before 0 and end after the input. */
export function windowSpan(axis: Axis, i: number): Span {
  if (axis.uneven) return unevenSpan(axis.uneven, i);
  const start = i * axis.stride - axis.padBefore;
  return { start, end: start + effectiveKernel(axis) };
}

/**
 * The part of window `i` inside the input, from the first tap inside to just after the last. Empty (`start >= end`) if
 * no tap is inside, which only dilation can cause, or a convolution's padding, which may be wider than its kernel.
 */
export function clippedSpan(axis: Axis, i: number): Span {
  if (axis.uneven) return unevenSpan(axis.uneven, i);
  const { input, kernel, stride, dilation, padBefore } = axis;
  const origin = i * stride - padBefore;
  const first = origin >= 0 ? 0 : Math.ceil(-origin / dilation);
  const last = Math.min(kernel - 1, Math.floor((input - 1 - origin) / dilation));
  return { start: origin + first * dilation, end: origin + last * dilation + 1 };
}

/** Window `i`, counted from the part's first window and pixel. */
function unevenSpan({ input, output, first }: UnevenWindows, i: number): Span {
  const origin = Math.floor((first * input) / output);
  return {
    start: Math.floor(((first + i) * input) / output) - origin,
    end: Math.ceil(((first + i + 1) * input) / output) - origin,
  };
}

/** How many taps window `i` has: the kernel, unless windows are uneven. */
export function tapsOf(axis: Axis, i: number): number {
  if (!axis.uneven) return axis.kernel;
  const { start, end } = unevenSpan(axis.uneven, i);
  return end - start;
}

/** How many pixels the windows span, from the first one's first tap to the last one's last tap. */
export function reachOf({ output, stride, kernel, dilation }: Omit<Axis, 'input' | 'padBefore' | 'padAfter'>): number {
  return (output - 1) * stride + effectiveKernel({ kernel, dilation });
}

/**
 * The same windows without taps that are outside the input in every window, so that the cost of padded rows does not
 * grow with a kernel beyond the picture. Every window keeps its {@link clippedSpan}, unless that is empty. Not for
 * divisors: they also count taps on padding.
 */
export function trimmed(axis: Axis): Axis {
  if (axis.uneven) return axis;
  const { input, stride, dilation, output } = axis;
  // First taps that are before the input even in the last window.
  const early = Math.max(Math.floor((axis.padBefore - (output - 1) * stride) / dilation), 0);
  const before = Math.min(early, axis.kernel - 1);
  const padBefore = axis.padBefore - before * dilation;
  // Keep one of the taps that are after the input even in the first window: each window must still end inside the input
  // or after it.
  const kernel = Math.min(axis.kernel - before, Math.ceil((input + padBefore) / dilation) + 1);
  const reach = reachOf({ output, stride, kernel, dilation });
  return { ...axis, kernel, padBefore, padAfter: Math.max(reach - padBefore - input, 0) };
}

/**
 * Whether even {@link trimmed} windows reach so far, by dilation or by strides over ONNX's paddings, that a row padded
 * to their reach would be much longer than input and output. Then single taps are cheaper: few of them are on the
 * input.
 */
export function isSparse(axis: Axis): boolean {
  return !axis.uneven && reachOf(trimmed(axis)) > 4 * Math.max(axis.input, axis.output) + 1024;
}

/** How many taps of window `i` are on the input: the axis' factor in the divisor if padding does not count. */
export function tapsInside(axis: Axis, i: number): number {
  const { start, end } = clippedSpan(axis, i);
  return end > start ? (end - 1 - start) / axis.dilation + 1 : 0;
}

/**
 * How many taps of window `i` count with `count_include_pad`: those on the input and its padding, but not those beyond
 * the padding, where ceil_mode's last window can reach.
 */
export function tapsPadded(axis: Axis, i: number): number {
  const { start, end } = windowSpan(axis, i);
  const limit = Math.min(end, axis.input + axis.padAfter);
  return Math.ceil((limit - start) / axis.dilation);
}

/** The windows of one axis, in order, that have a tap on input row or column `at`. */
export function windowsOver(axis: Axis, at: number): number[] {
  if (axis.uneven) return unevenOver(axis, axis.uneven, at);
  const { kernel, stride, dilation, padBefore, output } = trimmed(axis);
  const windows: number[] = [];
  for (let tap = kernel - 1; tap >= 0; tap--) {
    const start = at + padBefore - tap * dilation;
    if (start < 0 || start % stride !== 0) continue;
    const window = start / stride;
    if (window < output) windows.push(window);
  }
  return windows;
}

/** From `⌊i·I/O⌋ ≤ at < ⌈(i + 1)·I/O⌉` follows `⌊at·O/I⌋ ≤ i < ⌈(at + 1)·O/I⌉`. */
function unevenOver(axis: Axis, { input, output, first }: UnevenWindows, at: number): number[] {
  const whole = at + Math.floor((first * input) / output);
  const from = Math.max(Math.floor((whole * output) / input) - first, 0);
  const to = Math.min(Math.ceil(((whole + 1) * output) / input) - first, axis.output);
  return Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);
}

/** The windows without a tap on the input, in order; only dilation can cause them. */
export function emptyWindows(axis: Axis): number[] {
  if (axis.dilation === 1) return [];
  const windows: number[] = [];
  for (let i = 0; i < axis.output; i++) if (tapsInside(axis, i) === 0) windows.push(i);
  return windows;
}

/**
 * The rows or columns that no pixel behind these layers sees, in order: gaps between windows, gaps between dilated taps,
 * the rest at the end.
 *
 * @param axes one axis of each layer, the first of which reads the input
 */
export function uncoveredSpans(axes: readonly Axis[]): Span[] {
  // From the last output, all of which counts, back to the input.
  let covered = new Uint8Array(axes.at(-1)?.output ?? 0).fill(1);
  for (const axis of axes.toReversed()) covered = coveredBy(axis, covered);
  const spans: Span[] = [];
  for (let start = covered.indexOf(0); start >= 0; ) {
    const next = covered.indexOf(1, start);
    const end = next < 0 ? covered.length : next;
    spans.push({ start, end });
    start = next < 0 ? -1 : covered.indexOf(0, end);
  }
  return spans;
}

/** How many rows or columns no pixel behind these layers sees: those in {@link uncoveredSpans}. */
export function uncoveredPixels(axes: readonly Axis[]): number {
  return uncoveredSpans(axes).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** 1 for each input pixel that a window marked with 1 covers. */
function coveredBy(axis: Axis, windows: Uint8Array): Uint8Array<ArrayBuffer> {
  const covered = new Uint8Array(axis.input);
  for (let i = windows.indexOf(1); i >= 0; i = windows.indexOf(1, i + 1)) {
    const { start, end } = clippedSpan(axis, i);
    if (end <= start) continue;
    // Fill whole spans: large windows that overlap, pixel by pixel, would take longer than the pointer takes to move.
    if (axis.dilation === 1) covered.fill(1, start, end);
    else for (let at = start; at < end; at += axis.dilation) covered[at] = 1;
  }
  return covered;
}

/** Whether ceil_mode rounded up to a window that starts beyond the input and the padding before it, and was dropped. */
export function dropsLastWindow(axis: Axis, options: PoolOptions): boolean {
  return options.ceilMode && options.padding !== 'same' && axis.output < roundedWindows(axis, true);
}

/** The number of windows, rounded up or down, before ceil_mode's rule for the last window. */
export function roundedWindows(axis: Omit<Axis, 'output'>, ceil: boolean): number {
  const steps = (axis.input + axis.padBefore + axis.padAfter - effectiveKernel(axis)) / axis.stride;
  return (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
}

/** What an axis' windows follow from, besides padding. */
type Sizes = Pick<Axis, 'input' | 'kernel' | 'stride' | 'dilation'>;

/**
 * As many windows as fit the padded input: `⌊(I + before + after − e)/s⌋ + 1` along each axis, or rounded up with
 * ceil_mode, less a last window that would start beyond the input and the padding before it. `'same'` is Keras' `⌈I/s⌉`
 * with the odd pixel of padding after.
 */
export function windowAxes(
  [, , height, width]: Shape,
  { kernelSize, stride, padding }: Pick<PoolOptions, 'kernelSize' | 'stride' | 'padding'>,
  dilation: Pair,
  ceilMode: boolean,
): Axes {
  const sizes = (input: number, side: 0 | 1) => ({
    input,
    kernel: kernelSize[side],
    stride: stride[side],
    dilation: dilation[side],
  });
  const [vertical, horizontal] = [sizes(height, 0), sizes(width, 1)];
  if (padding === 'same') return [samePadded(vertical), samePadded(horizontal)];
  const { top, bottom, left, right } = padding;
  return [padded(vertical, top, bottom, ceilMode), padded(horizontal, left, right, ceilMode)];
}

function samePadded(sizes: Sizes): Axis {
  const total = samePadding(sizes);
  const padBefore = Math.floor(total / 2);
  return { ...sizes, padBefore, padAfter: total - padBefore, output: Math.ceil(sizes.input / sizes.stride) };
}

function padded(sizes: Sizes, padBefore: number, padAfter: number, ceilMode: boolean): Axis {
  const axis = { ...sizes, padBefore, padAfter };
  let output = roundedWindows(axis, ceilMode);
  if (ceilMode && (output - 1) * sizes.stride >= sizes.input + padBefore) output--;
  return { ...axis, output };
}

/** The padding of both ends together that `'same'` needs along an axis: just enough for `⌈I/s⌉` windows. */
export function samePadding(axis: Sizes): number {
  const output = Math.ceil(axis.input / axis.stride);
  return Math.max(reachOf({ ...axis, output }) - axis.input, 0);
}

/** The padding of both axes, for each side. */
export function paddingOf([vertical, horizontal]: Axes): Padding {
  return {
    top: vertical.padBefore,
    bottom: vertical.padAfter,
    left: horizontal.padBefore,
    right: horizontal.padAfter,
  };
}
