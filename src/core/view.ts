/** What of a decoded picture becomes the tensor: its channels by mode, its sides by whether it is turned upright. */
import type { Shape } from './tensor';

export const colourModes = ['grey', 'colour', 'alpha'] as const;

/** Which samples make up the tensor: grey as OpenCV reads it, colour without alpha, or colour with alpha. */
export type ColourMode = (typeof colourModes)[number];

/** How a picture is looked at, whatever is done to it then. */
export interface InputView {
  readonly mode: ColourMode;
  /** Turn the picture as its EXIF orientation says. */
  readonly orient: boolean;
}

/** What decides the tensor's shape. */
export interface ViewedPicture {
  /** Size in pixels with the orientation applied, whether or not it is looked at like that. */
  readonly width: number;
  readonly height: number;
  /** Channels in the file: 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  /** EXIF orientation as stored, 1 when absent; 5 to 8 swap the sides. */
  readonly orientation: number;
}

/** The mode nearest to the wanted one that a picture's channels allow: what has no colour is grey. */
export function possibleMode(mode: ColourMode, { channels }: Pick<ViewedPicture, 'channels'>): ColourMode {
  if (channels <= 2) return 'grey';
  return mode === 'alpha' && channels === 3 ? 'colour' : mode;
}

/** The view nearest to the wanted one that a picture allows. */
export function possibleView({ mode, orient }: InputView, picture: Pick<ViewedPicture, 'channels'>): InputView {
  return { mode: possibleMode(mode, picture), orient };
}

/** Whether two views look at the same samples. */
export function sameView(a: InputView | undefined, b: InputView): boolean {
  return a?.mode === b.mode && a.orient === b.orient;
}

/** The picture's size as it is looked at: turned by its EXIF orientation or as it is stored. */
export function sizeOf(
  { width, height, orientation }: Omit<ViewedPicture, 'channels'>,
  orient: boolean,
): { readonly width: number; readonly height: number } {
  return !orient && orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** The tensor's `[1, C, H, W]` in the possible view nearest to the wanted one. */
export function shapeOf(picture: ViewedPicture, { mode, orient }: InputView): Shape {
  const { width, height } = sizeOf(picture, orient);
  return [1, { grey: 1, colour: 3, alpha: 4 }[possibleMode(mode, picture)], height, width];
}
