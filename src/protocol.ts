/**
 * Every message between the host and the webview: two unions, and the data they carry. Both sides import this file, and
 * this file imports only core. Pixels travel as exactly sized `Uint8Array`s, never as a `subarray` and never as a `Buffer`.
 */
import type { Inspection, Spot } from './core/inspect';
import type { PoolOptions } from './core/options';
import type { Region } from './core/region';
import type { ColourMode } from './core/view';

export type { Region } from './core/region';
export type { ColourMode } from './core/view';

/** Pictures made of the input and the poolings, shown on request. All are what a person sees: 8-bit. */
export type DerivedKind =
  /** `|max − average|`, as large as the outputs, where both are equally large. */
  | 'difference'
  /** `|input − output|`, the output enlarged to the input's size by nearest neighbour; as large as the input. */
  | 'maxChange'
  | 'averageChange'
  /** Which input pixels are the maximum of a window, per channel 255 or 0; as large as the input. */
  | 'argmax'
  /** The maxima back at their places, 0 elsewhere (`max_unpool2d`); as large as the input. */
  | 'unpooled'
  /** Which output pixels another framework's setting gives differently: 255 or 0, one channel, as large as the output. */
  | 'mask';

/** The pictures that a pane can show. */
export type PaneKind = 'input' | 'max' | 'average' | DerivedKind;

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
  /** A name of the decoder's formats. */
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

/** One repaint: the regions that the screen shows, of the picture pooled with these options. */
export interface RenderRequest {
  /** Counts up in each webview; the answer repeats it, and an answer that is not the newest is dropped. */
  readonly revision: number;
  readonly mode: ColourMode;
  /** Turn the picture as its EXIF orientation says. */
  readonly orient: boolean;
  readonly options: PoolOptions;
  /** For `mask`: the pooling that is compared, and the setting that it is compared with. */
  readonly against?: Counterpart;
  readonly regions: Readonly<Partial<Record<PaneKind, Region>>>;
  /** The panes on the page, whether or not something is asked for them. */
  readonly panes?: readonly PaneKind[];
  /** Told by a page that stands as it began: what it asks, the next one will ask. */
  readonly room?: Room;
}

/** Another framework's setting that looks the same. */
export interface Counterpart {
  readonly kind: 'max' | 'average';
  readonly options: PoolOptions;
}

/** The room that a page has for one pane, in CSS pixels, and how many device pixels one of them is. */
export interface Room {
  readonly width: number;
  /** As high as a pane may become; a picture that needs less gets less. */
  readonly height: number;
  readonly pixelRatio: number;
}

/** A pixel of one pane, of which all is asked. */
export interface InspectRequest {
  readonly revision: number;
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly options: PoolOptions;
  readonly spot: Spot;
}

/** The input tensor's samples, asked for when they are few enough to be kept in the webview. */
export interface PixelsRequest {
  readonly revision: number;
  readonly mode: ColourMode;
  readonly orient: boolean;
}

/** How often each value occurs in a picture, for its histogram: 256 bins a channel, 16-bit values by their upper byte. */
export type Counts = readonly Uint32Array[];

/** What there is on screen, for commands and the status bar. */
export interface Status {
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly options: PoolOptions;
  /** CSS pixels per input pixel. */
  readonly scale: number;
  /** The pixel pointed at and its values, as the panes write it. */
  readonly pixel?: string;
}

/** Commands that act on what a preview shows. */
export type TakeHome = 'copyCode' | 'savePicture' | 'saveArray' | 'copyPicture';

/** What a failure message offers to do about it. */
export type Remedy = 'retry' | 'openAsText' | 'raiseLimit';

/** The steps of opening a picture that take time. */
export type Stage = 'reading' | 'decoding';

/** Whose values are to be counted. */
export type CountsRequest = Omit<RenderRequest, 'regions' | 'against' | 'panes' | 'room'>;

/** How often each value occurs in the input and both outputs. */
export type CountsOfPanes = Readonly<Record<'input' | 'max' | 'average', Counts>>;

export type FromWebview =
  /**
   * The page is there (first time, after being hidden, or after a window reload) and knows nothing, unless it has `heard`
   * what the host has sent ahead.
   */
  | { readonly type: 'ready'; readonly heard?: boolean }
  | { readonly type: 'render'; readonly request: RenderRequest }
  | { readonly type: 'inspect'; readonly request: InspectRequest }
  | { readonly type: 'pixels'; readonly request: PixelsRequest }
  /** Counts for the histograms of the input and both outputs. */
  | { readonly type: 'counts'; readonly request: CountsRequest }
  | { readonly type: 'status'; readonly status: Status }
  /** A button of the page that stands for a command. */
  | { readonly type: 'takeHome'; readonly command: TakeHome }
  /** The picture sent for the clipboard is there, or why the browser refused it. */
  | { readonly type: 'copied'; readonly error?: string }
  /** Stop the decode that is under way. */
  | { readonly type: 'cancel' }
  | { readonly type: 'remedy'; readonly remedy: Remedy };

export type FromHost =
  /** The first of all: the file's name and the strings of the user's language (absent for English). */
  | {
      readonly type: 'hello';
      readonly name: string;
      readonly strings?: Readonly<Record<string, string>>;
      /** The settings, as a state that was never saved: read with the same suspicion. */
      readonly defaults: unknown;
    }
  | { readonly type: 'opening'; readonly stage: Stage }
  /**
   * The picture is decoded: ask for regions, but while `isPrefetching` only once `prefetched` has come. Sent again after the
   * file has changed on disk.
   */
  | { readonly type: 'opened'; readonly info: PictureInfo; readonly isPrefetching?: boolean }
  /** What the page will most likely ask first, with the answer; without tiles if there is none. */
  | {
      readonly type: 'prefetched';
      readonly request: Pick<RenderRequest, 'mode' | 'orient' | 'options'>;
      readonly tiles: readonly Tile[];
    }
  | {
      readonly type: 'rendered';
      readonly revision: number;
      readonly tiles: readonly Tile[];
      readonly milliseconds: number;
    }
  /** The options were refused, in the framework's own words; the last picture stays. */
  | { readonly type: 'refused'; readonly revision: number; readonly message: string }
  | { readonly type: 'inspected'; readonly revision: number; readonly inspection: Inspection }
  /** `[1, C, H, W]` samples, channels last; without them the webview goes on asking pixel by pixel. */
  | { readonly type: 'pixels'; readonly revision: number; readonly data?: Uint8Array | Uint16Array }
  /** Without counts the histograms stay as they are: what is wrong with the options is said when they are rendered. */
  | {
      readonly type: 'counts';
      readonly revision: number;
      readonly counts?: CountsOfPanes;
    }
  /** A PNG for the page to put on the clipboard: only a page can. */
  | { readonly type: 'clipboard'; readonly png: Uint8Array }
  /** Nothing can be shown: why, in one sentence in the user's language, and what can be done about it. */
  | { readonly type: 'failed'; readonly message: string; readonly remedies: readonly Remedy[] };
