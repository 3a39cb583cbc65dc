import { wasm } from './wasm';

/** What assembly/kernels.ts exports: see there. Addresses and byte counts are plain numbers. */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  max2(to: number, a: number, b: number, n: number): void;
  max3(to: number, a: number, b: number, c: number, n: number): void;
  max4(to: number, a: number, b: number, c: number, d: number, n: number): void;
  maxSweep(to: number, top: number, from: number, a: number, b: number, rest: number, n: number): void;
  maxPair(
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
  maxEdge(
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
  pick(to: number, from: number, pixels: number, channels: number, step: number): void;
  pickHalf(to: number, from: number, pixels: number, channels: number): void;
  max2x2(to: number, a: number, b: number, pixels: number, channels: number): void;
  sum2(to: number, a: number, b: number, n: number): void;
  sum3(to: number, a: number, b: number, c: number, n: number): void;
  sum4(to: number, a: number, b: number, c: number, d: number, n: number): void;
  slide16(to: number, enter: number, leave: number, n: number): void;
  slide32(to: number, enter: number, leave: number, n: number): void;
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
  bytes1(to: number, from: number, n: number, reciprocal: number): void;
  bytes2(to: number, from: number, next: number, n: number, reciprocal: number): void;
  bytes3(to: number, from: number, next: number, n: number, reciprocal: number): void;
  bytes16(to: number, from: number, span: number, n: number, reciprocal: number): void;
  bytes32(to: number, from: number, last: number, n: number, reciprocal: number): void;
  floats32(to: number, from: number, last: number, n: number, divisor: number): void;
  floats64(to: number, from: number, last: number, n: number, divisor: number): void;
  truncate(to: number, from: number, n: number): void;
  average2x2(to: number, a: number, b: number, pixels: number, channels: number): void;
  weighRow(line: number, row: number, n: number, weight: number, isAdded: boolean): void;
  shrinkLine(to: number, line: number, table: number, columns: number, channels: number, scale: number): void;
}

/** The part of WebAssembly used here: core is compiled without the types of a browser or of Node, which both have it. */
interface WebAssemblyLike {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
}

let compiled: object | undefined;

/** A fresh instance of the kernels with a memory of its own. Compiles, synchronously, on the first call: a few KB, some ms. */
export function instantiateKernels(): Kernels {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyLike };
  compiled ??= new WebAssembly.Module(fromBase64(wasm));
  return new WebAssembly.Instance(compiled).exports as Kernels;
}

/** Decodes base64 without padding; `atob` belongs to no JavaScript standard that core may use. */
export function fromBase64(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const values = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let i = 0, bits = 0, at = 0; i < text.length; i++) {
    bits = (bits << 6) | values[text.charCodeAt(i)]!;
    // After 4 characters there are 3 bytes: every character but the first of four completes one.
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}
