import type { Rows, Shape, Tensor } from '../core/tensor';
import { colourChannels } from './channels';
import { openSsim, type Ssim, windowSize } from './ssim/ssim';

/** How far a tensor is from another one, in the values' own unit. */
export interface Errors {
  /** The peak signal-to-noise ratio in dB, `10·log₁₀(peak² / mean squared error)`; ∞ if both are equal. */
  readonly psnr: number;
  /** The mean error. */
  readonly bias: number;
  /** The standard deviation of the error. */
  readonly spread: number;
}

export interface Score extends Errors {
  /** The structural similarity, 1 if both are equal; null if height or width are smaller than its window of 11. */
  readonly ssim: number | null;
}

/** Rows that are compared at a time. */
const blockRows = 64;

/**
 * The errors of `noisy`, its values less those of `clean`. Alpha does not count. Sums are float64.
 *
 * What is infinite, or NaN, in both alike is no error. An infinite value against another one makes the PSNR −∞, the bias
 * infinite or NaN, and the spread NaN; NaN against a number makes all of them NaN.
 *
 * @param shape that of both tensors
 * @param peak the value of white
 */
export function errorsOf(clean: Rows, noisy: Rows, shape: Shape, peak: number): Errors {
  const size = blockRows * shape[3] * colourChannels(shape[1]);
  return compare(clean, noisy, shape, peak, { a: new Float32Array(size), b: new Float32Array(size), add: () => {} });
}

/**
 * {@link errorsOf} and the structural similarity ({@link openSsim}), for which infinities of both are zeros; it is null if
 * one value only is infinite or NaN.
 */
export function scoreOf(clean: Rows, noisy: Rows, shape: Shape, peak: number): Score {
  const [, channels, height, width] = shape;
  if (Math.min(height, width) < windowSize) return { ...errorsOf(clean, noisy, shape, peak), ssim: null };
  const ssim = openSsim(blockRows, width, colourChannels(channels), peak);
  const errors = compare(clean, noisy, shape, peak, ssim);
  const mean = ssim.mean();
  ssim.close();
  return { ...errors, ssim: Number.isNaN(mean) ? null : mean };
}

/** Reads each row of both once, into `a` and `b` of `sink`, and then adds them to it. */
function compare(
  clean: Rows,
  noisy: Rows,
  [, channels, height, width]: Shape,
  peak: number,
  sink: Pick<Ssim, 'a' | 'b' | 'add'>,
): Errors {
  const colours = colourChannels(channels);
  let sum = 0;
  let squares = 0;
  for (let first = 0; first < height; first += blockRows) {
    const end = Math.min(first + blockRows, height);
    const n = (end - first) * width * colours;
    const { a, b } = sink;
    copyColours(clean(first, end), a);
    copyColours(noisy(first, end), b);
    let errors = sumErrors(a, b, n);
    if (!Number.isFinite(errors.squares)) {
      dropEqualInfinities(a, b, n);
      errors = sumErrors(a, b, n);
    }
    sum += errors.sum;
    squares += errors.squares;
    sink.add(end - first);
  }
  // Of no values at all the errors are 0.
  const n = Math.max(height * width * colours, 1);
  const bias = sum / n;
  return {
    psnr: 10 * Math.log10(peak ** 2 / (squares / n)),
    bias,
    // Not below 0, as the difference can be by rounding.
    spread: Math.sqrt(Math.max((squares - sum * bias) / n, 0)),
  };
}

function sumErrors(a: Float32Array, b: Float32Array, n: number): { sum: number; squares: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const error = b[i]! - a[i]!;
    sum += error;
    squares += error * error;
  }
  return { sum, squares };
}

/** Makes zeros of values that are infinite, or NaN, in both. */
function dropEqualInfinities(a: Float32Array, b: Float32Array, n: number): void {
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(a[i]) && Object.is(a[i], b[i])) a[i] = b[i] = 0;
  }
}

function copyColours({ shape: [, channels], data }: Tensor, to: Float32Array): void {
  const colours = colourChannels(channels);
  if (colours === channels) {
    to.set(data);
    return;
  }
  let at = 0;
  for (let pixel = 0; pixel < data.length; pixel += channels) {
    for (let channel = 0; channel < colours; channel++) to[at++] = data[pixel + channel]!;
  }
}
