/** The settings of a layer as single values that a call can be told. */
import type { Setting } from '../../core/operators/operator';
import { isSymmetric, type PoolOptions } from '../../core/options';

export type WrittenSetting = Setting | 'returnIndices';

/** Null is `None`. Sizes are height and width; unequal padding is top, bottom, left and right. */
export type Value = readonly (number | null)[] | number | boolean | 'same' | null;

const readers: Readonly<Record<WrittenSetting, (options: PoolOptions) => Value>> = {
  kernelSize: ({ kernelSize }) => kernelSize,
  stride: ({ stride }) => stride,
  padding: ({ padding }) => {
    if (padding === 'same') return padding;
    const { top, bottom, left, right } = padding;
    return isSymmetric(padding) ? [top, left] : [top, bottom, left, right];
  },
  dilation: ({ dilation }) => dilation,
  ceilMode: ({ ceilMode }) => ceilMode,
  countIncludePad: ({ countIncludePad }) => countIncludePad,
  divisorOverride: ({ divisorOverride = null }) => divisorOverride,
  returnIndices: ({ returnIndices = false }) => returnIndices,
  norm: ({ norm = 2 }) => norm,
  outputSize: ({ outputSize = [1, 1] }) => outputSize,
};

export const writtenSettings = Object.keys(readers) as WrittenSetting[];

export function settingIn(options: PoolOptions, setting: WrittenSetting): Value {
  return readers[setting](options);
}

export function isSame(a: Value, b: Value): boolean {
  return String(a) === String(b);
}

/** A single value in Python. */
export function plain(value: Exclude<Value, readonly unknown[] | 'same'>): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return `${value}`;
}

/** The texts for height and width, or one for all. */
export type Spelling = string | readonly [height: string, width: string];

/** Whether one number stands for both sides. No framework takes a single `None`. */
export function isOne(spelling: readonly [string, string]): boolean {
  return spelling[0] === spelling[1] && spelling[0] !== 'None';
}

/** `2`, `(3, 2)` */
export function joined(spelling: Spelling): string {
  if (typeof spelling === 'string') return spelling;
  return isOne(spelling) ? spelling[0] : `(${spelling.join(', ')})`;
}
