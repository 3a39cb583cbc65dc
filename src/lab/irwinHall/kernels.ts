import { EmbeddedWasm } from '../../core/webAssembly';
import { wasm } from './wasm';

/** Exports of assembly/kernels.ts, described there. */
interface SumKernels {
  sums(to: number, key: number, index: number, n: number): void;
}

export const sumKernels = new EmbeddedWasm<SumKernels>(wasm);
