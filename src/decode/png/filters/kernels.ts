import { EmbeddedWasm } from '../../../core/webAssembly';
import { wasm } from './wasm';

/** Exports of assembly/kernels.ts, described there. */
interface FilterKernels {
  unfilter(to: number, from: number, rows: number, bytes: number, step: number): number;
}

export const filterKernels = new EmbeddedWasm<FilterKernels>(wasm);
