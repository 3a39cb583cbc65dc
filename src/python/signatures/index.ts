/** The table of calls that are found. */
import { keras } from './keras';
import { pytorch } from './pytorch';
import type { Signature } from './signature';
import { tensorflow } from './tensorflow';

/** By full name. */
export const signatures: ReadonlyMap<string, Signature> = new Map(
  [...pytorch, ...keras, ...tensorflow].flatMap(row => row.paths.map(path => [path, row] as const)),
);
