import type { NoiseKind } from '../../lab/noise';
import { operatorsOf, type Plan, pooledIn } from '../plan';
import type { Measure } from './measuring';
import { type NoiseChoices, noiseOf } from './noiseChoices';

/** The levels of the chart: shares of pixels, or σ. */
const shares: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
const sigmas: readonly number[] = [5, 10, 15, 25, 50, 75, 100];

/** The levels of the chart for a kind of noise. */
export function levelsOf(kind: NoiseKind): readonly number[] {
  return kind === 'gaussian' ? sigmas : shares;
}

/** The noise that the sentence compares with: dark specks, or bright ones. */
export function counterpartOf(kind: NoiseKind): NoiseKind {
  return kind === 'pepper' ? 'salt' : 'pepper';
}

/** The scores at a level: those under the panes, or those of a point of the chart. */
export function noiseMeasure(
  plan: Plan,
  noise: NoiseChoices,
  isSample: boolean,
  kind: NoiseKind = noise.kind,
  level?: number,
): Measure {
  const request = {
    ...pooledIn(plan),
    alteration: noiseOf(noise, kind, level),
    operators: operatorsOf(plan),
    isSample,
  };
  return { call: 'scores', request };
}

/** All that the Noise view shows, the most urgent first. */
export function noiseMeasures(plan: Plan, noise: NoiseChoices): readonly Measure[] {
  return [
    noiseMeasure(plan, noise, false),
    noiseMeasure(plan, noise, false, counterpartOf(noise.kind)),
    ...levelsOf(noise.kind).map(level => noiseMeasure(plan, noise, true, noise.kind, level)),
  ];
}
