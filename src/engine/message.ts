/** Messages between the host and the engine's thread: the page's requests, and two more. */
import type { Failure } from '../channel';
import type { OperatorName } from '../core/operators';
import type { AlteredPane } from '../core/panes';
import type { DecodeErrorCode } from '../decode/error';
import type { FormatName } from '../decode/formats';
import type { DecodeLimits } from '../decode/image';
import type { DecodeNote } from '../decode/note';
import type { Calls, PictureInfo, Pooling, StackRequest } from '../protocol';

/** The properties of a decoded picture; its pixels stay in the engine. */
export interface Decoded extends Omit<PictureInfo, 'notes'> {
  readonly format: FormatName;
  readonly notes: readonly DecodeNote[];
  /** How long each stage of the decode took, in order. */
  readonly stages: readonly (readonly [stage: string, milliseconds: number])[];
  readonly milliseconds: number;
}

/**
 * Requests a whole pooling, or an altered picture, as a file: a PNG, or a `.npy` with the picture's own element type or
 * with exact float32.
 */
export interface EncodeRequest extends Pooling {
  readonly pane: 'input' | OperatorName | AlteredPane;
  readonly as: 'png' | 'array' | 'floats';
}

/** Requests the last layer's output as a file. */
export interface EncodeStageRequest extends StackRequest {
  readonly as: EncodeRequest['as'];
}

/** The file's bytes. */
export interface Encoded {
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The page's requests, and those that only the host sends. */
export interface EngineCalls extends Calls {
  decode: { request: { readonly bytes: Uint8Array; readonly limits: DecodeLimits }; answer: Decoded };
  encode: { request: EncodeRequest; answer: Encoded };
  encodeStage: { request: EncodeStageRequest; answer: Encoded };
}

export type EngineFailure =
  | Failure
  /** The file cannot be decoded. The message is a template and its values, so that it can be translated. */
  | {
      readonly kind: 'decode';
      readonly code: DecodeErrorCode;
      readonly template: string;
      readonly values: Readonly<Record<string, string | number>>;
    };
