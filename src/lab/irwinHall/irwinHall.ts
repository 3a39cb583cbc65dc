import { hasWebAssembly, newMemory } from '../../core/webAssembly';
import { sumKernels } from './kernels';
import { plainSums } from './plain';

/** The standard deviation of a sum, `√(12 · (65536² − 1) / 12)`: 65536 but for one part in 10¹⁰. */
export const deviation = 65536;

/** How many sums are made at a time; they take half of the memory that there is at first. */
export const sumsAtATime = 8192;

/**
 * Sums of twelve uniform numbers of 16 bits, less their mean: nearly a Gaussian (Irwin–Hall distribution). The numbers are
 * the halves of `hash32(word + i)` for i from 1 to 6, with `word` the hash of a place under `key`.
 *
 * @returns the sums of the places from `index` on, valid until the next call
 */
export function openSums(key: number): (index: number) => Int32Array {
  if (!hasWebAssembly()) {
    const sums = new Int32Array(sumsAtATime);
    return index => {
      plainSums(sums, key, index);
      return sums;
    };
  }
  const kernels = sumKernels.instantiateIn(newMemory());
  const sums = new Int32Array(kernels.memory.buffer, 0, sumsAtATime);
  return index => {
    kernels.sums(0, key, index, sumsAtATime);
    return sums;
  };
}
