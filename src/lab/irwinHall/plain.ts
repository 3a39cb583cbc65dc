import { hash32, hashWith } from '../hash';

/** The words of 32 bits whose halves are added for one sum. */
const wordsPerSum = 6;

/** The mean of the sum of twelve numbers from 0 to 65535. */
const meanSum = (2 * wordsPerSum * 65535) / 2;

/** Writes the sums of the places from `index` on, if WebAssembly cannot run, and as the reference for its tests. */
export function plainSums(to: Int32Array, key: number, index: number): void {
  for (let i = 0; i < to.length; i++) {
    const word = hashWith(key, index + i);
    let sum = -meanSum;
    for (let next = 1; next <= wordsPerSum; next++) {
      const bits = hash32(word + next);
      sum += (bits & 0xffff) + (bits >>> 16);
    }
    to[i] = sum;
  }
}
