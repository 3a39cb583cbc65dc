import type { Span } from '../axis';
import type { Arena } from './arena';

/**
 * The address of a new scratch row with where each window begins and ends, in bytes: the table of the kernels for
 * windows of different lengths.
 *
 * @param step bytes from pixel to pixel
 */
export function windowTable(arena: Arena, windows: readonly Span[], step: number): number {
  const address = arena.row(8 * windows.length);
  const table = arena.words(address, 2 * windows.length);
  windows.forEach(({ start, end }, i) => {
    table[2 * i] = start * step;
    table[2 * i + 1] = end * step;
  });
  return address;
}
