/** The tables of what is found. */
import { convolutions } from './convolution';
import { keras } from './keras';
import { isPlain, sequentialOf } from './otherLayers';
import { pytorch } from './pytorch';
import type { Signature } from './signature';
import { tensorflow } from './tensorflow';

/** Poolings by full name. */
export const signatures: ReadonlyMap<string, Signature> = new Map(
  [...pytorch, ...keras, ...tensorflow].flatMap(row => row.paths.map(path => [path, row] as const)),
);

/** Whether a full name is one of those that tables here are about. */
export function isKnown(path: string): boolean {
  return signatures.has(path) || convolutions.has(path) || isPlain(path) || sequentialOf(path) !== undefined;
}
