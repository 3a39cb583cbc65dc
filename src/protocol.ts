/**
 * What page and host say to each other: one table of questions, which the host passes on to the engine, and the few notices
 * that need no answer. Pixels travel as exactly sized `Uint8Array`s, never as a `subarray` and never as a `Buffer`.
 */
import type { Question, Reply } from './channel';
import type { Inspection, PerOperator, Spot } from './core/inspect';
import type { OperatorName } from './core/operators';
import type { PoolOptions } from './core/options';
import type { PaneKind } from './core/panes';
import type { Region } from './core/region';
import type { InputView } from './core/view';

/** A quiet remark about a file. */
export interface Note {
  /** What it is about, for whoever has to take account of it. */
  readonly code: string;
  /** The remark, already in the user's language. */
  readonly text: string;
}

/** What is known of a picture once it is decoded. */
export interface PictureInfo {
  /** Width and height of the upright picture, turned by its EXIF orientation; without `orient`, 5 to 8 swap them. */
  readonly width: number;
  readonly height: number;
  /** Channels in the file after palette expansion: 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly bitDepth: 8 | 16;
  /** A row of the decoders' table of formats. */
  readonly format: string;
  /** EXIF orientation as stored, 1 when absent. */
  readonly orientation: number;
  readonly notes: readonly Note[];
}

/** A region's pixels for the screen: 8-bit, 1 (grey) or 3 (RGB) or 4 (RGBA) channels interleaved, `columns × rows`. */
export interface Tile extends Region {
  readonly pane: PaneKind;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** What is pooled: the picture as it is looked at, and the options that all operators take. */
export interface Pooling {
  readonly view: InputView;
  readonly options: PoolOptions;
}

/** One repaint: the regions that the screen shows. */
export interface RenderRequest extends Pooling {
  /** For `mask`: the pooling that is compared, and the setting that it is compared with. */
  readonly against?: Counterpart;
  readonly regions: Readonly<Partial<Record<PaneKind, Region>>>;
  /** The panes on the page, whether or not something is asked for them. */
  readonly panes?: readonly PaneKind[] | undefined;
  /** Told by a page that stands as it began: what it asks, the next one will ask. */
  readonly room?: Room | undefined;
}

/** Another framework's setting that looks the same. */
export interface Counterpart {
  readonly operator: OperatorName;
  readonly options: PoolOptions;
}

/** The room that a page has for one pane, in CSS pixels, and how many device pixels one of them is. */
export interface Room {
  readonly width: number;
  /** As high as a pane may become; a picture that needs less gets less. */
  readonly height: number;
  readonly pixelRatio: number;
}

export interface Rendered {
  readonly tiles: readonly Tile[];
  readonly milliseconds: number;
}

/** A pixel of one pane, of which all is asked. */
export interface InspectRequest extends Pooling {
  readonly spot: Spot;
  /** The operators whose windows are wanted. */
  readonly operators: readonly OperatorName[];
}

/** The input tensor's samples, asked for when they are few enough to be kept in the page. */
export interface PixelsRequest {
  readonly view: InputView;
}

/** `[1, C, H, W]` samples, channels last. */
export interface Pixels {
  readonly data: Uint8Array | Uint16Array;
}

/** Whose values are to be counted: the input's, and these operators' outputs'. */
export interface CountsRequest extends Pooling {
  readonly operators: readonly OperatorName[];
}

/** How often each value occurs in a picture, for its histogram: 256 bins a channel, 16-bit values by their upper byte. */
export type Counts = readonly Uint32Array[];

/** How often each value occurs in the input and the outputs. */
export type CountsOfPanes = { readonly input: Counts } & PerOperator<Counts>;

/** Everything that can be asked of an open picture. */
export interface Calls {
  render: { request: RenderRequest; answer: Rendered };
  inspect: { request: InspectRequest; answer: Inspection };
  pixels: { request: PixelsRequest; answer: Pixels };
  counts: { request: CountsRequest; answer: CountsOfPanes };
}

/** What there is on screen, for commands and the status bar. */
export interface Status extends Pooling {
  /** The operators that are shown. */
  readonly operators: readonly OperatorName[];
  /** CSS pixels per input pixel. */
  readonly scale: number;
  /** The pixel pointed at and its values, as the panes write it. */
  readonly pixel?: string;
}

export const exportCommands = ['copyCode', 'savePicture', 'saveArray', 'copyPicture'] as const;

/** Commands that act on what a preview shows. */
export type ExportCommand = (typeof exportCommands)[number];

export const remedies = ['retry', 'openAsText', 'raiseLimit'] as const;

/** What a failure message offers to do about it. */
export type Remedy = (typeof remedies)[number];

/** The steps of opening a picture that take time. */
export type OpeningStage = 'reading' | 'decoding';

/** What the page tells without waiting for an answer. */
export type PageNotice =
  /**
   * The page is there (first time, after being hidden, or after a window reload) and knows nothing, unless it has `heard`
   * what the host has sent ahead.
   */
  | { readonly type: 'ready'; readonly heard?: boolean }
  /** What is on screen; nothing, when nothing is pooled. */
  | { readonly type: 'status'; readonly status?: Status }
  /** A button of the page that stands for a command. */
  | { readonly type: 'export'; readonly command: ExportCommand }
  /** The picture sent for the clipboard is there, or why the browser refused it. */
  | { readonly type: 'copied'; readonly error?: string }
  /** Stop the decode that is under way. */
  | { readonly type: 'cancel' }
  | { readonly type: 'remedy'; readonly remedy: Remedy };

export type FromPage = Question<Calls> | PageNotice;

/** What the host tells without being asked. */
export type HostNotice =
  /** The first of all: the file's name and the strings of the user's language (absent for English). */
  | {
      readonly type: 'hello';
      readonly name: string;
      readonly strings?: Readonly<Record<string, string>>;
      /** The settings, as a state that was never saved: read with the same suspicion. */
      readonly defaults: unknown;
    }
  | { readonly type: 'opening'; readonly stage: OpeningStage }
  /**
   * The picture is decoded: ask for regions, but while `isPrefetching` only once `prefetched` has come. Sent again after the
   * file has changed on disk.
   */
  | { readonly type: 'opened'; readonly info: PictureInfo; readonly isPrefetching?: boolean }
  /** What the page will most likely ask first, with the answer; without tiles if there is none. */
  | { readonly type: 'prefetched'; readonly request: Pooling; readonly tiles: readonly Tile[] }
  /** A PNG for the page to put on the clipboard: only a page can. */
  | { readonly type: 'clipboard'; readonly png: Uint8Array }
  /** Nothing can be shown: why, in one sentence in the user's language, and what can be done about it. */
  | { readonly type: 'failed'; readonly message: string; readonly remedies: readonly Remedy[] };

export type FromHost = HostNotice | Reply<Calls>;
