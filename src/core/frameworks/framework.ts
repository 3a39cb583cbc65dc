import type { Axes } from '../axis';
import type { Knobs } from '../knobs';
import type { Operator } from '../operators/operator';
import type { Padding, Pair, PoolOptions } from '../options';
import type { Shape } from '../tensor';

/** A way to pad by a rule, and the framework's word for it; `'none'` is by numbers, or not at all. */
type PaddingRule = readonly [rule: 'none' | 'same' | 'sameLower', word: string];

/** A row of the table of frameworks: what it can be told, what it refuses and how, and how it writes things. */
export interface FrameworkRules {
  readonly title: string;
  /** What the stride is when it is not set: the kernel size, or 1. */
  readonly defaultStride: 'kernel' | 1;
  /** Padding by numbers: none, one for both ends of an axis, or one for each side. */
  readonly padsBy: 'nothing' | 'axes' | 'sides';
  /** Padding by rules, the first being none. Empty where the framework has no rules. */
  readonly paddingRules: readonly PaddingRule[];
  readonly ceilMode: boolean;
  /** The default of average's `count_include_pad`; absent where padding never counts. */
  readonly countIncludePad?: boolean;
  readonly divisorOverride: boolean;

  /**
   * The pooling that the knobs ask for, defaults filled in. ONNX's `auto_pad` becomes explicit padding, which depends on the
   * picture; so does nothing else. Whether the options are legal is for `planAxes` to say.
   *
   * @param shape the input's `[1, C, H, W]`
   */
  optionsOf(knobs: Knobs, shape: Shape): PoolOptions;

  /** The framework's checks of the options alone, in its order. @throws PoolError in its own words */
  check(operator: Operator, options: PoolOptions, dilation: Pair): void;

  /** What it says of an output without a pixel. */
  tooSmall(shape: Shape, options: PoolOptions, rows: number, columns: number): string;

  /** A tensor's shape: `[1, 3, 700, 1024]`, and Keras' NHWC `(1, 700, 1024, 3)`. */
  shapeText(shape: Shape): string;

  /**
   * The pooling as its code writes it, with only what differs from its defaults: `MaxPool2d(3, stride=2, padding=1)`,
   * `AveragePooling2D(2, padding="same")`, `MaxPool(kernel_shape=[2, 2], strides=[2, 2])`.
   */
  callText(operator: Operator, options: PoolOptions, axes: Axes): string;

  /** The steps from tensor to pooled tensor; absent where one call always does. */
  stepTexts?(operator: Operator, options: PoolOptions, axes: Axes): readonly string[];

  /** The padding that somebody would write here for the same thing; undefined where nothing looks alike. */
  paddingAlike(options: PoolOptions, axes: Axes): Padding | 'same' | undefined;
}

/** The stride that the knobs come to. */
export function strideOf({ stride, kernel }: Knobs, { defaultStride }: Pick<FrameworkRules, 'defaultStride'>): Pair {
  if (stride !== 'default') return stride;
  return defaultStride === 'kernel' ? kernel : [1, 1];
}

/** The largest number that any of them takes for a size: they hold sizes as C's `int`. */
export const maxInt = 2 ** 31 - 1;

export function isPositive(value: number): boolean {
  return value > 0;
}

/** A pair as Python code writes it: one number when both are equal. */
export function pairText(pair: Pair): string {
  return pair[0] === pair[1] ? `${pair[0]}` : tupleText(pair);
}

export function tupleText(values: readonly number[]): string {
  return `(${values.join(', ')})`;
}

export function listText(values: readonly number[]): string {
  return `[${values.join(', ')}]`;
}
