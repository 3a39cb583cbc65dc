/**
 * Where two frameworks give different sizes or numbers for what looks like the same setting. Everything here is data: the
 * page words it.
 */
import { FRAMEWORKS } from './framework';
import { type Framework, frameworks, type Padding, PoolError, type PoolOptions } from './options';
import type { Tensor } from './tensor';
import type { Axis, PoolKind } from './window';
import {
  clippedSpan,
  countsPadding,
  dropsLastWindow,
  effectiveKernel,
  frameworkOf,
  planAxes,
  roundedWindows,
  tapsCounted,
} from './window';

type Shape = readonly [number, number, number, number];
type Axes = readonly [vertical: Axis, horizontal: Axis];

/** One cause of a difference, with the numbers to say it. */
export type Reason =
  /** The two pad differently: Keras' 'same' adds 0 before and 1 after where `padding=1` adds 1 and 1. */
  | { readonly code: 'padding'; readonly ours: Padding; readonly theirs: Padding }
  /** One counts padding in the average's divisor, the other does not. */
  | { readonly code: 'countedPadding'; readonly ours: boolean; readonly theirs: boolean }
  /** ceil_mode adds rows or columns here, and the other has no ceil_mode. */
  | { readonly code: 'ceilMode'; readonly rows: number; readonly columns: number }
  /** The other has no dilation for this pooling. */
  | { readonly code: 'dilation' }
  /** The other cannot set the divisor. */
  | { readonly code: 'divisorOverride' };

/** How another framework answers to the setting that looks the same there. */
export interface Difference {
  readonly framework: Framework;
  /** That setting: pool with it to see the other's picture. */
  readonly options: PoolOptions;
  readonly ours: readonly [rows: number, columns: number];
  /** The other's size; absent when it refuses the setting. */
  readonly theirs?: readonly [rows: number, columns: number];
  /** The other's words when it refuses. */
  readonly refusal?: string;
  readonly reasons: readonly Reason[];
}

/**
 * The frameworks, besides the options' own, that have a setting which looks the same and comes to something else: another
 * size, windows on other pixels, other divisors, or a refusal. Frameworks that agree, and those where nothing looks alike
 * (Keras has nothing like `padding=1` with a 7×7 kernel), are not listed.
 *
 * @throws {PoolError} if the options' own framework refuses them
 */
export function compareFrameworks(kind: PoolKind, shape: Shape, options: PoolOptions): Difference[] {
  const ours = planAxes(kind, shape, options);
  const differences: Difference[] = [];
  for (const framework of frameworks) {
    if (framework === frameworkOf(options)) continue;
    const counterpart = lookAlike(kind, options, ours, framework);
    const difference = counterpart && compare(kind, shape, options, ours, counterpart);
    if (difference) differences.push({ framework, ...difference });
  }
  return differences;
}

/**
 * What ceil_mode does to an axis: nothing, one window more that hangs over, or none because the window that rounding up
 * would add starts beyond the input and the padding before it.
 */
export function ceilModeEffect(axis: Axis, options: PoolOptions): 'none' | 'added' | 'dropped' {
  if (!options.ceilMode || options.padding === 'same') return 'none';
  if (dropsLastWindow(axis, options)) return 'dropped';
  return axis.output > roundedWindows(axis, false) ? 'added' : 'none';
}

/**
 * Which pixels of our pooled picture differ from the other's: `mask[y * W + x]` is 1 if any channel differs, or if the other
 * has no such pixel. Both are compared from the top left; NaN equals NaN.
 */
export function differingPixels(ours: Tensor, theirs: Tensor): { mask: Uint8Array; count: number } {
  const [, channels, height, width] = ours.shape;
  const [, theirChannels, theirHeight, theirWidth] = theirs.shape;
  if (channels !== theirChannels) throw new RangeError(`Cannot compare ${channels} channels with ${theirChannels}`);
  const mask = new Uint8Array(height * width);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let same = y < theirHeight && x < theirWidth;
      const a = (y * width + x) * channels;
      const b = (y * theirWidth + x) * channels;
      for (let c = 0; same && c < channels; c++) {
        const value = ours.data[a + c]!;
        const other = theirs.data[b + c]!;
        same = value === other || (Number.isNaN(value) && Number.isNaN(other));
      }
      if (same) continue;
      mask[y * width + x] = 1;
      count++;
    }
  }
  return { mask, count };
}

/** The options that a person would write in another framework for the same thing, or nothing if nothing there looks alike. */
function lookAlike(kind: PoolKind, options: PoolOptions, axes: Axes, framework: Framework): PoolOptions | undefined {
  const traits = FRAMEWORKS[framework];
  const padding = paddingAlike(options, axes, framework);
  if (padding === undefined) return undefined;
  const { divisorOverride, ...rest } = options;
  return {
    ...rest,
    framework,
    padding,
    dilation: traits.dilation.includes(kind) ? options.dilation : [1, 1],
    ceilMode: traits.ceilMode && options.ceilMode,
    // The other's default: that is what its code says when it says nothing.
    countIncludePad: traits.countIncludePad ?? false,
    ...(traits.divisorOverride && divisorOverride !== undefined ? { divisorOverride } : {}),
  };
}

