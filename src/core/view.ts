/** How a decoded picture becomes the tensor: which channels, and whether it is turned upright. */
import type { Shape } from './tensor';

export const colourModes = ['grey', 'colour', 'alpha'] as const;

/** The samples in the tensor: grey as OpenCV reads it, colour without alpha, or colour with alpha. */
export type ColourMode = (typeof colourModes)[number];

/** How the input tensor is made from the picture, whatever the pooling. */
export interface InputView {
  readonly mode: ColourMode;
  /** Apply the EXIF orientation. */
  readonly orient: boolean;
}

/** The properties that determine the tensor's shape. */
export interface ViewedPicture {
  /** Size in pixels with the EXIF orientation applied, even if the view does not apply it. */
  readonly width: number;
  readonly height: number;
  /** Channels in the file: 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  /** EXIF orientation as stored, 1 if absent; 5 to 8 swap width and height. */
  readonly orientation: number;
}

/** The requested mode, or the nearest one that the picture's channels allow: a picture without colour is grey. */
export function possibleMode(mode: ColourMode, { channels }: Pick<ViewedPicture, 'channels'>): ColourMode {
  if (channels <= 2) return 'grey';
  return mode === 'alpha' && channels === 3 ? 'colour' : mode;
}

/** The requested view, or the nearest one that the picture allows. */
export function possibleView({ mode, orient }: InputView, picture: Pick<ViewedPicture, 'channels'>): InputView {
  return { mode: possibleMode(mode, picture), orient };
}

/** Whether two views are equal. */
export function sameView(a: InputView | undefined, b: InputView): boolean {
  return a?.mode === b.mode && a.orient === b.orient;
}

/** Whether turning a picture by an EXIF orientation swaps width and height. */
export function swapsSides(orientation: number): boolean {
  return orientation >= 5;
}

/** The picture's size in a view: with its EXIF orientation applied, or as it is stored. */
export function sizeOf(
  { width, height, orientation }: Omit<ViewedPicture, 'channels'>,
  orient: boolean,
): { readonly width: number; readonly height: number } {
  return !orient && swapsSides(orientation) ? { width: height, height: width } : { width, height };
}

/** The tensor's `[1, C, H, W]` in the possible view nearest to the requested one. */
export function shapeOf(picture: ViewedPicture, { mode, orient }: InputView): Shape {
  const { width, height } = sizeOf(picture, orient);
  return [1, { grey: 1, colour: 3, alpha: 4 }[possibleMode(mode, picture)], height, width];
}
