import type { Axes } from '../axis';
import type { Knobs } from '../knobs';
import type { Operator } from '../operators/operator';
import type { Padding, Pair, PoolOptions } from '../options';
import type { Shape } from '../tensor';

/** A rule for padding, and the framework's word for it; `'none'` means numbers, or no padding. */
type PaddingRule = readonly [rule: 'none' | 'same' | 'sameLower', word: string];

/**
 * A row of the table of frameworks: what it can do, what it refuses and with which message, and how it writes things.
 */
export interface FrameworkRules {
  readonly title: string;
  /** The order of a tensor's axes in its shape. */
  readonly layout: 'NCHW' | 'NHWC';
  /** The stride if none is set: the kernel size, or 1. */
  readonly defaultStride: 'kernel' | 1;
  /** Padding by numbers: none, one for both ends of an axis, or one for each side. */
  readonly padsBy: 'nothing' | 'axes' | 'sides';
  /** Padding by rules; the first one is `'none'`. Empty if the framework has no rules. */
  readonly paddingRules: readonly PaddingRule[];
  readonly ceilMode: boolean;
  /** The default of average's `count_include_pad`; absent if padding never counts. */
  readonly countIncludePad?: boolean;
  readonly divisorOverride: boolean;

  /**
   * The options for these knobs, with defaults filled in. ONNX's `auto_pad` becomes explicit padding, the only option
   * that depends on the picture. `planAxes` checks whether the options are legal.
   *
   * @param shape the input's `[1, C, H, W]`
   */
  optionsOf(knobs: Knobs, shape: Shape): PoolOptions;

  /**
   * The framework's checks of the options alone, in its order.
   * @throws {PoolError} with its own message
   */
  check(operator: Operator, options: PoolOptions, dilation: Pair): void;

  /** Its message for an output without pixels. */
  tooSmall(shape: Shape, options: PoolOptions, rows: number, columns: number): string;

  /** A tensor's shape as text: `[1, 3, 700, 1024]`, or Keras' NHWC `(1, 700, 1024, 3)`. */
  shapeText(shape: Shape): string;

  /**
   * The pooling as code, with only the arguments that differ from the defaults: `MaxPool2d(3, stride=2, padding=1)`,
   * `AveragePooling2D(2, padding="same")`, `MaxPool(kernel_shape=[2, 2], strides=[2, 2])`.
   */
  callText(operator: Operator, options: PoolOptions, axes: Axes): string;

  /** The steps from the tensor to the pooled tensor, as code; absent if one call is always enough. */
  stepTexts?(operator: Operator, options: PoolOptions, axes: Axes): readonly string[];

  /** The padding that a user would write here for the same thing; undefined if nothing looks the same. */
  paddingAlike(options: PoolOptions, axes: Axes): Padding | 'same' | undefined;
}

/** The stride that the knobs result in. */
export function strideOf(
  { stride, kernel }: Pick<Knobs, 'stride' | 'kernel'>,
  { defaultStride }: Pick<FrameworkRules, 'defaultStride'>,
): Pair {
  if (stride !== 'default') return stride;
  return defaultStride === 'kernel' ? kernel : [1, 1];
}

/** The options of operators without windows of their own, and Lᵖ's power: all frameworks name them alike. */
export function otherOptions({ norm, outputSize }: Knobs): Pick<PoolOptions, 'norm' | 'outputSize'> {
  return { norm, outputSize };
}

/** The largest size that the frameworks take: they store sizes as C's `int`. */
export const maxInt = 2 ** 31 - 1;

export function isPositive(value: number): boolean {
  return value > 0;
}
