import { releaseMemory, takeMemory } from '../../core/webAssembly';
import { sumKernels } from './kernels';
import { plainSums } from './plain';

/** The standard deviation of a sum, `√(12 · (65536² − 1) / 12)`: 65536 but for one part in 10¹⁰. */
export const deviation = 65536;

/** How many sums are made at a time; they take half of the memory that there is at first. */
export const sumsAtATime = 8192;

/** Sums of numbers that belong to places. */
export interface Sums {
  /** The sums of {@link sumsAtATime} places, the first of which is given; valid until the next call. */
  from(index: number): Int32Array;
  /** What `from` has returned is not valid any more. */
  close(): void;
}

/**
 * Sums of twelve uniform numbers of 16 bits, less their mean: nearly a Gaussian (Irwin–Hall distribution). The numbers are
 * the halves of `hash32(word + i)` for i from 1 to 6, with `word` the hash of a place under `key`.
 */
export function openSums(key: number): Sums {
  const memory = takeMemory();
  if (!memory) {
    const sums = new Int32Array(sumsAtATime);
    return {
      from(index) {
        plainSums(sums, key, index);
        return sums;
      },
      close() {},
    };
  }
  const kernels = sumKernels.instantiateIn(memory);
  const sums = new Int32Array(memory.buffer, 0, sumsAtATime);
  return {
    from(index) {
      kernels.sums(0, key, index, sumsAtATime);
      return sums;
    },
    close: () => releaseMemory(memory),
  };
}
