/** Marks on a canvas above the picture: windows, unused borders, padding, and the numbers on large pixels. */
import { type Axes, type Axis, type Span, uncoveredSpans, windowSpan } from '../core/axis';
import { float32Text } from '../core/float32';
import type { Inspection, Spot, Uses, WindowReading } from '../core/inspect';
import type { Point, Rectangle } from '../core/region';
import type { Placement } from '../core/viewport';
import { layerOf, type Plan } from './plan';

/** The theme's colours and font for the overlay. */
export interface Ink {
  /** Colour of the marks: outlines, fills, hatching. */
  readonly mark: string;
  /** Colour around every outline, so that it shows on any picture. */
  readonly halo: string;
  /** Colour of the line around a picture, which shows where white or transparent pixels end. */
  readonly edge: string;
  readonly fontFamily: string;
}

/** CSS pixels: the smallest pixel that gets a number, and the smallest font size for it. */
const legiblePixel = 24;
const smallestType = 10;

/** Reads the colours and the font from an element's CSS variables. */
export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  return {
    mark: style.getPropertyValue('--mark').trim() || 'orange',
    halo: style.getPropertyValue('--halo').trim() || 'black',
    edge: style.getPropertyValue('--edge').trim() || 'gray',
    fontFamily: style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace',
  };
}

/** Up to this many unused spans are drawn at any zoom, more only if a pixel is at least `wideGap` CSS pixels wide. */
const fewGaps = 4;
const wideGap = 6;

/** CSS pixels: the smallest window in which the picked pixel is outlined. */
const smallestNest = 14;

/** More pixels than this get one common outline instead of one each. */
const mostMarks = 128;

/**
 * Whether pixels are large enough for numbers.
 * @param ratio device pixels per CSS pixel
 */
export function isLegible({ scaleX, scaleY }: Placement, ratio: number): boolean {
  return Math.min(scaleX, scaleY) / ratio >= legiblePixel;
}

