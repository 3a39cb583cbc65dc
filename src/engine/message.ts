/** What the host and the worker say to each other. Errors travel as data: a thrown object loses its class on the way. */
import type { Inspection } from '../core/inspect';
import type { PoolKind } from '../core/window';
import type { DecodeErrorCode } from '../decode/error';
import type { FormatName } from '../decode/formats';
import type { DecodeLimits } from '../decode/image';
import type { DecodeNote } from '../decode/note';
import type {
  CountsOfPanes,
  CountsRequest,
  InspectRequest,
  PictureInfo,
  PixelsRequest,
  RenderRequest,
  Tile,
} from '../protocol';

/** The decoded picture as the host needs to know it; its pixels stay in the worker. */
export interface Decoded extends Omit<PictureInfo, 'notes'> {
  readonly format: FormatName;
  readonly notes: readonly DecodeNote[];
  /** How long each stage of the decode took, in milliseconds and in order. */
  readonly stages: readonly (readonly [stage: string, milliseconds: number])[];
  readonly milliseconds: number;
}

export interface Rendered {
  readonly tiles: readonly Tile[];
  readonly milliseconds: number;
}

/** The input tensor's samples, channels last. */
export interface Pixels {
  readonly data: Uint8Array | Uint16Array;
}

/** A whole pooling as a file: a PNG, or a `.npy` of the picture's own element type or of exact float32. */
export interface EncodeRequest extends Pick<RenderRequest, 'mode' | 'orient' | 'options'> {
  readonly kind: PoolKind;
  readonly as: 'png' | 'array' | 'floats';
}

/** The file's bytes. */
export interface Encoded {
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Each request's name, what it carries and what it is answered with. */
export interface EngineCalls {
  decode: { request: { readonly bytes: Uint8Array; readonly limits: DecodeLimits }; answer: Decoded };
  render: { request: RenderRequest; answer: Rendered };
  inspect: { request: InspectRequest; answer: Inspection };
  pixels: { request: PixelsRequest; answer: Pixels };
  counts: { request: CountsRequest; answer: CountsOfPanes };
  encode: { request: EncodeRequest; answer: Encoded };
}
export type EngineCall = keyof EngineCalls;

export type EngineRequest = {
  [C in EngineCall]: { id: number; call: C; request: EngineCalls[C]['request'] };
}[EngineCall];

/** Why there is no answer. */
export type EngineFailure =
  /** The file cannot be decoded: a sentence for people, as a template and its values so that it can be translated. */
  | {
      readonly kind: 'decode';
      readonly code: DecodeErrorCode;
      readonly template: string;
      readonly values: Readonly<Record<string, string | number>>;
    }
  /** The options are illegal, in the framework's own words. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Nothing is decoded (any more). */
  | { readonly kind: 'empty' }
  /** More memory was needed than there is. */
  | { readonly kind: 'memory' }
  /** The worker ended by itself, or something in it went wrong that should not. */
  | { readonly kind: 'died'; readonly message: string }
  /** The worker was ended on purpose while this was under way. */
  | { readonly kind: 'closed' };

export type Outcome<T> = { readonly ok: T } | { readonly err: EngineFailure };

/** The answer to the request with the same id. */
export interface EngineReply {
  readonly id: number;
  readonly outcome: Outcome<EngineCalls[EngineCall]['answer']>;
}