function paddingAlike(options: PoolOptions, axes: Axes, framework: Framework): Padding | 'same' | undefined {
  const [vertical, horizontal] = axes;
  if (framework === 'onnx') return options.padding === 'same' ? 'same' : paddingOf(axes);
  if (axes.every(({ padBefore, padAfter }) => padBefore === 0 && padAfter === 0) && options.padding !== 'same') {
    return paddingOf(axes);
  }
  if (framework === 'keras') return axes.every(looksSame) ? 'same' : undefined;
  if (options.padding !== 'same' && axes.every(({ padBefore, padAfter }) => padBefore === padAfter)) {
    return paddingOf(axes);
  }
  // What people write in PyTorch for 'same': half the kernel.
  const [v, h] = [vertical, horizontal].map(halfKernel) as [number, number];
  return options.padding === 'same' || axes.every(looksSame) ? { top: v, bottom: v, left: h, right: h } : undefined;
}

/** Whether an axis' padding is somebody's idea of 'same': half the kernel on both sides, or what Keras adds in all. */
function looksSame(axis: Axis): boolean {
  const { padBefore, padAfter, input, stride } = axis;
  const half = halfKernel(axis);
  const total = Math.max((Math.ceil(input / stride) - 1) * stride + effectiveKernel(axis) - input, 0);
  return (padBefore === half && padAfter === half) || padBefore + padAfter === total;
}

function halfKernel(axis: Axis): number {
  return Math.floor(effectiveKernel(axis) / 2);
}

function compare(
  kind: PoolKind,
  shape: Shape,
  options: PoolOptions,
  ours: Axes,
  counterpart: PoolOptions,
): Omit<Difference, 'framework'> | undefined {
  const size = outputOf(ours);
  let theirs: Axes;
  try {
    theirs = planAxes(kind, shape, counterpart);
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    return { options: counterpart, ours: size, refusal: error.message, reasons: [] };
  }
  const sameWindows = [0, 1].every(side => sameAxis(kind, ours[side]!, theirs[side]!, options, counterpart));
  const sameDivisor = kind === 'max' || options.divisorOverride === counterpart.divisorOverride;
  if (sameWindows && sameDivisor) return undefined;
  return {
    options: counterpart,
    ours: size,
    theirs: outputOf(theirs),
    reasons: reasonsOf(kind, options, ours, counterpart, theirs),
  };
}

/** Whether the windows along an axis are as many, cover the same pixels and (for averages) count the same taps. */
function sameAxis(kind: PoolKind, ours: Axis, theirs: Axis, options: PoolOptions, counterpart: PoolOptions): boolean {
  if (ours.output !== theirs.output || ours.dilation !== theirs.dilation) return false;
  for (let i = 0; i < ours.output; i++) {
    const [a, b] = [clippedSpan(ours, i), clippedSpan(theirs, i)];
    if (a.start !== b.start || a.end !== b.end) return false;
    if (kind === 'average' && tapsCounted(ours, i, options) !== tapsCounted(theirs, i, counterpart)) return false;
  }
  return true;
}

function reasonsOf(kind: PoolKind, options: PoolOptions, ours: Axes, counterpart: PoolOptions, theirs: Axes): Reason[] {
  const reasons: Reason[] = [];
  if (ours.some((axis, i) => axis.padBefore !== theirs[i]!.padBefore || axis.padAfter !== theirs[i]!.padAfter)) {
    reasons.push({ code: 'padding', ours: paddingOf(ours), theirs: paddingOf(theirs) });
  }
  if (ours.some((axis, i) => axis.dilation !== theirs[i]!.dilation)) reasons.push({ code: 'dilation' });
  if (options.ceilMode && !counterpart.ceilMode) {
    const [rows, columns] = ours.map(axis => (ceilModeEffect(axis, options) === 'added' ? 1 : 0)) as [number, number];
    if (rows + columns > 0) reasons.push({ code: 'ceilMode', rows, columns });
  }
  if (kind === 'average') {
    const [we, they] = [options, counterpart].map(countsPadding) as [boolean, boolean];
    if (options.divisorOverride !== counterpart.divisorOverride) reasons.push({ code: 'divisorOverride' });
    else if (we !== they && [...ours, ...theirs].some(padded)) {
      reasons.push({ code: 'countedPadding', ours: we, theirs: they });
    }
  }
  return reasons;
}

function padded({ padBefore, padAfter }: Axis): boolean {
  return padBefore > 0 || padAfter > 0;
}

function paddingOf([vertical, horizontal]: Axes): Padding {
  return {
    top: vertical.padBefore,
    bottom: vertical.padAfter,
    left: horizontal.padBefore,
    right: horizontal.padAfter,
  };
}

function outputOf([vertical, horizontal]: Axes): readonly [number, number] {
  return [vertical.output, horizontal.output];
}
