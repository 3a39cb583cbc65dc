import type { Axes, Axis } from '../axis';
import { type Framework, frameworkTitles, PoolError, type PoolOptions } from '../options';
import type { Point } from '../region';
import type { Shape, Tensor } from '../tensor';

/** A framework's name for an operator, and how the operator differs there. */
export interface Call {
  /** The layer or node: `MaxPool2d`, `MaxPooling2D`, `MaxPool`. */
  readonly layer: string;
  /** The function that error messages name, if it is not the layer. */
  readonly function?: string;
  /** Whether the framework has it only as `−layer(−x)`. */
  readonly isNegated?: boolean;
  /** Whether the call takes a dilation, refuses it by name, or ignores it. */
  readonly dilation: 'taken' | 'refused' | 'ignored';
  /** Other settings of the operator that the call does not take. */
  readonly lacks?: readonly Setting[];
  /** The value of a window without a pixel of the input. */
  readonly emptyWindow: number;
  /**
   * Checks what the framework's checks of window poolings do not cover. They come first, if the operator has such
   * windows, and so does the refusal of windows larger than the picture.
   *
   * @throws {PoolError} with the framework's own message
   */
  check?(options: PoolOptions, shape: Shape): void;
  /**
   * The call as code, if its arguments are not those of a window pooling.
   * @param settings the arguments of a window pooling with these options
   */
  write?(settings: readonly string[], options: PoolOptions, axes: Axes): string;
}

/** A pooled picture; `indices` only if they were requested and the operator has them. */
export interface Pooled {
  readonly output: Tensor;
  /**
   * Where each value was found: `row · W + column` in the unpadded plane of its channel, in the order of the output's
   * data.
   */
  readonly indices?: Int32Array;
}

/** How one output value is computed, in one channel. */
export type Explanation =
  | {
      readonly kind: 'selected';
      readonly value: number;
      /** The first tap with the value; absent if no tap is on the input. */
      readonly winner?: Point;
      /** The winner's `row · W + column`, as `return_indices` reports it. */
      readonly index?: number;
    }
  | {
      readonly kind: 'averaged';
      /** The float32 average; 0 if there is nothing to average. */
      readonly value: number;
      /** The sum of the values inside the input: exact for integers, of floats as float32 adds them. */
      readonly sum: number;
      /** 0 only if no tap counts, which only dilation can cause. */
      readonly divisor: number;
      /** The sum is divided by the first number, rounded to float32, and then by the second. */
      readonly inTwo?: readonly [height: number, width: number];
    }
  | {
      readonly kind: 'normed';
      /** The float32 `(scale · sum)^(1/norm)`. */
      readonly value: number;
      readonly norm: number;
      /** The sum of the values' powers `|x|^norm`, or `x^norm` in PyTorch. */
      readonly sum: number;
      /** What the sum is multiplied by: PyTorch counts a window that reaches beyond the picture as if it were full. */
      readonly scale: number;
    }
  | {
      readonly kind: 'blurred';
      /** The float32 weighted sum of the maxima. */
      readonly value: number;
      /** The 3×3 maxima in row-major order, with reflected ones beyond the border. */
      readonly maxima: readonly number[];
    }
  | {
      readonly kind: 'median';
      /** The middle one, or the mean of the middle two in float32; NaN if any is NaN, 0 if there are none. */
      readonly value: number;
      /** The window's values on the input in ascending order; NaNs are last. */
      readonly sorted: Float32Array;
    };

/** A setting that an operator can take. */
export type Setting =
  | 'kernelSize'
  | 'stride'
  | 'padding'
  | 'dilation'
  | 'ceilMode'
  | 'countIncludePad'
  | 'divisorOverride'
  | 'norm'
  | 'outputSize';

