import type { Samples } from '../tensor';

/** Replaces each of the first `count` values by the maximum of itself and the value `offset` after it. */
type Raise = (values: Samples | Float64Array, count: number, offset: number) => void;

/** For integers: without the cost of NaN. */
export const raiseIntegers: Raise = (values, count, offset) => {
  for (let i = 0; i < count; i++) {
    const other = values[i + offset]!;
    if (other > values[i]!) values[i] = other;
  }
};

/** For floats: NaN wins. */
export const raiseFloats: Raise = (values, count, offset) => {
  for (let i = 0; i < count; i++) {
    const other = values[i + offset]!;
    if (other > values[i]! || Number.isNaN(other)) values[i] = other;
  }
};

/**
 * Replaces value `i` by the maximum of `taps` values, `i`, `i + step`, `i + 2·step`, …, by doubling: maxima of 2, 4, 8,
 * … taps, and finally of two that overlap. Values too near the end to have all their taps are incomplete.
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
