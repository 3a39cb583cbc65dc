/** What the scripts of all targets have in common, computed once per request. */
import { type Axes, type Axis, reachOf } from '../core/axis';
import { type OperatorName, operatorOf } from '../core/operators';
import type { Operator } from '../core/operators/operator';
import { countsPadding, equalPadding, noPadding, type Padding, type Pair, type PoolOptions } from '../core/options';
import { planAxes } from '../core/plan';
import type { Shape } from '../core/tensor';
import { possibleMode, shapeOf } from '../core/view';
import type { CodeRequest } from './request';

/** One pooling as explicit padding, then windows that all lie inside: every framework can do that. */
export interface Pooling {
  /** The prefix of the script's variables. */
  readonly name: OperatorName;
  readonly operator: Operator;
  readonly axes: Axes;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly output: Pair;
  /** What the windows need around the picture: the padding, and what the last window of ceil_mode needs beyond it. */
  readonly around: Padding;
  /** The part of `around` that averages count as pixels. */
  readonly counted: Padding;
  /** The divisor of every average; undefined if it is smaller at the border. */
  readonly divisor: number | undefined;
  /** Whether a window's sum is needed and can have more digits than float32 holds. */
  readonly wide: boolean;
}

/** A request, and the numbers that follow from it. */
export interface Job extends CodeRequest {
  /** Shape of the tensor, `[1, C, H, W]`, turned or not as requested. */
  readonly shape: Shape;
  readonly poolings: readonly Pooling[];
}

/** @throws {PoolError} for options that their framework refuses */
export function planJob(request: CodeRequest): Job {
  const { picture, orient, operators, options } = request;
  const mode = possibleMode(request.mode, picture);
  const shape = shapeOf(picture, { mode, orient });
  const largest = picture.bitDepth === 16 ? 65535 : 255;
  return { ...request, mode, shape, poolings: operators.map(name => planPooling(name, shape, options, largest)) };
}

function planPooling(name: OperatorName, shape: Shape, options: PoolOptions, largest: number): Pooling {
  const axes = planAxes(name, shape, options);
  const operator = operatorOf(name);
  const [vertical, horizontal] = axes;
  const around = {
    top: vertical.padBefore,
    bottom: needed(vertical, options),
    left: horizontal.padBefore,
    right: needed(horizontal, options),
  };
  const counted = countsPadding(options)
    ? {
        ...around,
        bottom: Math.min(around.bottom, vertical.padAfter),
        right: Math.min(around.right, horizontal.padAfter),
      }
    : noPadding;
  const taps = vertical.kernel * horizontal.kernel;
  const real = Math.min(vertical.kernel, vertical.input) * Math.min(horizontal.kernel, horizontal.input);
  return {
    name,
    operator,
    axes,
    kernel: [vertical.kernel, horizontal.kernel],
    stride: [vertical.stride, horizontal.stride],
    dilation: [vertical.dilation, horizontal.dilation],
    output: [vertical.output, horizontal.output],
    around,
    counted,
    divisor: options.divisorOverride ?? (equalPadding(around, counted) ? taps : undefined),
    wide: operator.divides && real * largest >= 2 ** 24,
  };
}

/**
 * Pixels that the windows need after the input. The last window of ceil_mode may need more than the padding, or less.
 */
function needed(axis: Axis, { ceilMode, padding }: PoolOptions): number {
  if (!ceilMode || padding === 'same') return axis.padAfter;
  return Math.max(reachOf(axis) - axis.padBefore - axis.input, 0);
}

/** The comment of scripts that sum in float64, because of a {@link Pooling.wide} window. */
export const summedWide = '# float64, because the sum of so large a window has more digits than float32 holds.';

/** The comment of scripts that can sum only in float32. */
export const summedNarrow =
  '# The sum of so large a window has more digits than float32 holds: averages may differ from the preview.';

/** What remains of `outer` outside `inner`. */
export function paddingBeyond(outer: Padding, inner: Padding): Padding {
  return {
    top: outer.top - inner.top,
    bottom: outer.bottom - inner.bottom,
    left: outer.left - inner.left,
    right: outer.right - inner.right,
  };
}
