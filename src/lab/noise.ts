import { type Samples, samplesLike, type Tensor } from '../core/tensor';
import { colourChannels, whiteLevel } from './channels';
import { hashWith, keyOf } from './hash';
import { deviation, openSums, sumsAtATime } from './irwinHall/irwinHall';

export const noiseKinds = ['pepper', 'salt', 'saltAndPepper', 'gaussian'] as const;

/** Pepper turns pixels black, salt white; salt and pepper does both by halves; Gaussian adds to every sample. */
export type NoiseKind = (typeof noiseKinds)[number];

/** The largest seed that differs from all smaller ones: 32 bits count. */
export const mostSeed = 2 ** 32 - 1;

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
  const sigma = level * (white / 255);
  const scale = sigma / deviation;
  const sums = openSums(keyOf(seed));
  to.set(data);
  const count = height * width * colours;
  // Where the next colour is, and how far it is from the first one of its pixel.
  let at = 0;
  let channel = 0;
  for (let first = 0; first < count; first += sumsAtATime) {
    const block = sums.from(first);
    const n = Math.min(sumsAtATime, count - first);
    for (let i = 0; i < n; i++) {
      const value = data[at]! + scale * block[i]! + 0.5;
      to[at] = value < 0 ? 0 : Math.min(Math.floor(value), white);
      at++;
      if (++channel === colours) {
        at += channels - colours;
        channel = 0;
      }
    }
  }
  sums.close();
}