/** Draws on one overlay canvas, which it clears first. */
export class Overlay {
  readonly #context: CanvasRenderingContext2D;
  readonly #ratio: number;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly placement: Placement,
    private readonly ink: Ink,
  ) {
    this.#context = canvas.getContext('2d')!;
    this.#ratio = canvas.width / canvas.clientWidth;
    this.#context.clearRect(0, 0, canvas.width, canvas.height);
  }

  /** Draws a hairline around a picture of so many pixels. */
  edge(columns: number, rows: number): void {
    const { x, y, right, bottom } = this.#around({ x: 0, y: 0, width: columns, height: rows });
    const context = this.#context;
    context.setLineDash([]);
    context.strokeStyle = this.ink.edge;
    context.lineWidth = this.#ratio;
    context.strokeRect(x, y, right - x, bottom - y);
  }

  /**
   * Hatches the input's rows and columns that no pixel behind these layers sees, and frames the first one's padding with
   * a dashed line.
   */
  borders(layers: readonly Axes[]): void {
    const [first] = layers;
    if (!first) return;
    const [vertical, horizontal] = first;
    const rows = uncoveredSpans(layers.map(axes => axes[0]));
    const columns = uncoveredSpans(layers.map(axes => axes[1]));
    const whole = { start: 0, end: horizontal.input };
    // Hundreds of gaps would cover a small picture: draw them only when pixels are large enough to tell the gaps apart.
    const { scaleX, scaleY } = this.placement;
    if (rows.length <= fewGaps || scaleY >= wideGap * this.#ratio) {
      for (const { start, end } of rows) this.#hatch(boxOf(whole, { start, end }));
    }
    if (columns.length <= fewGaps || scaleX >= wideGap * this.#ratio) {
      for (const { start, end } of columns) this.#hatch(boxOf({ start, end }, { start: 0, end: vertical.input }));
    }
    const padded = boxOf(paddedSpan(horizontal), paddedSpan(vertical));
    if (padded.width > horizontal.input || padded.height > vertical.input) this.#frame(padded);
  }

  /** Hatches a picture of so many pixels outside a part. */
  except({ x, y, width, height }: Rectangle, columns: number, rows: number): void {
    const all = { start: 0, end: columns };
    const between = { start: y, end: y + height };
    const boxes = [
      boxOf(all, { start: 0, end: y }),
      boxOf(all, { start: y + height, end: rows }),
      boxOf({ start: 0, end: x }, between),
      boxOf({ start: x + width, end: columns }, between),
    ];
    for (const box of boxes) if (box.width > 0 && box.height > 0) this.#hatch(box);
  }

  /** Outlines a window on the input, the winning tap, and with dilation each tap. */
  window([vertical, horizontal]: Axes, { x, y, rows, columns }: WindowReading, winner: Point | undefined): void {
    const dilated = vertical.dilation > 1 || horizontal.dilation > 1;
    if (dilated && rows.length * columns.length <= mostMarks) {
      for (const row of rows) for (const column of columns) this.#outline(cell({ x: column.at, y: row.at }), 1);
    }
    this.#outline(boxOf(windowSpan(horizontal, x), windowSpan(vertical, y)));
    // In a window of few screen pixels the two outlines would be one knot.
    if (winner) this.origin(winner, { x, y, width: horizontal.kernel, height: vertical.kernel });
  }

  /** Outlines a part of the picture. */
  area(part: Rectangle): void {
    this.#outline(part);
  }

  /** Frames a part of the picture, and what lies beyond its border, with a dashed line. */
  reach(part: Rectangle): void {
    this.#frame(part);
  }

  /** Outlines a pixel inside another outline, if that is large enough on the screen. */
  origin(point: Point, { width, height }: Rectangle): void {
    const { scaleX, scaleY } = this.placement;
    if (Math.min(width * scaleX, height * scaleY) / this.#ratio >= smallestNest) this.#outline(cell(point), 1);
  }

  /** Outlines one pixel. */
  pixel(point: Point): void {
    this.#outline(cell(point));
  }

  /** Outlines every output pixel of these rows and columns, and fills those that the input pixel won in a channel. */
  uses({ rows, columns, wins }: Uses, channel: number): void {
    const [top, left] = [rows[0], columns[0]];
    if (top === undefined || left === undefined) return;
    for (const won of wins?.[channel]?.slice(0, mostMarks) ?? []) this.#fill(cell(won));
    if (rows.length * columns.length <= mostMarks) {
      for (const y of rows) for (const x of columns) this.#outline(cell({ x, y }));
    } else {
      this.#outline(
        boxOf({ start: left, end: columns[columns.length - 1]! + 1 }, { start: top, end: rows[rows.length - 1]! + 1 }),
      );
    }
  }

  /**
   * Writes the values on each visible pixel, one line per channel, if pixels are large enough.
   * @param drawn the values as displayed, 0 to 1; they decide whether the text is black or white
   */
  numbers(
    columns: number,
    rows: number,
    drawn: (values: readonly number[]) => readonly number[],
    valuesAt: (x: number, y: number) => readonly number[] | undefined,
  ): void {
    const { left, top, scaleX, scaleY } = this.placement;
    if (!isLegible(this.placement, this.#ratio)) return;
    const size = Math.min(scaleX, scaleY) / this.#ratio;
    const context = this.#context;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const firstX = Math.max(0, Math.floor(-left / scaleX));
    const firstY = Math.max(0, Math.floor(-top / scaleY));
    const lastX = Math.min(columns, Math.ceil((this.canvas.width - left) / scaleX));
    const lastY = Math.min(rows, Math.ceil((this.canvas.height - top) / scaleY));
    for (let y = firstY; y < lastY; y++) {
      for (let x = firstX; x < lastX; x++) {
        const values = valuesAt(x, y);
        if (!values) continue;
        const fitting = fittingLines(values, size);
        if (!fitting) continue;
        const { lines } = fitting;
        const font = fitting.type * this.#ratio;
        context.font = `${font}px ${this.ink.fontFamily}`;
        const middle = top + (y + 0.5) * scaleY - ((lines.length - 1) / 2) * font * 1.2;
        context.fillStyle = luminance(drawn(values)) > 0.45 ? '#000' : '#fff';
        for (const [i, line] of lines.entries()) {
          context.fillText(line, left + (x + 0.5) * scaleX, middle + i * font * 1.2);
        }
      }
    }
  }

  /** A box on the canvas in device pixels, at least 5 CSS pixels wide and high so that it can be seen. */
  #edges({ x, y, width, height }: Rectangle) {
    const { left, top, scaleX, scaleY } = this.placement;
    const smallest = 5 * this.#ratio;
    const w = Math.max(smallest, width * scaleX);
    const h = Math.max(smallest, height * scaleY);
    return {
      x: left + (x + width / 2) * scaleX - w / 2,
      y: top + (y + height / 2) * scaleY - h / 2,
      width: w,
      height: h,
    };
  }

  #fill(box: Rectangle): void {
    const { x, y, width, height } = this.#edges(box);
    this.#context.globalAlpha = 0.5;
    this.#context.fillStyle = this.ink.mark;
    this.#context.fillRect(x, y, width, height);
    this.#context.globalAlpha = 1;
  }

  #outline(box: Rectangle, thickness = 2): void {
    const { x, y, width, height } = this.#edges(box);
    const context = this.#context;
    const line = thickness * this.#ratio;
    context.setLineDash([]);
    context.strokeStyle = this.ink.halo;
    context.lineWidth = line + 2 * this.#ratio;
    context.strokeRect(x, y, width, height);
    context.strokeStyle = this.ink.mark;
    context.lineWidth = line;
    context.strokeRect(x, y, width, height);
  }

  #hatch(box: Rectangle): void {
    const { left, top, scaleX, scaleY } = this.placement;
    const context = this.#context;
    const thin = 2 * this.#ratio;
    const x = left + box.x * scaleX;
    const y = top + box.y * scaleY;
    const width = Math.max(thin, box.width * scaleX);
    const height = Math.max(thin, box.height * scaleY);
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    // Not under numbers, whose ink is chosen for the pixels as they are.
    if (!isLegible(this.placement, this.#ratio)) {
      context.fillStyle = this.ink.halo;
      context.globalAlpha = 0.55;
      context.fill();
      context.globalAlpha = 1;
    }
    context.strokeStyle = this.ink.mark;
    context.lineWidth = this.#ratio;
    context.beginPath();
    const gap = 6 * this.#ratio;
    const [fromX, toX] = [Math.max(0, x), Math.min(this.canvas.width, x + width)];
    const [fromY, toY] = [Math.max(0, y), Math.min(this.canvas.height, y + height)];
    const reach = toY - fromY;
    for (let at = Math.floor((fromX - reach) / gap) * gap; at < toX; at += gap) {
      context.moveTo(at, toY);
      context.lineTo(at + reach, fromY);
    }
    context.stroke();
    context.restore();
  }

  #frame(box: Rectangle): void {
    const { x, y, right, bottom } = this.#around(box);
    const context = this.#context;
    context.strokeStyle = this.ink.mark;
    context.lineWidth = this.#ratio;
    context.setLineDash([4 * this.#ratio, 3 * this.#ratio]);
    context.strokeRect(x, y, right - x, bottom - y);
  }

  /** The middle of a thin line just outside a box. */
  #around(box: Rectangle): { x: number; y: number; right: number; bottom: number } {
    const { left, top, scaleX, scaleY } = this.placement;
    const half = this.#ratio / 2;
    // A fitted picture ends at the edge of its canvas: a line just outside is drawn on the edge.
    const near = (edge: number, limit: number) => {
      if (edge < half && edge > -4 * this.#ratio) return half;
      return edge > limit - half && edge < limit + 4 * this.#ratio ? limit - half : edge;
    };
    const { width, height } = this.canvas;
    return {
      x: near(left + box.x * scaleX - half, width),
      y: near(top + box.y * scaleY - half, height),
      right: near(left + (box.x + box.width) * scaleX + half, width),
      bottom: near(top + (box.y + box.height) * scaleY + half, height),
    };
  }
}

