/** What the scripts of all targets have in common, computed once per request. */
import { type Axes, type Axis, reachOf } from '../core/axis';
import { type OperatorName, operatorOf } from '../core/operators';
import { normOf } from '../core/operators/lp';
import type { Operator } from '../core/operators/operator';
import { countsPadding, equalPadding, noPadding, type Padding, type Pair, type PoolOptions } from '../core/options';
import { type PlannedLayer, planLayer } from '../core/plan';
import type { Shape } from '../core/tensor';
import { possibleMode, shapeOf } from '../core/view';
import { type CodeRequest, type FileRequest, InexpressibleError } from './request';

/** One pooling; those with a kernel as explicit padding, then windows that all lie inside: every framework can do that. */
export interface Pooling {
  readonly name: OperatorName;
  /** The prefix of the script's variables: `adaptive_max`. */
  readonly variable: string;
  readonly operator: Operator;
  /** As the operator takes them: what it ignores is at its default. */
  readonly options: PoolOptions;
  readonly input: Shape;
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
  /** The largest sum that a window can have; undefined if the operator only selects values. */
  readonly largestSum: number | undefined;
  /** Whether a window's sum is needed, of whole numbers, and can have more digits than float32 holds. */
  readonly wide: boolean;
}

/** The file of a script, and the shape of its tensor, `[1, C, H, W]`, turned or not as requested. */
export interface FileJob extends FileRequest {
  readonly shape: Shape;
  /** Whether zeros stand in place of the picture: then nothing is read or written. */
  readonly isBlank?: boolean;
}

/** A request, and the numbers that follow from it. */
export interface Job extends FileJob {
  readonly poolings: readonly Pooling[];
}

/**
 * @throws {PoolError} for options that their framework refuses
 * @throws {InexpressibleError} for an output without pixels
 */
export function planJob(request: CodeRequest): Job {
  const file = planFile(request);
  const poolings = request.operators.map(name =>
    poolingOf(planLayer(name, file.shape, request.options), largestSample(request)),
  );
  return { ...file, poolings };
}

/** The mode as far as the file has it, and the tensor's shape. */
export function planFile({ path, saveAs, picture, mode: wanted, orient, alteration }: FileRequest): FileJob {
  const mode = possibleMode(wanted, picture);
  const shape = shapeOf(picture, { mode, orient });
  return {
    path,
    ...(saveAs !== undefined && { saveAs }),
    picture,
    mode,
    orient,
    ...(alteration && { alteration }),
    shape,
  };
}

/** The largest value of a sample in the file. */
export function largestSample({ picture }: FileRequest): number {
  return picture.bitDepth === 16 ? 65535 : 255;
}

/**
 * A planned pooling as scripts need it.
 * @param largest the largest value of the input
 * @param isWhole whether the input has whole numbers only: their sums can be exact
 * @throws {InexpressibleError} for an output without pixels
 */
export function poolingOf(
  { operator: name, options, axes, input }: PlannedLayer,
  largest: number,
  isWhole = true,
): Pooling {
  const operator = operatorOf(name);
  const [vertical, horizontal] = axes;
  if (vertical.output === 0 || horizontal.output === 0) {
    throw new InexpressibleError('output_size', 'An output without pixels is no picture.');
  }
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
  const largestSum = largestSums[name]?.(real, largest, options);
  return {
    name,
    variable: name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
    operator,
    options,
    input,
    axes,
    kernel: [vertical.kernel, horizontal.kernel],
    stride: [vertical.stride, horizontal.stride],
    dilation: [vertical.dilation, horizontal.dilation],
    output: [vertical.output, horizontal.output],
    around,
    counted,
    divisor: options.divisorOverride ?? (equalPadding(around, counted) ? taps : undefined),
    largestSum,
    wide: largestSum !== undefined && isWhole && largestSum >= 2 ** 24,
  };
}

/** The largest sum of a window of so many pixels with values up to `largest`; absent if values are only selected. */
const largestSums: Readonly<
  Record<OperatorName, ((pixels: number, largest: number, options: PoolOptions) => number) | undefined>
> = {
  max: undefined,
  average: (pixels, largest) => pixels * largest,
  min: undefined,
  lp: (pixels, largest, options) => pixels * largest ** normOf(options),
  adaptiveMax: undefined,
  adaptiveAverage: (pixels, largest) => pixels * largest,
  globalMax: undefined,
  globalAverage: (pixels, largest) => pixels * largest,
  // The weights of the filter before its division by 16.
  maxBlur: (_, largest) => 16 * largest,
  // That of the middle two.
  median: (_, largest) => 2 * largest,
};

/**
 * Pixels that the windows need after the input. The last window of ceil_mode may need more than the padding, or less.
 */
function needed(axis: Axis, { ceilMode, padding }: PoolOptions): number {
  if (!ceilMode || padding === 'same') return axis.padAfter;
  return Math.max(reachOf(axis) - axis.padBefore - axis.input, 0);
}

type FloatType = 'float32' | 'float64';

/**
 * What poolings with one type are to add in: float64 if float32 lacks the digits of averages. Powers are float32 in the
 * frameworks, and what is too large for it is ∞ there: float64 would change such a result.
 */
export function sumType(poolings: readonly Pooling[]): FloatType {
  const overflows = poolings.some(pooling => hasPowers(pooling) && (pooling.largestSum ?? 0) >= 2 ** 128);
  return !overflows && poolings.some(pooling => pooling.wide && !hasPowers(pooling)) ? 'float64' : 'float32';
}

/** A script's comments on sums that outgrow float32. */
export function digitsNotes(poolings: readonly Pooling[], type: FloatType): string[] {
  const wide = poolings.filter(pooling => pooling.wide);
  return [
    ...(wide.some(pooling => !hasPowers(pooling)) ? [averagesNotes[type]] : []),
    ...(wide.some(hasPowers) ? [powersNote] : []),
  ];
}

function hasPowers({ operator }: Pooling): boolean {
  return operator.settings.includes('norm');
}

const averagesNotes = {
  float64: '# float64, because the sum of so large a window has more digits than float32 holds.',
  float32: '# The sum of so large a window has more digits than float32 holds: averages may differ from the preview.',
} as const;

const powersNote =
  '# Sums of such powers have more digits than float32 holds: the last digits may differ from the preview.';

/** The shape of a tensor with padding around it. */
export function paddedShape([n, channels, height, width]: Shape, { top, bottom, left, right }: Padding): Shape {
  return [n, channels, top + height + bottom, left + width + right];
}

/** What remains of `outer` outside `inner`. */
export function paddingBeyond(outer: Padding, inner: Padding): Padding {
  return {
    top: outer.top - inner.top,
    bottom: outer.bottom - inner.bottom,
    left: outer.left - inner.left,
    right: outer.right - inner.right,
  };
}
