import type { Layer } from '../core/layer';
import type { OperatorName } from '../core/operators';
import type { PoolOptions } from '../core/options';
import type { Shape } from '../core/tensor';
import type { ColourMode, ViewedPicture } from '../core/view';
import type { Alteration } from '../lab/alteration';

/** What a script needs to know about the picture; a decoded picture and the protocol's `PictureInfo` both have it. */
export interface CodePicture extends ViewedPicture {
  readonly bitDepth: 8 | 16;
  /** Notes on the file, by the decoder's codes: a script has to take account of some of them. */
  readonly notes?: readonly { readonly code: string }[];
}

/** The file that a script reads, and how it is looked at. */
export interface FileRequest {
  /** The file's path in the script: relative to the folder that the script will run in, with forward slashes. */
  readonly path: string;
  /** What the written files are named after, if not after `path`: a sample's folder is not for them. */
  readonly saveAs?: string;
  readonly picture: CodePicture;
  /** The samples in the tensor: grey as OpenCV reads it, RGB, or RGB with alpha, as far as the file has them. */
  readonly mode: ColourMode;
  /** Whether the EXIF orientation is applied. */
  readonly orient: boolean;
  /** What is done to the picture before it is pooled. */
  readonly alteration?: Alteration;
}

/** Poolings of one file, to be written as a script. */
export interface CodeRequest extends FileRequest {
  readonly operators: readonly OperatorName[];
  readonly options: PoolOptions;
}

/** Layers one after the other, the first of which takes one file's picture, to be written as a script. */
export interface StackRequest extends FileRequest {
  readonly layers: readonly Layer[];
  /** The input's `[1, C, H, W]`, if it is not the picture's: then the script has zeros in place of the picture. */
  readonly shape?: Shape;
}

/**
 * A target cannot express the request, not even with explicit padding. The message is for the user, in English;
 * `setting` (PyTorch's name for it) is for callers that write their own message.
 */
export class InexpressibleError extends Error {
  override readonly name = 'InexpressibleError';

  constructor(
    readonly setting:
      | 'dilation'
      | 'divisor_override'
      | 'padding'
      | 'count_include_pad'
      | 'ceil_mode'
      | 'norm_type'
      | 'output_size'
      | 'convolution'
      | 'median',
    message: string,
  ) {
    super(message);
  }
}

/** The row of the median in targets whose frameworks lack it. */
export function refuseMedian(): never {
  throw new InexpressibleError('median', 'No framework has the median as a layer.');
}
