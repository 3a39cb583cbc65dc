/** What passes for padding="same" where a framework has no such rule. */
import { type Axis, effectiveKernel, samePadding } from '../axis';

/** Whether an axis' padding is somebody's idea of 'same': half the kernel on both sides, or what Keras adds in all. */
export function looksSame(axis: Axis): boolean {
  const { padBefore, padAfter } = axis;
  const half = halfKernel(axis);
  return (padBefore === half && padAfter === half) || padBefore + padAfter === samePadding(axis);
}

/** Half the dilated kernel, rounded down: what is written for 'same' where padding is by numbers. */
export function halfKernel(axis: Axis): number {
  return Math.floor(effectiveKernel(axis) / 2);
}
