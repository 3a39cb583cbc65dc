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

/** Whose rules judge the options and word the refusals. */
export const frameworks = ['pytorch', 'keras', 'onnx'] as const;

export type Framework = (typeof frameworks)[number];

/** Everything that decides a pooling, in PyTorch's names. Sizes in pixels. */
export interface PoolOptions {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /** `'same'` is Keras' rule: output `⌈I/s⌉`, the odd pixel of padding at the bottom/right, averages of real pixels only. */
  readonly padding: Padding | 'same';
  /** Used by max pooling only: no framework's default average pooling has it except ONNX since opset 19. */
  readonly dilation: Pair;
  readonly ceilMode: boolean;
  /** Average only: whether padding counts in the divisor. Without meaning for `'same'`. */
  readonly countIncludePad: boolean;
  /** Average only: divides every window's sum by this instead. */
  readonly divisorOverride?: number;
  /** Max only: also return where each maximum was found. */
  readonly returnIndices?: boolean;
  /**
   * Whose checks apply and whose words refuse. When absent: PyTorch's for numeric padding, Keras' for `'same'`; named, each
   * refuses what it has not (PyTorch `'same'`, Keras numeric padding, ceil_mode and dilation, ONNX a divisor override).
   */
  readonly framework?: Framework;
}

/** Illegal pooling options. The message is the framework's own. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
}
