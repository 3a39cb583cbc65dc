import { EmbeddedWasm, newMemory, type WasmMemory } from '../../../core/webAssembly';
import { wasm } from './wasm';

/** What assembly/kernels.ts exports: see there. */
interface FilterKernels {
  readonly memory: WasmMemory;
  unfilter(to: number, from: number, rows: number, bytes: number, step: number): number;
}

export const filterKernels = new EmbeddedWasm<Omit<FilterKernels, 'memory'>>(wasm);

/** The kernels in a memory of their own, which is given back with them. */
export function instantiateFilters(): FilterKernels {
  const memory = newMemory();
  return { memory, ...filterKernels.instantiate({ env: { memory } }) };
}