/**
 * A pixel's values as lines of text with two decimals, or one if two do not fit, and the size of the type in CSS pixels;
 * undefined if the type would be too small to read.
 * @param size of the pixel, in CSS pixels
 */
export function fittingLines(
  values: readonly number[],
  size: number,
): { readonly lines: readonly string[]; readonly type: number } | undefined {
  for (const parts of [100, 10]) {
    const lines = values.map(value => float32Text(Math.round(value * parts) / parts));
    const longest = Math.max(...lines.map(line => line.length));
    const type = Math.min(13, size / (lines.length * 1.3), (size * 0.9) / (longest * 0.62));
    if (type >= smallestType) return { lines, type };
  }
  return undefined;
}

/** Perceived brightness, 0 to 1 (BT.601 weights), to choose between black and white text. */
function luminance(values: readonly number[]): number {
  const [r = 0, g = r, b = r] = values;
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

function cell({ x, y }: Point): Rectangle {
  return { x, y, width: 1, height: 1 };
}

function boxOf(horizontal: Span, vertical: Span): Rectangle {
  return {
    x: horizontal.start,
    y: vertical.start,
    width: horizontal.end - horizontal.start,
    height: vertical.end - vertical.start,
  };
}

function paddedSpan({ input, padBefore, padAfter }: Axis): Span {
  return { start: -padBefore, end: input + padAfter };
}

/**
 * Draws an inspection on one pane.
 * @param channel the channel whose winner, or won outputs, are marked
 * @param lag how many pixels further the pane's picture is than the inspected one
 */
export function drawInspection(
  overlay: Overlay,
  pane: Spot['pane'],
  { spot, windows, uses }: Inspection,
  plan: Plan,
  channel: number,
  lag: Point,
): void {
  if (spot.pane === 'input') {
    if (pane === 'input') overlay.pixel(spot);
    else if (uses[pane]) overlay.uses(uses[pane], channel);
    return;
  }
  if (pane !== 'input') {
    if (windows[pane]) overlay.pixel({ x: spot.x - lag.x, y: spot.y - lag.y });
    return;
  }
  const reading = windows[spot.pane];
  const layer = layerOf(plan, spot.pane);
  if (!reading || !layer) return;
  const explained = reading.channels[channel];
  overlay.window(layer.axes, reading, explained?.kind === 'selected' ? explained.winner : undefined);
}
