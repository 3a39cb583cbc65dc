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

/** The pooling with a usual name, such as `nn.MaxPool2d`, which must be one of the table. */
export function signatureOf(name: string): Signature {
  const found = [...signatures.values()].find(({ callee }) => callee === name);
  if (!found) throw new RangeError(`no pooling of the table: ${name}`);
  return found;
}

/** Whether a full name is one of those that tables here are about. */
export function isKnown(path: string): boolean {
  return signatures.has(path) || convolutions.has(path) || isPlain(path) || sequentialOf(path) !== undefined;
}
