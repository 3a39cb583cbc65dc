import { type Samples, samplesLike, type Tensor } from '../core/tensor';
import { colourChannels, whiteLevel } from './channels';
import { hash32, hashWith, keyOf } from './hash';

export const noiseKinds = ['pepper', 'salt', 'saltAndPepper', 'gaussian'] as const;

/** Pepper turns pixels black, salt white; salt and pepper does both by halves; Gaussian adds to every sample. */
export type NoiseKind = (typeof noiseKinds)[number];

export interface Noise {
  readonly kind: NoiseKind;
  /**
   * The probability that a pixel is hit, 0 to 1. Of Gaussian noise, its standard deviation σ in levels of 0 to 255; a
   * 16-bit picture gets `257·σ`.
   */
  readonly level: number;
  /** A whole number, of which 32 bits count: the same seed gives the same noise. */
  readonly seed: number;
  /** Hits each colour channel by itself. Gaussian noise always does. */
  readonly perChannel?: boolean;
}

/** The words of 32 bits whose halves are added for one value of Gaussian noise. */
const wordsPerValue = 6;

/** The mean of the sum of twelve numbers from 0 to 65535. */
const meanSum = (2 * wordsPerValue * 65535) / 2;

/** The sum's standard deviation, `√(12 · (65536² − 1) / 12)`: 65536 but for one part in 10¹⁰. */
const deviation = 65536;

/**
 * A picture with noise, in a new array. The noise is a function of seed and place alone, in integer arithmetic: a pixel
 * is hit if its hash, of 32 bits, is below `level · 2³²`. A Gaussian value is the sum of twelve uniform numbers of 16 bits
 * (Irwin–Hall), scaled, added and rounded half up. Alpha stays as it is. Samples of floats count as levels of 0 to 255.
 *
 * @throws {RangeError} for a level below 0, a share above 1, or a seed that is no whole number
 */
export function addNoise<D extends Samples>(input: Tensor<D>, noise: Noise): Tensor<D> {
  const data = samplesLike(input.data, input.data.length);
  writeNoisy(input, noise, data);
  return { shape: input.shape, data };
}

/**
 * {@link addNoise} into an array of the input's type and length.
 * @throws {RangeError} as {@link addNoise}
 */
export function writeNoisy(input: Tensor, noise: Noise, to: Samples): void {
  const { kind, level, seed } = noise;
  if (!(level >= 0) || (kind !== 'gaussian' && level > 1)) throw new RangeError(`No noise has the level ${level}`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is a whole number, not ${seed}`);
  if (kind === 'gaussian') writeGaussian(input, noise, to);
  else writeSpecks(input, noise, to);
}

function writeSpecks({ shape, data }: Tensor, { kind, level, seed, perChannel = false }: Noise, to: Samples): void {
  const [, channels, height, width] = shape;
  const colours = colourChannels(channels);
  const white = whiteLevel(data);
  const key = keyOf(seed);
  const hit = level * 2 ** 32;
  // Up to here specks are white.
  const salted = { pepper: 0, salt: hit, saltAndPepper: hit / 2 }[kind as Exclude<NoiseKind, 'gaussian'>];
  to.set(data);
  const perPixel = perChannel ? colours : 1;
  const size = colours / perPixel;
  let index = 0;
  for (let pixel = 0; pixel < height * width * channels; pixel += channels) {
    for (let channel = 0; channel < colours; channel += size) {
      const word = hashWith(key, index++) >>> 0;
      if (word >= hit) continue;
      // A call of fill takes longer than up to three assignments.
      for (let at = pixel + channel; at < pixel + channel + size; at++) to[at] = word < salted ? white : 0;
    }
  }
}

function writeGaussian({ shape, data }: Tensor, { level, seed }: Noise, to: Samples): void {
  const [, channels, height, width] = shape;
  const colours = colourChannels(channels);
  const white = whiteLevel(data);
  const key = keyOf(seed);
  const sigma = level * (white / 255);
  const scale = sigma / deviation;
  to.set(data);
  let index = 0;
  for (let pixel = 0; pixel < height * width * channels; pixel += channels) {
    for (let at = pixel; at < pixel + colours; at++) {
      const value = data[at]! + scale * gaussianSum(hashWith(key, index++)) + 0.5;
      to[at] = value < 0 ? 0 : Math.min(Math.floor(value), white);
    }
  }
}

/** Twelve uniform numbers of 16 bits, less their mean. */
function gaussianSum(word: number): number {
  let sum = -meanSum;
  for (let i = 1; i <= wordsPerValue; i++) {
    const next = hash32(word + i);
    sum += (next & 0xffff) + (next >>> 16);
  }
  return sum;
}
