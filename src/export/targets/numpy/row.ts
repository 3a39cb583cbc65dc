import type { Pooling } from '../../job';

/** How NumPy pools without loops. */
export interface Recipe {
  /** Lines that make what is reduced, from `x`. */
  readonly made: readonly string[];
  /** The array among them whose shape is worth a look, if any. */
  readonly shown?: { readonly name: string; readonly shape: readonly number[] };
  /** Lines between these and the value. */
  readonly steps: readonly string[];
  /** An expression for the pooled picture, `(H', W')` or `(H', W', C)`. */
  readonly value: string;
}

/** How NumPy's scripts write an operator. `x` is `(H, W)`, or `(H, W, C)` if there is more than one channel. */
export interface Row {
  /** The body of a function of `x`, as courses write it: with loops over the output's pixels. */
  loops(pooling: Pooling, channels: number): string[];
  /** @param wide whether `x` is float64: sums are then rounded to float32 */
  recipe(pooling: Pooling, channels: number, wide: boolean): Recipe;
}

/** The axes of a part of a picture, as an argument; a grey one has no others. */
export function planeAxes(channels: number): string {
  return channels === 1 ? '' : 'axis=(0, 1)';
}

/** The axes of all windows, as an argument. */
export const windowAxes = 'axis=(-2, -1)';

/** A value rounded to float32, if sums are float64. */
export function float32({ largestSum }: Pooling, value: string, wide: boolean): string {
  return wide && largestSum !== undefined ? `(${value}).astype(np.float32)` : value;
}
