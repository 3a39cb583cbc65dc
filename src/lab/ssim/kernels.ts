import { EmbeddedWasm } from '../../core/webAssembly';
import { wasm } from './wasm';

/** What SSIM computes in a memory of numbers. Places and pitches are addresses in bytes. */
export interface SsimKernels {
  terms(to: number, pitch: number, a: number, b: number, n: number): void;
  weigh(to: number, from: number, pitch: number, n: number, weights: number): void;
  similarities(from: number, pitch: number, n: number, c1: number, c2: number): number;
}

/** Exports of assembly/kernels.ts, described there. */
export const ssimKernels = new EmbeddedWasm<SsimKernels>(wasm);
