/** Height first, as every framework writes pairs. */
export type Pair = readonly [height: number, width: number];

/** Explicit padding in input pixels, for each side. PyTorch's is symmetric, ONNX's `pads` need not be. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The output size of adaptive pooling; null keeps the input's size along that axis, as `None` does in PyTorch. */
export type OutputSize = readonly [height: number | null, width: number | null];

export const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** Padding that is equal at both ends of each axis. */
export function symmetricPadding([vertical, horizontal]: Pair): Padding {
  return { top: vertical, bottom: vertical, left: horizontal, right: horizontal };
}

/** Whether padding is equal at both ends of each axis. */
export function isSymmetric({ top, bottom, left, right }: Padding): boolean {
  return top === bottom && left === right;
}

/** Whether two paddings are equal on all four sides. */
export function equalPadding(a: Padding, b: Padding): boolean {
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;
}

/** Whether two pairs are equal. */
export function equalPairs(a: Pair, b: Pair): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The frameworks in the table in `frameworks/`. */
export type Framework = 'pytorch' | 'keras' | 'onnx';

export const frameworkTitles: Readonly<Record<Framework, string>> = {
  pytorch: 'PyTorch',
  keras: 'Keras',
  onnx: 'ONNX',
};

/** ONNX's rules for padding to `⌈I/s⌉` outputs: an odd pixel goes after the picture (UPPER) or before it (LOWER). */
export type AutoPad = 'SAME_UPPER' | 'SAME_LOWER';

/** Everything that determines a pooling, with PyTorch's names. Sizes are in pixels. */
export interface PoolOptions {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /**
   * `'same'` is Keras' rule: output `⌈I/s⌉`, the odd pixel of padding at the bottom/right, averages of real pixels
   * only.
   */
  readonly padding: Padding | 'same';
  /** ONNX's rule that `padding` was computed by, for this picture. It is for scripts: pooling uses `padding` only. */
  readonly autoPad?: AutoPad;
  /** Averages have dilation only in ONNX, since opset 19; in other frameworks they ignore it. */
  readonly dilation: Pair;
  readonly ceilMode: boolean;
  /** Average only: whether padding counts in the divisor. No effect with `'same'`. */
  readonly countIncludePad: boolean;
  /** Average only: the divisor of every window. */
  readonly divisorOverride?: number;
  /** Max and min only: also return where each value was found. */
  readonly returnIndices?: boolean;
  /** Lᵖ only: the power `p`, PyTorch's `norm_type`. 2 if absent. */
  readonly norm?: number;
  /** Adaptive pooling only. 1×1 if absent. */
  readonly outputSize?: OutputSize;
  /**
   * The framework whose checks apply and whose messages are used. If absent: PyTorch for numeric padding, Keras for
   * `'same'`. If set, the framework refuses what it does not have (PyTorch `'same'`; Keras numeric padding, ceil_mode,
   * dilation and a divisor override; ONNX a divisor override).
   */
  readonly framework?: Framework;
}

/** What layers without windows of their own leave open: one pixel at a time, with PyTorch's defaults. */
export const plainOptions: PoolOptions = {
  kernelSize: [1, 1],
  stride: [1, 1],
  padding: noPadding,
  dilation: [1, 1],
  ceilMode: false,
  countIncludePad: true,
};

/** Of some options only those with these names and the framework; all others are plain. */
export function only(options: PoolOptions, ...names: readonly (keyof PoolOptions)[]): PoolOptions {
  const given = (['framework', ...names] as const).filter(name => options[name] !== undefined);
  return { ...plainOptions, ...Object.fromEntries(given.map(name => [name, options[name]])) };
}

/** The framework that checks the options: their own `framework`, else Keras for `'same'` and PyTorch for numbers. */
export function frameworkOf(options: PoolOptions): Framework {
  return options.framework ?? (options.padding === 'same' ? 'keras' : 'pytorch');
}

/** Whether an average's divisor counts padding: as requested, but never for `'same'`, which is Keras' rule. */
export function countsPadding({ countIncludePad, padding }: PoolOptions): boolean {
  return countIncludePad && padding !== 'same';
}

/** An option that a framework refuses, and which of its numbers are at fault. */
export type RefusedOption =
  | {
      readonly option: 'kernelSize' | 'stride' | 'dilation' | 'outputSize';
      /** 0: the height, 1: the width. */
      readonly sides: readonly (0 | 1)[];
    }
  | { readonly option: 'padding'; readonly sides: readonly (keyof Padding)[] }
  | { readonly option: 'ceilMode' | 'divisorOverride' | 'norm' | 'outChannels' | 'groups' };

/** Illegal pooling options. The message is the framework's own. */
export class PoolError extends Error {
  override readonly name = 'PoolError';

  /** @param about the option that the message is about; absent if no single option is at fault */
  constructor(
    message: string,
    readonly about?: RefusedOption,
  ) {
    super(message);
  }
}
