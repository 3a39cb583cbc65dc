import type { Layer } from '../core/layer';
import type { Framework } from '../core/options';

/** A call of a pooling in Python source. */
export interface PoolingCall {
  /** Where it stands, in UTF-16 units: from its first name to its closing bracket. */
  readonly start: number;
  readonly end: number;
  /** What is called, by its usual name: `nn.MaxPool2d`, `F.max_pool2d`, `keras.layers.MaxPooling2D`, `tf.nn.max_pool2d`. */
  readonly callee: string;
  readonly framework: Framework;
  /** What it says, with the framework's defaults; null if we do not compute such a pooling. */
  readonly layer: Layer | null;
  /** What `layer` leaves at its default because the source does not say it, in `layer`'s words. */
  readonly unknown: readonly string[];
  /** Where the values stand that are given, under `layer`'s words. */
  readonly argumentRanges: Readonly<Record<string, readonly [start: number, end: number]>>;
}
