/** Numbers as Python code. */
import type { Pair } from './options';

/** `3` for two equal numbers, which frameworks apply to both axes, else `(3, 2)`. */
export function pairText(pair: Pair): string {
  return pair[0] === pair[1] ? `${pair[0]}` : tupleText(pair);
}

/** `(1, 2, 3)`, and `(1,)` for a single value. */
export function tupleText(values: readonly (number | string)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

/** `[1, 2, 3]` */
export function listText(values: readonly (number | string)[]): string {
  return `[${values.join(', ')}]`;
}
