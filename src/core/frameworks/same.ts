/** What counts as padding="same" in a framework without that rule. */
import { type Axis, effectiveKernel, samePadding } from '../axis';

/** Whether an axis' padding looks like 'same': half the kernel on both sides, or in total what Keras adds. */
export function looksSame(axis: Axis): boolean {
  const { padBefore, padAfter } = axis;
  const half = halfKernel(axis);
  return (padBefore === half && padAfter === half) || padBefore + padAfter === samePadding(axis);
}

/** Half the dilated kernel, rounded down: what users write for 'same' where padding is numeric. */
export function halfKernel(axis: Pick<Axis, 'kernel' | 'dilation'>): number {
  return Math.floor(effectiveKernel(axis) / 2);
}
