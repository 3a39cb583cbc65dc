import type { PoolOptions } from '../core/options';
import type { ColourMode, ViewedPicture } from '../core/view';
import type { PoolKind } from '../core/window';

/** The languages and frameworks that a pooling can be copied as; each a complete Python script. */
export type CodeTarget = 'pytorch' | 'numpy-loops' | 'numpy' | 'keras' | 'onnx';

export const codeTargets: readonly CodeTarget[] = ['pytorch', 'numpy-loops', 'numpy', 'keras', 'onnx'];

/** What a script needs to know of the picture: a decoded picture's own facts, of which the protocol's are a superset. */
export interface CodePicture extends ViewedPicture {
  readonly bitDepth: 8 | 16;
  /** Remarks on the file, by the decoder's codes: of some a script has to take account. */
  readonly notes?: readonly { readonly code: string }[];
}

/** One pooling of one file, to be written as a script. */
export interface CodeRequest {
  /** The file as the script is to name it: relative to where the script will run, with forward slashes. */
  readonly path: string;
  readonly picture: CodePicture;
  /** The samples that make up the tensor: grey as OpenCV reads it, RGB, or RGB with alpha, as far as the file has them. */
  readonly mode: ColourMode;
  /** Whether the picture is turned as its EXIF orientation says. */
  readonly orient: boolean;
  readonly kinds: readonly PoolKind[];
  readonly options: PoolOptions;
}

/**
 * A framework has no way to say what was asked for, not even with explicit padding. The message is for people, in English;
 * `target` and `setting` (PyTorch's name of it) are for those who word it themselves.
 */
export class InexpressibleError extends Error {
  override readonly name = 'InexpressibleError';

  constructor(
    readonly target: CodeTarget,
    readonly setting: 'dilation' | 'divisor_override' | 'padding' | 'count_include_pad' | 'ceil_mode',
    message: string,
  ) {
    super(message);
  }
}
