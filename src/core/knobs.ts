/** What a person sets, before a framework has made options of it. */
import type { Framework, Padding, Pair } from './options';

export interface Knobs {
  readonly framework: Framework;
  readonly kernel: Pair;
  /** `'default'`: what the framework takes when it is told nothing, the kernel size or (ONNX) 1. */
  readonly stride: Pair | 'default';
  /** `'sameLower'` is ONNX' SAME_LOWER. PyTorch has no 'same'; what it stands for there is padding before pooling. */
  readonly padding: Padding | 'same' | 'sameLower';
  readonly dilation: Pair;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
  readonly divisorOverride?: number;
}
