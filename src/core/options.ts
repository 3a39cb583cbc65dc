/** Height first, as every framework writes a pair. */
export type Pair = readonly [height: number, width: number];

/** Explicit padding in input pixels, side by side; PyTorch's is symmetric, ONNX's `pads` need not be. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** Whether all four sides are equal. */
export function equalPadding(a: Padding, b: Padding): boolean {
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;
}

/** Whether heights and widths are equal. */
export function equalPairs(a: Pair, b: Pair): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The rows of the table in `frameworks/`. */
export type Framework = 'pytorch' | 'keras' | 'onnx';

/** Everything that decides a pooling, in PyTorch's names. Sizes in pixels. */
export interface PoolOptions {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /** `'same'` is Keras' rule: output `⌈I/s⌉`, the odd pixel of padding at the bottom/right, averages of real pixels only. */
  readonly padding: Padding | 'same';
  /** Of averages only ONNX' has it, since opset 19; elsewhere they pass over it. */
  readonly dilation: Pair;
  readonly ceilMode: boolean;
  /** Average only: whether padding counts in the divisor. Without meaning for `'same'`. */
  readonly countIncludePad: boolean;
  /** Average only: divides every window's sum by this instead. */
  readonly divisorOverride?: number;
  /** Max and min only: also return where each value was found. */
  readonly returnIndices?: boolean;
  /**
   * Whose checks apply and whose words refuse. When absent: PyTorch's for numeric padding, Keras' for `'same'`; named, each
   * refuses what it has not (PyTorch `'same'`, Keras numeric padding, ceil_mode and dilation, ONNX a divisor override).
   */
  readonly framework?: Framework;
}

/** Whose rules the options are judged by: their own `framework`, else Keras' for `'same'` and PyTorch's for numbers. */
export function frameworkOf(options: PoolOptions): Framework {
  return options.framework ?? (options.padding === 'same' ? 'keras' : 'pytorch');
}

/** Whether an average's divisor counts padding: as asked, but never for `'same'`, which is Keras' rule. */
export function countsPadding({ countIncludePad, padding }: PoolOptions): boolean {
  return countIncludePad && padding !== 'same';
}

/** Illegal pooling options. The message is the framework's own. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
}
