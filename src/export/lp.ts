/** What the scripts of all targets say about Lᵖ pooling. */
import { equalPadding, frameworkOf, noPadding } from '../core/options';
import type { Pooling } from './job';

/**
 * Whether windows reach beyond the picture and count there as if they were full: what PyTorch's ceil_mode does. All others
 * sum real pixels only.
 */
export function fillsUp({ options, around }: Pooling): boolean {
  return frameworkOf(options) === 'pytorch' && !equalPadding(around, noPadding);
}
