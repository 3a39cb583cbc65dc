/**
 * Messages between page and host: a table of requests, which the host forwards to the engine, and notices without a
 * reply. Pixels travel as typed arrays of exact size, never as a `subarray` and never as a `Buffer`.
 */
import type { CallMessage, ReplyMessage } from './channel';
import type { Inspection, PerOperator, Spot } from './core/inspect';
import type { Layer, PoolingLayer } from './core/layer';
import type { OperatorName } from './core/operators';
import type { Framework, PoolOptions } from './core/options';
import type { AlteredPane, PaneKind, RenderPane, StackPane } from './core/panes';
import type { Point, Rectangle, Region } from './core/region';
import type { Shape } from './core/tensor';
import type { InputView } from './core/view';
import type { Alteration } from './lab/alteration';
import type { Errors, Score } from './lab/score';
import type { ShiftChange } from './lab/shiftChange';

/** A remark about a file that has opened. */
export interface Note {
  /** What it is about, for code that has to take account of it. */
  readonly code: string;
  /** The text in the user's language. */
  readonly text: string;
}

/** The properties of a decoded picture. */
export interface PictureInfo {
  /** Width and height with the EXIF orientation applied; without `orient`, orientations 5 to 8 swap them. */
  readonly width: number;
  readonly height: number;
  /** Channels in the file after palette expansion: 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly bitDepth: 8 | 16;
  /** A name in the decoders' table of formats. */
  readonly format: string;
  /** EXIF orientation as stored, 1 if absent. */
  readonly orientation: number;
  readonly notes: readonly Note[];
}

/**
 * A region's pixels for the screen: `rows × columns × channels` bytes; 1 (grey), 3 (RGB) or 4 (RGBA) channels,
 * interleaved.
 */
