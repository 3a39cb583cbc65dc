/**
 * Where pictures lie on the screen. All panes share one view, in the input's pixels, so that they zoom and pan
 * together. Each output pixel is drawn over the input area that it stands for: around the middle of its window, one
 * stride wide.
 */
import { type Axis, effectiveKernel } from './axis';
import type { Rectangle, Region } from './region';

/** What the panes show: the input point at their centre, and CSS pixels per input pixel (`'fit'`: the whole input). */
export interface View {
  readonly scale: number | 'fit';
  readonly x: number;
  readonly y: number;
}

/** The view of the whole picture. */
export const wholeView: View = { scale: 'fit', x: 0, y: 0 };

/** Width and height of a picture, a pane or a canvas, each in its own pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One axis of a pane's picture: `count` pixels, the first starting at input coordinate `origin`, each `step` wide. */
export interface Extent {
  readonly origin: number;
  readonly step: number;
  readonly count: number;
}

/** How one pane's picture maps to its canvas, in device pixels: pixel i starts at `left + i · scaleX`. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/**
 * `overlay`: outputs cover the input's area. `relative`: the pixels of all panes are equally large, so outputs are
 * smaller.
 */
export type Sizing = 'overlay' | 'relative';

export const maximumScale = 96;

/** The extent of the input's pixels. */
export function inputExtent(size: number): Extent {
  return { origin: 0, step: 1, count: size };
}

/** The extent of an output's pixels over the input: pixel i is one stride wide, around the middle of window i. */
export function outputExtent(axis: Axis): Extent {
  // Uneven windows share the input evenly.
  if (axis.uneven) return { origin: 0, step: axis.stride, count: axis.output };
  return { origin: (effectiveKernel(axis) - axis.stride) / 2 - axis.padBefore, step: axis.stride, count: axis.output };
}

/** CSS pixels. A smaller pane would show too little, so the page scrolls instead. */
const smallestPane = 120;

/**
 * The height of panes: what the picture needs at their width, limited to the room, so that no empty frame surrounds it.
 */
export function paneHeight(room: Size, picture: Size): number {
  const wanted = (room.width * picture.height) / picture.width;
  return Math.round(Math.min(Math.max(room.height, smallestPane), Math.max(wanted, smallestPane)));
}

/** Size of a pane's canvas in device pixels. */
export function canvasSize(pane: Size, pixelRatio: number): Size {
  return {
    width: Math.max(1, Math.round(pane.width * pixelRatio)),
    height: Math.max(1, Math.round(pane.height * pixelRatio)),
  };
}

/** CSS pixels: the shorter side of a fitted picture is at least this long. A thinner line can hardly be pointed at. */
const thinnest = 3;

/**
 * The scale that shows the whole input in a pane; of an input more than about a hundred times as long as wide, the
 * middle part, at least {@link thinnest} wide. Enlargements are whole numbers, so that all pixels are equally large.
 */
export function fitScale(picture: Size, pane: Size): number {
  const whole = Math.min(pane.width / picture.width, pane.height / picture.height);
  const visible = thinnest / Math.min(picture.width, picture.height);
  const scale = Math.max(whole > 1 ? Math.floor(whole) : whole, visible > 1 ? Math.ceil(visible) : visible);
  return Math.min(scale, maximumScale);
}

/** Whether a pane shows all of a fitted picture. */
export function isWhole(picture: Size, pane: Size): boolean {
  const scale = fitScale(picture, pane);
  // Half a pixel, because of rounding.
  return picture.width * scale < pane.width + 0.5 && picture.height * scale < pane.height + 0.5;
}

/** The view's scale as a number. */
export function scaleOf(view: View, picture: Size, pane: Size): number {
  return view.scale === 'fit' ? fitScale(picture, pane) : view.scale;
}

