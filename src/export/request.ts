import type { OperatorName } from '../core/operators';
import type { PoolOptions } from '../core/options';
import type { ColourMode, ViewedPicture } from '../core/view';

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
  readonly operators: readonly OperatorName[];
  readonly options: PoolOptions;
}

/**
 * A target has no way to say what was asked for, not even with explicit padding. The message is for people, in English;
 * `setting` (PyTorch's name of it) is for those who word it themselves.
 */
export class InexpressibleError extends Error {
  override readonly name = 'InexpressibleError';

  constructor(
    readonly setting: 'dilation' | 'divisor_override' | 'padding' | 'count_include_pad' | 'ceil_mode',
    message: string,
  ) {
    super(message);
  }
}
