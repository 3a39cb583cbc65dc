/** What moving a picture does to its poolings. */
import { type Axes, type Axis, type Span, windowSpan } from '../core/axis';
import { makeOpaque, type PaintRow } from '../core/derive';
import type { Point, Rectangle } from '../core/region';
import { displayShift, type Rows, type Shape, type Tensor } from '../core/tensor';
import { colourChannels } from './channels';
import type { Shift } from './shift';

/** How much of a pooling changes when its picture moves. */
export interface ShiftChange {
  /** The share of the compared output values that change, 0 to 1; NaN if none can be compared. */
  readonly share: number;
  /** The mean of `|pool(shift(x, d))[i] − pool(x)[i − q]|`, in levels; NaN if none can be compared. */
  readonly mean: number;
  /** How many output values were compared. */
  readonly compared: number;
}

/** How many whole outputs a move by `distance` pixels is along an axis: `q = ⌊d/s⌋`. */
export function outputsMoved({ stride }: Pick<Axis, 'stride'>, distance: number): number {
  return Math.floor(distance / stride);
}

/** {@link outputsMoved} along both axes. */
export function moveOf([vertical, horizontal]: Axes, { dy, dx }: Pick<Shift, 'dy' | 'dx'>): Point {
  return { y: outputsMoved(vertical, dy), x: outputsMoved(horizontal, dx) };
}

/**
 * The outputs along an axis that can be compared: their windows in the moved picture lie inside it and do not reach the
 * pixels that repeat its edge. So do the windows that they are compared with.
 */
export function comparedSpan(axis: Axis, distance: number): Span {
  const first = Math.ceil((distance + axis.padBefore) / axis.stride);
  let end = axis.output;
  while (end > first && windowSpan(axis, end - 1).end > axis.input) end--;
  return { start: Math.min(first, end), end };
}

/** {@link comparedSpan} along both axes. */
export function comparedPart([vertical, horizontal]: Axes, { dy, dx }: Pick<Shift, 'dy' | 'dx'>): Rectangle {
  const [rows, columns] = [comparedSpan(vertical, dy), comparedSpan(horizontal, dx)];
  const [height, width] = [rows, columns].map(({ start, end }) => Math.max(0, end - start)) as [number, number];
  return { x: columns.start, y: rows.start, width, height };
}

/**
 * Compares a pooling of the moved picture with that of the picture, in the colour channels.
 *
 * @param before rows of `pool(x)`
 * @param after rows of `pool(shift(x, d))`
 * @param rowsAtOnce how many rows are read at a time
 */
export function shiftChange(
  before: Rows,
  after: Rows,
  axes: Axes,
  [, channels]: Shape,
  shift: Pick<Shift, 'dy' | 'dx'>,
  rowsAtOnce: number,
): ShiftChange {
  const colours = colourChannels(channels);
  const [vertical, horizontal] = axes;
  const move = moveOf(axes, shift);
  const rows = comparedSpan(vertical, shift.dy);
  const columns = comparedSpan(horizontal, shift.dx);
  const pitch = horizontal.output * channels;
  let changed = 0;
  let sum = 0;
  for (let first = rows.start; first < rows.end; first += rowsAtOnce) {
    const end = Math.min(first + rowsAtOnce, rows.end);
    const { data: moved } = after(first, end);
    const { data: still } = before(first - move.y, end - move.y);
    for (let row = 0; row < end - first; row++) {
      for (let x = columns.start; x < columns.end; x++) {
        const at = row * pitch + x * channels;
        const from = at - move.x * channels;
        for (let c = 0; c < colours; c++) {
          const difference = Math.abs(moved[at + c]! - still[from + c]!);
          if (difference === 0) continue;
          changed++;
          sum += difference;
        }
      }
    }
  }
  const compared = Math.max(0, rows.end - rows.start) * Math.max(0, columns.end - columns.start) * colours;
  return { share: changed / compared, mean: sum / compared, compared };
}

/** `|after[i] − before[i − q]|` of two poolings in float32; NaN where outputs are not compared. */
export function shiftDifference(before: Tensor, after: Tensor, axes: Axes, shift: Pick<Shift, 'dy' | 'dx'>): Tensor {
  const { shape } = after;
  const [, channels, , width] = shape;
  const move = moveOf(axes, shift);
  const rows = comparedSpan(axes[0], shift.dy);
  const columns = comparedSpan(axes[1], shift.dx);
  const back = (move.y * width + move.x) * channels;
  const [ofAfter, ofBefore] = [after.data, before.data];
  const data = new Float32Array(ofAfter.length).fill(Number.NaN);
  for (let y = rows.start; y < rows.end; y++) {
    const end = (y * width + columns.end) * channels;
    for (let i = (y * width + columns.start) * channels; i < end; i++) {
      data[i] = Math.abs(ofAfter[i]! - ofBefore[i - back]!);
    }
  }
  return { shape, data };
}

/** `|after[i] − before[i − q]|` of two pictures, for display; 0 where outputs are not compared. */
export function paintShiftChange(
  before: Tensor<Uint8Array | Uint16Array>,
  after: Tensor<Uint8Array | Uint16Array>,
  axes: Axes,
  shift: Pick<Shift, 'dy' | 'dx'>,
): PaintRow {
  const [, channels, , width] = after.shape;
  const move = moveOf(axes, shift);
  const rows = comparedSpan(axes[0], shift.dy);
  const columns = comparedSpan(axes[1], shift.dx);
  const bits = displayShift(after.data);
  return (y, row) => {
    row.fill(0);
    if (y >= rows.start && y < rows.end) {
      const moved = y * width * channels;
      const still = ((y - move.y) * width - move.x) * channels;
      // Read once: the data of a tensor in the kernels' memory is a new view each time.
      const [ofAfter, ofBefore] = [after.data, before.data];
      for (let i = columns.start * channels; i < columns.end * channels; i++) {
        row[i] = Math.abs((ofAfter[moved + i]! >> bits) - (ofBefore[still + i]! >> bits));
      }
    }
    if (channels === 4) makeOpaque(row);
  };
}