/** A scale as text: whole percents, two digits below 10%. */
export function zoomText(scale: number): string {
  const value = scale * 100;
  return `${value < 10 ? Number(value.toPrecision(2)) : Math.round(value)}%`;
}

/** Where a picture lies on its canvas: the view's point at the centre, rounded to whole device pixels. */
export function place(
  view: View,
  picture: Size,
  pane: Size,
  horizontal: Extent,
  vertical: Extent,
  sizing: Sizing,
  pixelRatio: number,
): Placement {
  const scale = scaleOf(view, picture, pane) * pixelRatio;
  const centre = centreOf(view, picture);
  const scaleX = sizing === 'overlay' ? scale * horizontal.step : scale;
  const scaleY = sizing === 'overlay' ? scale * vertical.step : scale;
  // Whole device pixels, so that at whole scales all pixels are equally large.
  return {
    left: Math.round((pane.width * pixelRatio) / 2 - ((centre.x - horizontal.origin) / horizontal.step) * scaleX),
    top: Math.round((pane.height * pixelRatio) / 2 - ((centre.y - vertical.origin) / vertical.step) * scaleY),
    scaleX,
    scaleY,
  };
}

/**
 * The part of a picture that a canvas (device pixels) shows, and how many samples of it the screen can resolve;
 * undefined if nothing is visible.
 */
export function visibleRegion(placement: Placement, canvas: Size, columns: number, rows: number): Region | undefined {
  const x = visibleSpan(placement.left, placement.scaleX, canvas.width, columns);
  const y = visibleSpan(placement.top, placement.scaleY, canvas.height, rows);
  if (!x || !y) return undefined;
  return { x: x.start, y: y.start, width: x.count, height: y.count, columns: x.samples, rows: y.samples };
}

function visibleSpan(offset: number, scale: number, available: number, count: number) {
  const start = Math.max(0, Math.floor(-offset / scale));
  const end = Math.min(count, Math.ceil((available - offset) / scale));
  // Not `end <= start`: a pane without width makes everything NaN.
  if (!(end > start)) return undefined;
  const screen = Math.round(offset + end * scale) - Math.round(offset + start * scale);
  return { start, count: end - start, samples: Math.max(1, Math.min(end - start, screen)) };
}

/** Where a region is drawn, with its edges on whole device pixels. */
export function screenRectangle(region: Region, { left, top, scaleX, scaleY }: Placement) {
  const x = Math.round(left + region.x * scaleX);
  const y = Math.round(top + region.y * scaleY);
  return {
    x,
    y,
    width: Math.max(1, Math.round(left + (region.x + region.width) * scaleX) - x),
    height: Math.max(1, Math.round(top + (region.y + region.height) * scaleY) - y),
  };
}

/** The picture's pixel at a point of the canvas (device pixels); undefined outside the picture. */
export function pixelAt(placement: Placement, x: number, y: number, columns: number, rows: number) {
  const column = Math.floor((x - placement.left) / placement.scaleX);
  const row = Math.floor((y - placement.top) / placement.scaleY);
  return column >= 0 && row >= 0 && column < columns && row < rows ? { x: column, y: row } : undefined;
}

/** The view after zooming to `scale` around the input point at (x, y), in CSS pixels from the pane's centre. */
export function zoomAround(view: View, picture: Size, pane: Size, scale: number, x: number, y: number): View {
  const before = scaleOf(view, picture, pane);
  const lower = Math.min(fitScale(picture, pane), 1) / 4;
  const after = Math.min(maximumScale, Math.max(lower, scale));
  const centre = centreOf(view, picture);
  return keepInside(
    { scale: after, x: centre.x + x / before - x / after, y: centre.y + y / before - y / after },
    picture,
  );
}

/** Where a point of the input lies, in CSS pixels from the pane's centre. */
export function offsetOf(view: View, picture: Size, pane: Size, point: { readonly x: number; readonly y: number }) {
  const scale = scaleOf(view, picture, pane);
  const centre = centreOf(view, picture);
  return { x: (point.x - centre.x) * scale, y: (point.y - centre.y) * scale };
}

