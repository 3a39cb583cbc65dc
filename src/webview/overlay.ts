/** What is drawn over a picture without touching its pixels: windows, unused borders, padding, and the numbers on large pixels. */
import { type Axes, type Axis, type Span, uncoveredSpans, windowSpan } from '../core/axis';
import { float32Text } from '../core/float32';
import type { Inspection, Spot, Uses, WindowReading } from '../core/inspect';
import type { Point, Rectangle } from '../core/region';
import type { Placement } from '../core/viewport';
import { layerOf, type Plan } from './plan';

/** The theme's colours that the overlay draws with. */
export interface Ink {
  /** Outlines of what is pointed at. */
  readonly mark: string;
  /** Around every outline, so that it shows on any picture. */
  readonly halo: string;
  readonly fontFamily: string;
}

/** CSS pixels that a pixel must measure before its number is written on it, and the smallest type that is read without effort. */
const legiblePixel = 24;
const smallestType = 10;

export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  return {
    mark: style.getPropertyValue('--mark').trim() || 'orange',
    halo: style.getPropertyValue('--halo').trim() || 'black',
    fontFamily: style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace',
  };
}

/** Gaps between windows up to this many are drawn at any size, more only where a pixel is this wide, in CSS pixels. */
const fewGaps = 4;
const wideGap = 6;

/** More single pixels than this are marked by one outline around them all. */
const mostMarks = 128;

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

  /** The input's rows and columns that no window looks at, hatched, and its padding as a dashed frame. */
  borders([vertical, horizontal]: Axes): void {
    const rows = uncoveredSpans(vertical);
    const columns = uncoveredSpans(horizontal);
    const whole = { start: 0, end: horizontal.input };
    // Gaps by the hundred would cover the picture when it is small: they are drawn once each can be told from the next.
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

  /** A window on the input, with its single taps where dilation leaves gaps, and the tap that won. */
  window([vertical, horizontal]: Axes, { x, y, rows, columns }: WindowReading, winner: Point | undefined): void {
    const dilated = vertical.dilation > 1 || horizontal.dilation > 1;
    if (dilated && rows.length * columns.length <= mostMarks) {
      for (const row of rows) for (const column of columns) this.#outline(cell({ x: column.at, y: row.at }), 1);
    }
    this.#outline(boxOf(windowSpan(horizontal, x), windowSpan(vertical, y)));
    if (winner) this.#outline(cell(winner), 1);
  }

  /** One pixel. */
  pixel(point: Point): void {
    this.#outline(cell(point));
  }

  /** Every output pixel of these rows and columns; those won in a channel are filled. */
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

  /** A number on each visible pixel, a line per channel, where pixels are large enough to read it; `drawn` is what shows of the values. */
  numbers(
    columns: number,
    rows: number,
    drawn: (values: readonly number[]) => readonly number[],
    valuesAt: (x: number, y: number) => readonly number[] | undefined,
  ): void {
    const { left, top, scaleX, scaleY } = this.placement;
    const size = Math.min(scaleX, scaleY) / this.#ratio;
    if (size < legiblePixel) return;
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
        const lines = values.map(value => float32Text(Math.round(value * 100) / 100));
        const longest = Math.max(...lines.map(line => line.length));
        const font = Math.min(13, size / (lines.length * 1.3), (size * 0.9) / (longest * 0.62)) * this.#ratio;
        if (font < smallestType * this.#ratio) continue;
        context.font = `${font}px ${this.ink.fontFamily}`;
        const middle = top + (y + 0.5) * scaleY - ((lines.length - 1) / 2) * font * 1.2;
        context.fillStyle = luminance(drawn(values)) > 0.45 ? '#000' : '#fff';
        for (const [i, line] of lines.entries()) {
          context.fillText(line, left + (x + 0.5) * scaleX, middle + i * font * 1.2);
        }
      }
    }
  }

  /** A box's edges on the canvas, in device pixels, at least a small square that can be seen. */
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
    context.fillStyle = this.ink.halo;
    context.globalAlpha = 0.55;
    context.fill();
    context.globalAlpha = 1;
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
    const { left, top, scaleX, scaleY } = this.placement;
    const context = this.#context;
    const half = this.#ratio / 2;
    // A fitted picture ends where its canvas does; the frame just beyond it is drawn on the edge.
    const near = (edge: number, limit: number) => {
      if (edge < half && edge > -4 * this.#ratio) return half;
      return edge > limit - half && edge < limit + 4 * this.#ratio ? limit - half : edge;
    };
    const { width, height } = this.canvas;
    const x = near(left + box.x * scaleX - half, width);
    const y = near(top + box.y * scaleY - half, height);
    const right = near(left + (box.x + box.width) * scaleX + half, width);
    const bottom = near(top + (box.y + box.height) * scaleY + half, height);
    context.strokeStyle = this.ink.mark;
    context.lineWidth = this.#ratio;
    context.setLineDash([4 * this.#ratio, 3 * this.#ratio]);
    context.strokeRect(x, y, right - x, bottom - y);
  }
}

/** How bright a pixel looks: black text reads on bright ones, white on the others. */
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

/** Draws what an inspection means for one pane; the winner marked is that of the given channel. */
export function drawInspection(
  overlay: Overlay,
  pane: Spot['pane'],
  { spot, windows, uses }: Inspection,
  plan: Plan,
  channel: number,
): void {
  if (spot.pane === 'input') {
    if (pane === 'input') overlay.pixel(spot);
    else if (uses[pane]) overlay.uses(uses[pane], channel);
    return;
  }
  if (pane !== 'input') {
    overlay.pixel(spot);
    return;
  }
  const reading = windows[spot.pane];
  const layer = layerOf(plan, spot.pane);
  if (!reading || !layer) return;
  const explained = reading.channels[channel];
  overlay.window(layer.axes, reading, explained?.kind === 'selected' ? explained.winner : undefined);
}
