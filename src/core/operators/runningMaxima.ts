import type { Samples } from '../tensor';

/** Turns each of the first `count` values into the maximum of itself and the value `offset` after it. */
type Raise = (values: Samples | Float64Array, count: number, offset: number) => void;

/** Two versions, so that integers pay nothing for NaN. */
export const raiseIntegers: Raise = (values, count, offset) => {
  for (let i = 0; i < count; i++) {
    const other = values[i + offset]!;
    if (other > values[i]!) values[i] = other;
  }
};

export const raiseFloats: Raise = (values, count, offset) => {
  for (let i = 0; i < count; i++) {
    const other = values[i + offset]!;
    if (other > values[i]! || Number.isNaN(other)) values[i] = other;
  }
};

/**
 * Turns value `i` into the maximum of `taps` values, `i`, `i + step`, `i + 2·step`, …, by doubling: maxima of 2, 4, 8, …
 * taps, and at last two that overlap. Values too near the end to have all their taps are left half done.
 */
export function runningMaxima(
  values: Samples | Float64Array,
  length: number,
  taps: number,
  step: number,
  raise: Raise,
): void {
  let reach = 1;
  for (; reach * 2 <= taps; reach *= 2) raise(values, length - reach * step, reach * step);
  if (reach < taps) raise(values, length - (taps - reach) * step, (taps - reach) * step);
}
