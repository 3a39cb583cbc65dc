/** What is done to pictures before scripts pool them: every kind of noise at every level, and shifts; with views for each. */
import type { Alteration } from '../../../src/lab/alteration';
import { noiseKinds } from '../../../src/lab/noise';
import type { View } from './pictures';

/** Beyond 32 bits and below 0 too: 32 bits of them count. */
const seeds = [0, 1, 2 ** 32 - 1, -1, 2 ** 32, 2 ** 32 + 5, -(2 ** 40) - 3, 0x9e3779b9, Number.MAX_SAFE_INTEGER];

const noises: readonly Alteration[] = [false, true].flatMap(perChannel =>
  noiseKinds.flatMap(kind =>
    (kind === 'gaussian' ? [0, 0.1, 7.3, 25, 300] : [0, 0.05, 0.3, 0.5, 1]).flatMap((level, i) =>
      [0, 4].map(turn => ({ kind, level, seed: seeds[(i + turn) % seeds.length]!, perChannel })),
    ),
  ),
);

const shifts: readonly Alteration[] = (
  [
    [0, 0],
    [1, 0],
    [0, 3],
    [2, 1],
    [16, 16],
    // Further than the picture is wide and high, and up and to the left.
    [40, 50],
    [-3, 2],
    [0, -1],
  ] as const
).map(([dy, dx]) => ({ kind: 'shift', dy, dx }));

/** Each alteration on five of the views, in turn. */
export function alterationCases(views: readonly View[]): { readonly view: View; readonly alteration: Alteration }[] {
  return [...noises, ...shifts].flatMap((alteration, i) =>
    [0, 2, 3, 5, 10].map(turn => ({ alteration, view: views[(i + turn) % views.length]! })),
  );
}
