import { type OperatorName, operatorNames } from '../../core/operators';
import type { Noise, NoiseKind } from '../../lab/noise';

/** What the user has chosen in the Noise view. */
export interface NoiseChoices {
  readonly kind: NoiseKind;
  /** The probability that a pixel becomes a speck, 0 to 1. */
  readonly share: number;
  /** The standard deviation of Gaussian noise, in levels of 0 to 255. */
  readonly sigma: number;
  readonly seed: number;
  readonly perChannel: boolean;
  readonly min: boolean;
  readonly median: boolean;
}

export const initialNoise: NoiseChoices = {
  kind: 'salt',
  share: 0.05,
  sigma: 25,
  seed: 1,
  perChannel: false,
  min: false,
  median: false,
};

/** The most noise that can be chosen: more leaves no picture. */
export const mostShare = 0.5;
export const mostSigma = 100;

/** The chosen noise, or that of another kind or level. */
export function noiseOf(
  { kind: chosen, share, sigma, seed, perChannel }: NoiseChoices,
  kind: NoiseKind = chosen,
  level = kind === 'gaussian' ? sigma : share,
): Noise {
  // Gaussian noise has no choice: two requests for one noise must be equal.
  return { kind, level, seed, ...(kind !== 'gaussian' && perChannel && { perChannel }) };
}

/** The poolings that are compared. */
export function noisyOperators({ min, median }: Pick<NoiseChoices, 'min' | 'median'>): readonly OperatorName[] {
  const isShown: Partial<Record<OperatorName, boolean>> = { max: true, average: true, min, median };
  return operatorNames.filter(name => isShown[name]);
}
