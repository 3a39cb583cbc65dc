/** What the operators that pick one pixel of a window have in common. */
import { type Axes, clippedSpan, emptyWindows } from '../axis';
import type { PoolOptions } from '../options';
import type { Point } from '../region';
import type { Tensor } from '../tensor';
import type { Operator, Pooled } from './operator';

/** The largest finite float32. */
export const largestFloat32 = 2 ** 128 - 2 ** 104;

/** Whether a value replaces the best one so far; equal values do not, so the first one stays. */
export type Picks = (value: number, best: number) => boolean;

/**
 * How an output value was picked, and whether a pixel was picked.
 *
 * @param emptyValue the value of a window without a pixel
 */
export function explainSelection(
  picks: Picks,
  emptyValue: (options: PoolOptions) => number,
): Required<Pick<Operator, 'explain' | 'selects'>> {
  return {
    explain({ shape, data }, [vertical, horizontal], options, { x, y }, channel) {
      const [, channels, , width] = shape;
      const [down, across] = [clippedSpan(vertical, y), clippedSpan(horizontal, x)];
      let value = Number.NaN;
      let winnerAt = -1;
      // Plain loops over numbers: a window may be a whole picture of millions of pixels, read while the pointer moves.
      for (let row = down.start; row < down.end; row += vertical.dilation) {
        for (let column = across.start; column < across.end; column += horizontal.dilation) {
          const at = (row * width + column) * channels + channel;
          if (winnerAt >= 0 && !picks(data[at]!, value)) continue;
          value = data[at]!;
          winnerAt = at;
        }
      }
      if (winnerAt < 0) return { kind: 'selected', value: emptyValue(options) };
      const index = (winnerAt - channel) / channels;
      return { kind: 'selected', value, winner: { x: index % width, y: Math.floor(index / width) }, index };
    },

    /** Whether no earlier pixel of the window, in row-major order, is as good and no other pixel is better. */
    selects({ shape, data }, [vertical, horizontal], channel, pixel, window) {
      const [, channels, , width] = shape;
      const value = data[(pixel.y * width + pixel.x) * channels + channel]!;
      const [down, across] = [clippedSpan(vertical, window.y), clippedSpan(horizontal, window.x)];
      for (let y = down.start; y < down.end; y += vertical.dilation) {
        for (let x = across.start; x < across.end; x += horizontal.dilation) {
          const other = data[(y * width + x) * channels + channel]!;
          if (picks(other, value)) return false;
          if (other === value && isBefore({ x, y }, pixel)) return false;
        }
      }
      return true;
    },
  };
}

function isBefore(a: Point, b: Point): boolean {
  return a.y < b.y || (a.y === b.y && a.x < b.x);
}

/**
 * A pooled picture with its empty windows set to a value. It becomes float32 if there are any, because no integer is
 * −∞; else its data is unchanged.
 */
export function withEmptyWindows({ output, indices }: Pooled, axes: Axes, value: number): Pooled {
  const [rows, columns] = [emptyWindows(axes[0]), emptyWindows(axes[1])];
  if (rows.length === 0 && columns.length === 0) return { output, ...(indices && { indices }) };
  const { shape } = output;
  const data = output.data instanceof Float32Array ? output.data : Float32Array.from(output.data);
  fillWindows({ shape, data }, rows, columns, value);
  return { output: { shape, data }, ...(indices && { indices }) };
}

/** Fills whole rows and columns of the output. */
function fillWindows(
  { shape: [, channels, height, width], data }: Tensor<Float32Array>,
  rows: readonly number[],
  columns: readonly number[],
  value: number,
): void {
  const pitch = width * channels;
  for (const y of rows) data.fill(value, y * pitch, (y + 1) * pitch);
  for (let y = 0; y < height; y++) {
    for (const x of columns) data.fill(value, y * pitch + x * channels, y * pitch + (x + 1) * channels);
  }
}
