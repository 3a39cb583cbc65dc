/**
 * Pictures computed from an input and its poolings, for display: 8-bit, 16-bit samples by their upper byte as panes
 * show them. They are made row by row, so that they need no memory of their own. The fourth of four channels is alpha:
 * it is set to opaque, because samples of 0 would be invisible otherwise.
 */
import type { Axes, Axis } from './axis';
import type { Bitset } from './bitset';
import { displayShift, type Tensor } from './tensor';
import { outputExtent } from './viewport';

type Picture = Tensor<Uint8Array | Uint16Array>;

/** Writes row `y` of a picture: width × channels bytes. */
export type PaintRow = (y: number, row: Uint8Array) => void;

/** `|a − b|` of two pictures of the same shape. */
export function paintDifference(a: Picture, b: Picture): PaintRow {
  const [, channels, , width] = a.shape;
  const length = width * channels;
  return (y, row) => {
    const ofA = rowOf(a, y);
    const ofB = rowOf(b, y);
    const [shiftA, shiftB] = [displayShift(ofA), displayShift(ofB)];
    for (let i = 0; i < length; i++) row[i] = Math.abs((ofA[i]! >> shiftA) - (ofB[i]! >> shiftB));
    if (channels === 4) makeOpaque(row);
  };
}

/**
 * `|input − output|`, as large as the input; each input pixel is compared with the output pixel whose cell contains it.
 */
export function paintChange(input: Picture, output: Picture, [vertical, horizontal]: Axes): PaintRow {
  const [, channels, , width] = input.shape;
  const rows = cellsOver(vertical);
  const columns = cellsOver(horizontal);
  return (y, row) => {
    const before = rowOf(input, y);
    const after = rowOf(output, rows[y]!);
    const [shiftBefore, shiftAfter] = [displayShift(before), displayShift(after)];
    for (let x = 0, at = 0; x < width; x++) {
      const from = columns[x]! * channels;
      for (let c = 0; c < channels; c++, at++) {
        row[at] = Math.abs((before[at]! >> shiftBefore) - (after[from + c]! >> shiftAfter));
      }
    }
    if (channels === 4) makeOpaque(row);
  };
}

/**
 * The output pixel over each input pixel of an axis, if each is drawn one stride wide around the middle of its window:
 * cell `i` covers `[(e − s)/2 − before + i·s, +s)`, and an input pixel belongs to the cell that contains its middle.
 * Pixels before the first cell or after the last belong to that cell.
 */
export function cellsOver(axis: Axis): Int32Array {
  const { origin, step, count } = outputExtent(axis);
  return Int32Array.from({ length: axis.input }, (_, at) =>
    Math.min(Math.max(Math.floor((at + 0.5 - origin) / step), 0), count - 1),
  );
}

/** 255 for each marked sample of a picture of this shape, else 0. */
export function paintMarks([, channels, , width]: Tensor['shape'], marked: Bitset): PaintRow {
  const length = width * channels;
  return (y, row) => {
    marked.paint(y * length, row);
    if (channels === 4) makeOpaque(row);
  };
}

/** The picture's marked samples, else 0. With the maxima marked, this is max unpooling. */
export function paintKept(picture: Picture, marked: Bitset): PaintRow {
  const [, channels, , width] = picture.shape;
  const length = width * channels;
  return (y, row) => {
    marked.paint(y * length, row);
    const samples = rowOf(picture, y);
    const shift = displayShift(samples);
    for (let i = 0; i < length; i++) row[i]! &= samples[i]! >> shift;
    if (channels === 4) makeOpaque(row);
  };
}

function rowOf({ shape: [, channels, , width], data }: Picture, y: number): Uint8Array | Uint16Array {
  return data.subarray(y * width * channels, (y + 1) * width * channels);
}

/** Sets the alpha of RGBA bytes to opaque. */
export function makeOpaque(row: Uint8Array): void {
  for (let i = 3; i < row.length; i += 4) row[i] = 255;
}
