/** One picture on one canvas: keeps the newest tiles and draws them where the view says. */
import { gainOf, type PaneKind } from '../core/panes';
import { type Placement, screenRectangle } from '../core/viewport';
import type { Tile } from '../protocol';

interface DrawnTile {
  readonly tile: Tile;
  bitmap: { readonly display: number | 'all'; readonly canvas: OffscreenCanvas } | undefined;
}

/** Keeps the tiles of one canvas and draws them. */
export class TileCanvas {
  /** The last tile that covered the whole picture; it shows until a sharper tile has come. */
  #overview: DrawnTile | undefined;
  #detail: DrawnTile | undefined;

  constructor(readonly canvas: HTMLCanvasElement) {}

  /**
   * Takes a tile.
   * @param fresh whether it shows another picture than the tiles before
   * @param whole whether it covers the whole picture
   */
  show(tile: Tile, fresh: boolean, whole: boolean): void {
    const drawn = { tile, bitmap: undefined };
    if (fresh) this.#overview = undefined;
    if (whole) this.#overview = drawn;
    this.#detail = drawn;
  }

  clear(): void {
    this.#overview = undefined;
    this.#detail = undefined;
  }

  /** A pixel's bytes, if the newest tile has it at full resolution. */
  valuesAt(x: number, y: number): number[] | undefined {
    const tile = this.#detail?.tile;
    if (!tile || tile.columns !== tile.width || tile.rows !== tile.height) return undefined;
    const [column, row] = [x - tile.x, y - tile.y];
    if (column < 0 || row < 0 || column >= tile.width || row >= tile.height) return undefined;
    const at = (row * tile.width + column) * tile.channels;
    return Array.from(tile.data.subarray(at, at + tile.channels));
  }

  /**
   * @param display one channel, shown as grey, or all channels
   * @param chequer gives what stands behind transparent pixels
   */
  draw(placement: Placement, display: number | 'all', chequer: () => CanvasPattern): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (const drawn of new Set([this.#overview, this.#detail])) {
      if (!drawn) continue;
      if (drawn.bitmap?.display !== display) drawn.bitmap = { display, canvas: toBitmap(drawn.tile, display) };
      const { canvas } = drawn.bitmap;
      const to = screenRectangle(drawn.tile, placement);
      // The coarse tile must not show through where the picture is transparent.
      context.clearRect(to.x, to.y, to.width, to.height);
      if (drawn.tile.channels === 4 && display === 'all') {
        context.fillStyle = chequer();
        context.fillRect(to.x, to.y, to.width, to.height);
      }
      // No smoothing when enlarging: pixels stay squares. Shrinking lasts only until a tile of the right size has come.
      context.imageSmoothingEnabled = to.width < canvas.width || to.height < canvas.height;
      context.drawImage(canvas, to.x, to.y, to.width, to.height);
    }
  }
}

/**
 * A pixel's values as displayed, 0 black to 1 white; a single number is grey. Text on the pixel must contrast with
 * these, not with the exact values.
 * @param white the largest sample value
 */
export function drawnAs(
  values: readonly number[],
  pane: PaneKind,
  display: number | 'all',
  white: number,
): readonly number[] {
  const shown = display !== 'all' && display < values.length ? [values[display]!] : values;
  const gain = gainOf(pane);
  return shown.map(value => Math.min(1, (value * gain) / white));
}

function toBitmap({ pane, columns, rows, channels, data: exact }: Tile, display: number | 'all'): OffscreenCanvas {
  const gain = gainOf(pane);
  const data = gain === 1 ? exact : Uint8ClampedArray.from(exact, value => value * gain);
  const bitmap = new OffscreenCanvas(columns, rows);
  const pixels = new ImageData(columns, rows);
  const rgba = new Uint32Array(pixels.data.buffer);
  // One little-endian word per pixel, alpha in the top byte: one store instead of four.
  const only = channels === 1 ? 0 : display;
  if (only !== 'all' && only < channels) {
    for (let i = 0, j = only; i < rgba.length; i++, j += channels) rgba[i] = 0xff000000 | (data[j]! * 0x010101);
  } else if (channels === 4) {
    pixels.data.set(data);
  } else {
    for (let i = 0, j = 0; i < rgba.length; i++, j += 3) {
      rgba[i] = 0xff000000 | (data[j + 2]! << 16) | (data[j + 1]! << 8) | data[j]!;
    }
  }
  bitmap.getContext('2d')!.putImageData(pixels, 0, 0);
  return bitmap;
}