export interface Tile extends Region {
  readonly pane: PaneKind;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** What is pooled: a view of the picture, altered or not, and the options that all operators take. */
export interface Pooling {
  readonly view: InputView;
  readonly alteration?: Alteration;
  readonly options: PoolOptions;
}

/** One repaint: the regions that the screen shows. */
export interface RenderRequest extends Pooling {
  /** For `mask`: the operator, and the options to compare with. */
  readonly against?: Counterpart;
  readonly regions: Readonly<Partial<Record<RenderPane, Region>>>;
  /** All panes on the page, also those without a region in this request. */
  readonly panes?: readonly RenderPane[] | undefined;
  /** Sent by a page that the user has not changed: the next new page will send the same request. */
  readonly room?: Room | undefined;
}

/** Another framework's setting that looks the same. */
export interface Counterpart {
  readonly operator: OperatorName;
  readonly options: PoolOptions;
}

/** The room that a page has for one pane, in CSS pixels; `pixelRatio` is device pixels per CSS pixel. */
export interface Room {
  readonly width: number;
  /** The largest possible height; a picture that needs less gets less, unless `isFilled`. */
  readonly height: number;
  /** Each canvas is that high, whatever its picture needs: the user has moved the splitter. */
  readonly isFilled?: boolean;
  readonly pixelRatio: number;
}

/** The tiles of a render request; regions outside their picture have none. */
export interface Rendered {
  readonly tiles: readonly Tile[];
  readonly milliseconds: number;
}

/** Requests everything about one pixel of a pane. */
export interface InspectRequest extends Pooling {
  readonly spot: Spot;
  /** The operators whose windows are requested. */
  readonly operators: readonly OperatorName[];
}

/** Requests the input tensor's samples, if they are few enough to be kept in the page. */
export interface PixelsRequest {
  readonly view: InputView;
}

/** Samples of shape `[1, C, H, W]`, channels last in memory. */
export interface Pixels {
  readonly data: Uint8Array | Uint16Array;
}

/** Requests exact values of the pixels that a screen shows enlarged. */
export interface ValuesRequest extends Pooling {
  readonly pane: 'input' | OperatorName | AlteredPane;
  /** In the pane's own pixels; at most {@link mostValuePixels}, all inside the picture. */
  readonly region: Rectangle;
}

/** Pixels per request: as many as a 4K screen shows with room for a number on each. At most 256 KiB of values. */
export const mostValuePixels = 2 ** 14;

/**
 * Exact values, `height × width × channels`: averages with their fractions, 16-bit samples whole; NaN for a change that is
 * not compared.
 */
export interface Values {
  readonly data: Float32Array;
}

/** Requests how often each value occurs in the input and in these operators' outputs. */
export interface CountsRequest extends Pooling {
  readonly operators: readonly OperatorName[];
}

/** How often each value occurs, per channel, for histograms: 256 bins, 16-bit values by their upper byte. */
export type Counts = readonly Uint32Array[];

/** How often each value occurs in the input and the outputs. */
export type CountsOfPanes = { readonly input: Counts } & PerOperator<Counts>;

/** Poolings one after the other, each of the output before. */
export interface StackRequest {
  readonly view: InputView;
  readonly layers: readonly PoolingLayer[];
}

/** Requests the regions that the screen shows of the input and of the layers' outputs. */
export interface StagesRequest extends StackRequest {
  readonly regions: Readonly<Partial<Record<StackPane, Region>>>;
}

/** Requests where a pixel of the last layer's output comes from. */
export interface TraceRequest extends StackRequest {
  readonly point: Point;
}

/** A pixel of a stack. */
export interface Trace {
  /** Its exact values, one per channel. */
  readonly values: readonly number[];
  /**
   * If all layers pick one pixel of each window: per channel the pixel of the input that this one is, then that of each
   * output up to this one. Undefined for a channel in which a window has no pixel.
   */
  readonly origins?: readonly (readonly Point[] | undefined)[];
}

/** Requests exact values of the last layer's output, or of the input if there are no layers. */
export interface StageValuesRequest extends StackRequest {
  /** At most {@link mostValuePixels} pixels, all inside the picture. */
  readonly region: Rectangle;
}

/** An inspected pixel, and of an altered picture the same one before the alteration. */
export interface Inspected extends Inspection {
  readonly before?: Inspection;
}

/** Requests what an alteration does to poolings. */
export interface CompareRequest extends Pooling {
  readonly operators: readonly OperatorName[];
  /** For a chart: of a large picture only a part is compared, and only by what a chart shows. */
  readonly isSample: boolean;
}

/** What was compared. */
export interface Compared<T> {
  readonly of: PerOperator<T>;
  /** The part of the picture that was compared, if it is not the whole. */
  readonly part?: Rectangle;
}

/** All requests about an open picture. */
export interface Calls {
  render: { request: RenderRequest; answer: Rendered };
  inspect: { request: InspectRequest; answer: Inspected };
  pixels: { request: PixelsRequest; answer: Pixels };
  values: { request: ValuesRequest; answer: Values };
  counts: { request: CountsRequest; answer: CountsOfPanes };
  scores: { request: CompareRequest; answer: Compared<Errors & Partial<Score>> };
  shiftChanges: { request: CompareRequest; answer: Compared<ShiftChange> };
  stages: { request: StagesRequest; answer: Rendered };
  trace: { request: TraceRequest; answer: Trace };
  stageValues: { request: StageValuesRequest; answer: Values };
}

/** What is on screen, for commands and the status bar. */
export interface Status extends Pooling {
  /** The operators shown. */
  readonly operators: readonly OperatorName[];
  /** CSS pixels per input pixel. */
  readonly scale: number;
  /** The inspected pixel and its values, as the panes show them. */
  readonly pixel?: string;
  /** Why the knobs as they stand are not applied: the pooling is that of the last legal ones. */
  readonly refusal?: string;
  /** The layers shown in place of one pooling. */
  readonly stack?: ShownStack;
}

/** The legal layers of a stack, in order. */
export interface ShownStack {
  readonly framework: Framework;
  readonly layers: readonly Layer[];
  /** The input's shape, if it was typed in and is not the picture's. */
  readonly shape?: Shape;
  /** How many of the layers have a picture. */
  readonly computed: number;
}

export const exportCommands = ['copyCode', 'savePicture', 'saveArray', 'copyPicture'] as const;

/** Commands that act on what a preview shows. */
export type ExportCommand = (typeof exportCommands)[number];

/** A call in the user's code whose settings the preview has taken. */
export interface CodeSource {
  /** The file and the line, from 1: `model.py:14`. */
  readonly place: string;
  /** What is called: `nn.MaxPool2d`. */
  readonly callee: string;
  /** What there is to know about it, in the user's language. */
  readonly remark?: string;
  /** Whether the knobs say something else that can be written into the call. */
  readonly isWritable: boolean;
}

export const codeActions = ['go', 'write', 'forget'] as const;

/** What the user can do with the call that a preview shows: see it, write the knobs into it, forget it. */
export type CodeAction = (typeof codeActions)[number];

export const remedies = ['retry', 'openAsText', 'raiseLimit'] as const;

/** What the user can do about a failure. */
export type Remedy = (typeof remedies)[number];

/** The steps of opening a picture that take time. */
export type OpeningStage = 'reading' | 'decoding';

/** Messages from the page that need no reply. */
export type PageNotice =
  /**
   * The page has loaded: for the first time, after being hidden, or after a window reload. It has received nothing yet
   * unless `heard` is true. `state` is what an earlier page of this panel has saved.
   */
  | { readonly type: 'ready'; readonly heard?: boolean; readonly state?: unknown }
  /** The user has changed something: the saved state now. */
  | { readonly type: 'chosen'; readonly state: unknown }
  /** What is on screen; absent if nothing is pooled. */
  | { readonly type: 'status'; readonly status?: Status }
  /** The button of a command was pressed. */
  | { readonly type: 'export'; readonly command: ExportCommand }
  /** A text to put on the clipboard. */
  | { readonly type: 'copyText'; readonly text: string }
  /** The picture is on the clipboard, or why the browser refused it. */
  | { readonly type: 'copied'; readonly error?: string }
  /** The answer to `describe`: what the page shows, as plain text in the user's language. */
  | { readonly type: 'description'; readonly text: string }
  /** The settings from the user's code are in the saved state. */
  | { readonly type: 'taken' }
  | { readonly type: 'code'; readonly action: CodeAction }
  /** Stop opening the picture. */
  | { readonly type: 'cancel' }
  | { readonly type: 'remedy'; readonly remedy: Remedy };

export type FromPage = CallMessage<Calls> | PageNotice;

/** Messages from the host that are not replies. */
export type HostNotice =
  /** The first message: the file's name, and the strings in the user's language (absent for English). */
  | {
      readonly type: 'hello';
      readonly name: string;
      readonly strings?: Readonly<Record<string, string>>;
      /** The settings in the form of a saved state, and checked like one. */
      readonly defaults: unknown;
      /** The state that a page without a saved one begins with, in place of the defaults. */
      readonly start?: unknown;
    }
  /** Settings from the user's code, in the form of a saved state: what it lacks stays. The page answers `taken`. */
  | { readonly type: 'settings'; readonly state: unknown }
  /** The call that they come from, as it is now; absent when it is forgotten. */
  | { readonly type: 'source'; readonly source?: CodeSource }
  /** Say what is shown, in a `description`. */
  | { readonly type: 'describe' }
  /** Put everything back as the settings say. */
  | { readonly type: 'reset' }
  | { readonly type: 'opening'; readonly stage: OpeningStage }
  /**
   * The picture is decoded. Request tiles now, or after `prefetched` while `isPrefetching`. Sent again when the file
   * has changed on disk.
   */
  | { readonly type: 'opened'; readonly info: PictureInfo; readonly isPrefetching?: boolean }
  /** The tiles of the request that the page will most likely send first; none if they could not be made. */
  | { readonly type: 'prefetched'; readonly request: Pooling; readonly tiles: readonly Tile[] }
  /** A PNG to put on the clipboard: only a page can write pictures to it. */
  | { readonly type: 'clipboard'; readonly png: Uint8Array }
  /** Nothing can be shown: why, in one sentence in the user's language, and what the user can do. */
  | { readonly type: 'failed'; readonly message: string; readonly remedies: readonly Remedy[] };

export type FromHost = HostNotice | ReplyMessage<Calls>;