/** A row of the table of operators: how it reduces a window, and its names in frameworks and scripts. */
export interface Operator {
  /** Heading, in English; the page translates it. */
  readonly title: string;
  readonly longTitle: string;
  /** Its name in each framework; undefined in a framework without it. */
  readonly calls: Readonly<Record<Framework, Call | undefined>>;
  /** For an operator that no framework has: calls whose checks and refusals apply to it, and how it is written. */
  readonly follows?: Readonly<Record<Framework, Call>>;
  /** The settings that it takes in any framework; a framework may have fewer. */
  readonly settings: readonly Setting[];
  /** NumPy's function that reduces a window; absent if no single one does. */
  readonly numpy?: 'max' | 'min' | 'mean';
  /** The value of padding, for scripts that pad explicitly. */
  readonly padding: 0 | '-inf' | 'inf' | 'nan' | 'reflect';
  /** Whether a sum is divided: then it matters whether padding counts, and the divisor can be set. */
  readonly divides: boolean;
  /** For operators that pick one pixel: sentences in English with places for values, translated like titles. */
  readonly sentences?: {
    /** What padding counts as. */
    readonly padding: string;
    /** `{0}` pixels are in the window. */
    readonly picked: string;
    /** The pixel is picked by `{0}` of the windows that use it. */
    readonly wins: string;
    /** What the picked pixel is in its window. */
    readonly winner: string;
  };

  /** The options as it takes them: what it ignores is at its default. Absent if it takes all of a window pooling. */
  optionsFrom?(options: PoolOptions): PoolOptions;

  /** Its windows, if they do not follow from kernel, stride and padding; the options are checked. */
  axes?(shape: Shape, options: PoolOptions): Axes;

  /** The window pooling that it begins with, whose windows are planned and checked. Absent if it is nothing more. */
  begins?(options: PoolOptions): PoolOptions;

  /**
   * The windows of the whole operator, if it does more than {@link begins}.
   * @param windows those of the pooling that it begins with
   */
  widened?(windows: Axes, options: PoolOptions): Axes;

  /** An axis' output size as a formula with its numbers, if {@link axes} has its own. */
  sizeFormula?(axis: Axis, options: PoolOptions): string;

  /**
   * Pools the whole picture in plain TypeScript, for every element type and option: the reference for tests of the
   * kernels.
   *
   * @param axes from `planAxes` for these options
   */
  pool(input: Tensor, axes: Axes, options: PoolOptions): Pooled;

  /** What an average divides the sum of window (x, y) by: 0 only if no tap counts. Absent for all but averages. */
  divisor?(axes: Axes, options: PoolOptions, window: Point): number;

  /** Explains one output value: window (x, y) of one channel. */
  explain(input: Tensor, axes: Axes, options: PoolOptions, window: Point, channel: number): Explanation;

  /** Whether a window reports this pixel. Absent if the operator does not pick one pixel. */
  selects?(input: Tensor, axes: Axes, channel: number, pixel: Point, window: Point): boolean;
}

/**
 * A call of a layer with its input: `MaxPool2d(2)(x)`, or `-MaxPool2d(2)(-x)` for an operator that has to be negated.
 */
export function applied({ isNegated }: Call, layer: string, input: string): string {
  return isNegated ? `-${layer}(-${input})` : `${layer}(${input})`;
}

/** What a framework calls an operator, or the call that the operator follows there; undefined if there is neither. */
export function callOf({ calls, follows }: Operator, framework: Framework): Call | undefined {
  return calls[framework] ?? follows?.[framework];
}

/**
 * {@link callOf} for an operator that can be planned in the framework.
 * @throws {PoolError} in our own words if it cannot: the framework lacks the operator
 */
export function callIn(operator: Operator, framework: Framework): Call {
  const call = callOf(operator, framework);
  if (!call) throw new PoolError(`${frameworkTitles[framework]} has no such layer: ${operator.longTitle}`);
  return call;
}

/** A call of a layer without its input if possible: `MaxPool2d(2)`, but `-MaxPool2d(2)(-x)`. */
export function callText(call: Call, layer: string): string {
  return call.isNegated ? applied(call, layer, 'x') : layer;
}
