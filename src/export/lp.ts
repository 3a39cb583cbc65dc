/** What the scripts of all targets say about Lᵖ pooling. */
import { equalPadding, frameworkOf, noPadding } from '../core/options';
import { type Pooling, tooLarge } from './job';
import { InexpressibleError } from './request';

/** The power `p`. */
export function normOf({ options: { norm = 2 } }: Pooling): number {
  return norm;
}

/**
 * Whether windows reach beyond the picture and count there as if they were full: what PyTorch's ceil_mode does. All others
 * sum real pixels only.
 */
export function fillsUp({ options, around }: Pooling): boolean {
  return frameworkOf(options) === 'pytorch' && !equalPadding(around, noPadding);
}

/** @throws {InexpressibleError} for a power so large that a window's sum can be more than float32 holds */
export function checkFloat32(pooling: Pooling): void {
  if ((pooling.largestSum ?? 0) < tooLarge) return;
  throw new InexpressibleError('norm_type', `float32 does not hold the powers of ${normOf(pooling)}.`);
}
