import { releaseMemory, takeMemory } from '../../core/webAssembly';
import { type SsimKernels, ssimKernels } from './kernels';
import { plainKernels } from './plain';

/** Rows and columns of a window: a Gaussian of σ 1.5, cut off at 3.5 σ. */
export const windowSize = 11;
const overlap = windowSize - 1;

/** The window's weights along one axis, from its edge to its middle, and before they are divided by the sum of all. */
const weights = Float64Array.from({ length: (windowSize + 1) / 2 }, (_, i) =>
  Math.exp(-((i - overlap / 2) ** 2) / (2 * 1.5 ** 2)),
);
const weightSum = weights.reduce((sum, weight) => sum + 2 * weight, -weights.at(-1)!);

/** How many numbers of a row are computed at a time: few enough that their rows stay in the processor's fastest cache. */
const stripSize = 128;

/** A comparison of two pictures, which are given from top to bottom, some rows at a time. */
export interface Ssim {
  /** Where to put the next rows of the one picture, `a[(y * width + x) * channels + c]`. */
  readonly a: Float32Array;
  /** Where to put the same rows of the other. */
  readonly b: Float32Array;
  /** Compares this many more rows, of those in `a` and `b`. */
  add(rows: number): void;
  /** The mean over all windows that lie inside, and over the channels; NaN without any, or if a number is not finite. */
  mean(): number;
  /** `a` and `b` are not valid any more. */
  close(): void;
}

/**
 * The structural similarity of Wang et al. 2004, Image Quality Assessment: From Error Visibility to Structural Similarity,
 * in float64. The value is that of scikit-image's
 * `structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=peak)`.
 *
 * @param rows the most that are given at a time
 */
export function openSsim(rows: number, width: number, channels: number, peak: number): Ssim {
  const size = width * channels;
  const inside = size - overlap * channels;
  const [c1, c2] = [(0.01 * peak) ** 2, (0.03 * peak) ** 2];
  // The memory: weights, the rows of both pictures behind those kept of the last call, and what is computed of a strip.
  const room = (at: number, numbers: number) => Math.ceil((at + 8 * numbers) / 64) * 64;
  const a = room(0, weights.length);
  const b = room(a, ((overlap + rows) * size + 1) / 2);
  const terms = room(b, ((overlap + rows) * size + 1) / 2);
  const termPitch = 8 * (stripSize + overlap * channels);
  const linePitch = 4 * 8 * stripSize;
  const lines = terms + 4 * termPitch;
  const sums = lines + (overlap + rows) * linePitch;
  const { memory, kernels, close } = openKernels(sums + linePitch);
  new Float64Array(memory, 0, weights.length).set(weights.map(weight => weight / weightSum));
  const floats = (at: number) => new Float32Array(memory, at, (overlap + rows) * size);
  const both = [floats(a), floats(b)] as const;

  let kept = 0;
  let sum = 0;
  let count = 0;

  /** Compares the windows at `n` numbers of each row, from `first` on. */
  function compareStrip(first: number, n: number, end: number): void {
    for (let row = 0; row < end; row++) {
      const at = 4 * (row * size + first);
      kernels.terms(terms, termPitch, a + at, b + at, n + overlap * channels);
      const line = lines + row * linePitch;
      for (let term = 0; term < 4; term++) {
        kernels.weigh(line + 8 * stripSize * term, terms + termPitch * term, 8 * channels, n, 0);
      }
      if (row < overlap) continue;
      kernels.weigh(sums, line - overlap * linePitch, linePitch, 4 * stripSize, 0);
      sum += kernels.similarities(sums, 8 * stripSize, n, c1, c2);
    }
  }

  return {
    get a() {
      return both[0].subarray(kept * size);
    },
    get b() {
      return both[1].subarray(kept * size);
    },
    add(more) {
      const end = kept + more;
      for (let first = 0; first < inside; first += stripSize) {
        compareStrip(first, Math.min(stripSize, inside - first), end);
      }
      count += Math.max(0, end - overlap) * inside;
      kept = Math.min(end, overlap);
      for (const all of both) all.copyWithin(0, (end - kept) * size, end * size);
    },
    mean: () => sum / count,
    close,
  };
}

function openKernels(bytes: number): { memory: ArrayBuffer; kernels: SsimKernels; close: () => void } {
  const memory = takeMemory(bytes);
  if (!memory) {
    const plain = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
    return { memory: plain, kernels: plainKernels(plain), close() {} };
  }
  return { memory: memory.buffer, kernels: ssimKernels.instantiateIn(memory), close: () => releaseMemory(memory) };
}
