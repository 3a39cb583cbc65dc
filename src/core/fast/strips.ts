import { type Axis, effectiveKernel } from '../axis';

/** Bytes of input per strip: strip and output stay in the processor's second-level cache. */
const stripBytes = 1024 * 1024;

/** Exact values are computed in portions of this many if they are copied anyway. */
export const valuesAtOnce = 2 ** 18;

/**
 * How many output rows to pool at a time.
 *
 * @param pitch bytes from one input row to the next
 */
export function stripRows(vertical: Axis, pitch: number): number {
  // Rows shared by two strips are read twice: they should be at most a quarter.
  const inputRows = Math.max(Math.floor(stripBytes / pitch), 4 * effectiveKernel(vertical));
  return Math.max(Math.floor(inputRows / vertical.stride), 1);
}
