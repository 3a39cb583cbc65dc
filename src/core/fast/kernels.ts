/**
 * The WebAssembly modules, with the exports of their sources in assembly/, where they are described. Addresses and byte
 * counts are numbers.
 */
import { EmbeddedWasm } from '../webAssembly';
import { wasm as maxWasm } from './maxWasm';
import { wasm as minWasm } from './minWasm';
import { wasm } from './wasm';

/** Exports of assembly/prefetch.ts, which all the others export too. */
interface PrefetchKernel {
  prefetch(from: number, n: number): void;
}

/** Exports of assembly/extremum.ts. */
export interface ExtremumKernels extends PrefetchKernel {
  best2(to: number, a: number, b: number, n: number): void;
  best3(to: number, a: number, b: number, c: number, n: number): void;
  best4(to: number, a: number, b: number, c: number, d: number, n: number): void;
  bestSweep(to: number, top: number, from: number, a: number, b: number, rest: number, n: number): void;
  bestPair(
    upper: number,
    lower: number,
    a: number,
    b: number,
    c: number,
    d: number,
    n: number,
    taps: number,
    channels: number,
  ): void;
  bestEdge(
    to: number,
    a: number,
    b: number,
    c: number,
    from: number,
    until: number,
    taps: number,
    width: number,
    channels: number,
  ): void;
  bestWindows(to: number, from: number, table: number, windows: number, channels: number): void;
  pick(to: number, from: number, pixels: number, channels: number, step: number): void;
  pickHalf(to: number, from: number, pixels: number, channels: number): void;
  best2x2(to: number, a: number, b: number, pixels: number, channels: number): void;
}

/** Exports of assembly/kernels.ts. */
interface SumKernels extends PrefetchKernel {
  sum2(to: number, a: number, b: number, n: number): void;
  sum3(to: number, a: number, b: number, c: number, n: number): void;
  sum4(to: number, a: number, b: number, c: number, d: number, n: number): void;
  add4(to: number, a: number, b: number, c: number, d: number, n: number): void;
  slide16(to: number, enter: number, leave: number, n: number): void;
  slide32(to: number, enter: number, leave: number, n: number): void;
  slideSquares(to: number, enter: number, leave: number, n: number): void;
  runningSums16(to: number, from: number, pixels: number, channels: number): void;
  runningSums32(to: number, from: number, pixels: number, channels: number): void;
  runningSumsTall(to: number, from: number, pixels: number, channels: number): void;
  windows16(to: number, from: number, span: number, step: number, pixels: number, channels: number): void;
  windowsOfColumns(
    to: number,
    from: number,
    taps: number,
    next: number,
    step: number,
    pixels: number,
    channels: number,
  ): void;
  windows32(to: number, from: number, span: number, step: number, pixels: number, channels: number): void;
  sumWindows(to: number, from: number, table: number, windows: number, channels: number): void;
  bytes1(to: number, from: number, n: number, reciprocal: number): void;
  bytes2(to: number, from: number, next: number, n: number, reciprocal: number): void;
  bytes3(to: number, from: number, next: number, n: number, reciprocal: number): void;
  bytes16(to: number, from: number, span: number, n: number, reciprocal: number): void;
  bytes32(to: number, from: number, last: number, n: number, reciprocal: number): void;
  floats32(to: number, from: number, last: number, n: number, divisor: number): void;
  floats64(to: number, from: number, last: number, n: number, divisor: number): void;
  divideTwice(to: number, from: number, columns: number, n: number, rows: number): void;
  norms(to: number, from: number, last: number, n: number, real: number, full: number, isRoot: boolean): void;
  averageFloats(
    to: number,
    from: number,
    rows: number,
    pitch: number,
    taps: number,
    next: number,
    step: number,
    size: number,
    n: number,
    divisor: number,
  ): void;
  truncate(to: number, from: number, n: number): void;
  average2x2(to: number, a: number, b: number, pixels: number, channels: number): void;
  weighRow(line: number, row: number, n: number, weight: number, isAdded: boolean): void;
  shrinkLine(to: number, line: number, table: number, columns: number, channels: number, scale: number): void;
}

export const maxKernels = new EmbeddedWasm<ExtremumKernels>(maxWasm);
export const minKernels = new EmbeddedWasm<ExtremumKernels>(minWasm);
export const sumKernels = new EmbeddedWasm<SumKernels>(wasm);
