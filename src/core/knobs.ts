/** The user's settings, before a framework turns them into options. */
import type { Framework, OutputSize, Padding, Pair } from './options';

/** What the user can set. Pairs are height and width. */
export interface Knobs {
  readonly framework: Framework;
  readonly kernel: Pair;
  /** `'default'`: the framework's default, which is the kernel size or (ONNX) 1. */
  readonly stride: Pair | 'default';
  /** `'sameLower'` is ONNX's SAME_LOWER. PyTorch has no 'same': there it stands for padding before pooling. */
  readonly padding: Padding | 'same' | 'sameLower';
  readonly dilation: Pair;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
  /** Null: the number of values that count. */
  readonly divisorOverride: number | null;
  /** Lᵖ pooling's power. */
  readonly norm: number;
  /** Adaptive pooling's output size; null keeps the input's. */
  readonly outputSize: OutputSize;
}