/** The view moved by `x` and `y` CSS pixels. */
export function pan(view: View, picture: Size, pane: Size, x: number, y: number): View {
  const scale = scaleOf(view, picture, pane);
  const centre = centreOf(view, picture);
  return keepInside({ scale, x: centre.x + x / scale, y: centre.y + y / scale }, picture);
}

/**
 * The view moved as little as necessary, and not zoomed, so that a part of the input lies inside the pane; of a part
 * larger than the pane, its top left. The same object if nothing has to move, as when the whole picture is shown.
 *
 * @param span in input coordinates; it may reach over the picture's edge
 */
export function reveal(view: View, picture: Size, pane: Size, span: Rectangle): View {
  const scale = scaleOf(view, picture, pane);
  // A fitted picture fills the pane: moving it would only hide other parts.
  if (view.scale === 'fit' && isWhole(picture, pane)) return view;
  const centre = centreOf(view, picture);
  const x = nearest(centre.x, pane.width / scale, span.x, span.width);
  const y = nearest(centre.y, pane.height / scale, span.y, span.height);
  return x === centre.x && y === centre.y ? view : keepInside({ scale, x, y }, picture);
}

/** The centre nearest to `centre` of a length that contains a span, or begins with one that is longer. */
function nearest(centre: number, length: number, start: number, size: number): number {
  return Math.min(start + length / 2, Math.max(start + size - length / 2, centre));
}

/** Pixels of a wheel event per unit of its `deltaY`, by `deltaMode`: pixels, lines (3 to a notch), pages (a notch). */
const wheelUnits = [1, 100 / 3, 100];

/** Pixels: with Ctrl pressed, smaller steps of a wheel come from a pinch. A mouse's notch is 100 or 120. */
const smallestNotch = 50;

/**
 * The factor by which a wheel event zooms: 1.2 for each notch (100 pixels) of a mouse. A pinch on a touchpad arrives as
 * a wheel event with Ctrl pressed and `deltaY = −100·ln(scale)`: the picture then follows the fingers.
 */
export function zoomFactor(deltaY: number, deltaMode: number, ctrlKey: boolean): number {
  const isPinch = ctrlKey && deltaMode === 0 && Math.abs(deltaY) < smallestNotch;
  return isPinch ? Math.exp(-deltaY / 100) : 1.2 ** ((-deltaY * (wheelUnits[deltaMode] ?? 1)) / 100);
}

/** The input point at a pane's centre, moved inside: a view may come from a larger picture, or one not turned yet. */
function centreOf(view: View, picture: Size): { readonly x: number; readonly y: number } {
  return view.scale === 'fit' ? { x: picture.width / 2, y: picture.height / 2 } : keepInside(view, picture);
}

/** Keeps the panes' centre inside the picture, so that the picture cannot be moved out of sight. */
function keepInside(view: View, picture: Size): View {
  return {
    scale: view.scale,
    x: Math.min(picture.width, Math.max(0, view.x)),
    y: Math.min(picture.height, Math.max(0, view.y)),
  };
}

/** Bytes per reply: a tenth of a second at 10 MB/s, the speed of the message channel in a browser. */
const budgetBytes = 1_000_000;

/** The factor for each side of these regions, so that all fit one reply; 1 or more if they fit as they are. */
export function budgetFactor(regions: readonly Region[], channels: number): number {
  const samples = regions.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
  return Math.sqrt(budgetBytes / (samples * channels));
}

/** A region with its numbers of columns and rows of samples times `factor`; unchanged for 1 or more. */
export function coarsen(region: Region, factor: number): Region {
  if (factor >= 1) return region;
  return {
    ...region,
    columns: Math.max(1, Math.floor(region.columns * factor)),
    rows: Math.max(1, Math.floor(region.rows * factor)),
  };
}
