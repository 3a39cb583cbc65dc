import { type Samples, samplesLike, type Tensor } from '../core/tensor';

/** Pixels: as far as the page moves a picture. */
export const mostShift = 16;

/** A move of the picture's content, in pixels: down and to the right. */
export interface Shift {
  readonly kind: 'shift';
  readonly dy: number;
  readonly dx: number;
}

/**
 * The picture with its content moved down by `dy` and right by `dx`, in a new array: pixel `(y, x)` is
 * `(y − dy, x − dx)` of the input, and the pixels at its edge repeat where that is outside.
 *
 * @throws {RangeError} unless both are whole numbers
 */
export function shift<D extends Samples>(input: Tensor<D>, dy: number, dx: number): Tensor<D> {
  const data = samplesLike(input.data, input.data.length);
  writeShifted(input, dy, dx, data);
  return { shape: input.shape, data };
}

/**
 * {@link shift} into an array of the input's type and length.
 * @throws {RangeError} as {@link shift}
 */
export function writeShifted({ shape, data }: Tensor, dy: number, dx: number, to: Samples): void {
  if (!Number.isInteger(dy) || !Number.isInteger(dx)) throw new RangeError(`No shift by (${dy}, ${dx}) pixels`);
  const [, channels, height, width] = shape;
  const pitch = width * channels;
  const inside = (at: number, size: number) => Math.min(Math.max(at, 0), size);
  // The columns that come from inside the picture, between those that repeat its edges.
  const [first, end] = [inside(dx, width), inside(width + dx, width)];
  for (let y = 0; y < height; y++) {
    const row = y * pitch;
    const from = inside(y - dy, height - 1) * pitch;
    const start = from + (first - dx) * channels;
    if (end > first) to.set(data.subarray(start, start + (end - first) * channels), row + first * channels);
    for (let c = 0; c < channels; c++) {
      for (let x = 0; x < first; x++) to[row + x * channels + c] = data[from + c]!;
      for (let x = end; x < width; x++) to[row + x * channels + c] = data[from + pitch - channels + c]!;
    }
  }
}
