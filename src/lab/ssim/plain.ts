import type { SsimKernels } from './kernels';

/**
 * The kernels of SSIM in plain TypeScript, if WebAssembly cannot run, and as the reference for their tests; they are
 * described in assembly/kernels.ts.
 */
export function plainKernels(memory: ArrayBuffer): SsimKernels {
  const floats = new Float32Array(memory);
  const doubles = new Float64Array(memory);
  return {
    terms(to, pitch, a, b, n) {
      for (let i = 0; i < n; i++) {
        const x = floats[a / 4 + i]!;
        const y = floats[b / 4 + i]!;
        doubles[to / 8 + i] = x;
        doubles[(to + pitch) / 8 + i] = y;
        doubles[(to + 2 * pitch) / 8 + i] = x * x + y * y;
        doubles[(to + 3 * pitch) / 8 + i] = x * y;
      }
    },
    weigh(to, from, pitch, n, weights) {
      const step = pitch / 8;
      for (let i = 0; i < n; i++) {
        const middle = from / 8 + 5 * step + i;
        let sum = doubles[weights / 8 + 5]! * doubles[middle]!;
        for (let k = 0; k < 5; k++) {
          const away = (5 - k) * step;
          sum += doubles[weights / 8 + k]! * (doubles[middle - away]! + doubles[middle + away]!);
        }
        doubles[to / 8 + i] = sum;
      }
    },
    similarities(from, pitch, n, c1, c2) {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const at = from / 8 + i;
        const row = pitch / 8;
        const x = doubles[at]!;
        const y = doubles[at + row]!;
        const squares = doubles[at + 2 * row]!;
        const product = doubles[at + 3 * row]!;
        const means = x * x + y * y;
        sum += ((2 * x * y + c1) * (2 * (product - x * y) + c2)) / ((means + c1) * (squares - means + c2));
      }
      return sum;
    },
  };
}
