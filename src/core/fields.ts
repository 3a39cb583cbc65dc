/** Reads values of which nothing is known, such as messages and saved state: what is not as it should be is undefined. */
import type { Padding, Pair } from './options';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find(each => each === value);
}

/** Height and width. */
export function pairOf(value: unknown): Pair | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [height, width] = value as unknown[];
  return isNumber(height) && isNumber(width) ? [height, width] : undefined;
}

/** Four sides of any numbers. */
export function paddingOf(value: unknown): Padding | undefined {
  if (!isFields(value)) return undefined;
  const { top, bottom, left, right } = value as Record<keyof Padding, unknown>;
  if (!isNumber(top) || !isNumber(bottom) || !isNumber(left) || !isNumber(right)) return undefined;
  return { top, bottom, left, right };
}
