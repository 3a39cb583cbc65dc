import { EmbeddedWasm, type WasmMemory } from '../../../core/webAssembly';
import type { BitReader } from './bitReader';
import type { BlockDecoder, Decoded, Range, Repetition } from './blockDecoder';
import type { Code, Codes } from './codes';
import { distanceRanges, lengthRanges } from './ranges';
import { wasm } from './wasm';

/** Exports of assembly/kernels.ts, described there. */
interface InflateKernels {
  decode(
    state: number,
    ranges: number,
    lengths: number,
    lengthsBits: number,
    distances: number,
    distancesBits: number,
    at: number,
    enough: number,
    end: number,
    to: number,
    limit: number,
    oldest: number,
  ): number;
  adler32(sum: number, from: number, count: number): number;
}

const kernels = new EmbeddedWasm<InflateKernels>(wasm);

/** What the numbers that `decode` returns mean. */
const stops = ['more', 'block', 'damaged'] as const;

/** Addresses. A code's tables have at most 5632 and 1536 entries of two bytes. */
const [stateAt, rangesAt, lengthsAt, distancesAt, packedAt] = [0, 64, 256, 12288, 16384];
/** How much packed data is in the memory at a time. */
const packedBytes = 64 << 10;
/** Zeros behind the data. */
const slack = 64;
/** So much is left of packed data where kernels stop if there is more: they read up to 16 bytes ahead, and give back 7. */
const aheadBytes = 32;
const leastBytes = aheadBytes + 8;
const outAt = packedAt + packedBytes + slack;

/** Decodes in WebAssembly. */
export class KernelDecoder implements BlockDecoder {
  readonly out: Uint8Array;
  readonly #kernels: InflateKernels;
  /** The memory of the kernels, as bytes and as numbers. */
  readonly #bytes: Uint8Array;
  readonly #state: Int32Array;
  /** The codes that are in the memory, and which part of the packed data is: from an index, so many bytes. */
  #codes: Codes | undefined;
  #from = 0;
  #count = 0;

  /** How large a memory has to be for so many bytes of output. */
  static memoryBytes(length: number): number {
    return outAt + length + slack;
  }

  constructor(memory: WasmMemory, length: number) {
    this.#kernels = kernels.instantiateIn(memory);
    this.#bytes = new Uint8Array(memory.buffer);
    this.#state = new Int32Array(memory.buffer, stateAt, 6);
    this.out = this.#bytes.subarray(outAt, outAt + length);
    this.#bytes.set(lengthRanges.bits, rangesAt);
    this.#bytes.set(distanceRanges.bits, rangesAt + 32);
    new Uint16Array(memory.buffer, rangesAt + 64).set([...lengthRanges.base, ...distanceRanges.base]);
  }

  decode(bits: BitReader, codes: Codes, repetition: Repetition, { from, to, oldest }: Range): Decoded {
    if (this.#codes !== codes) this.#load(codes);
    const size = bits.packed.length;
    for (let at = from; ; ) {
      if (bits.at < this.#from || bits.at > this.#from + this.#count - leastBytes) this.#fill(bits);
      const end = packedAt + this.#count;
      const isWhole = this.#from + this.#count === size;
      this.#state.set([bits.hold, bits.count, repetition.left, repetition.distance]);
      const stop = this.#kernels.decode(
        stateAt,
        rangesAt,
        lengthsAt,
        bitsOf(codes.lengths),
        distancesAt,
        bitsOf(codes.distances),
        packedAt + bits.at - this.#from,
        // Behind all data there are zeros, by which it would be noticed.
        isWhole ? outAt : end - aheadBytes,
        end,
        outAt + at,
        outAt + to,
        outAt + oldest,
      );
      const [hold, count, left, distance, input, output] = this.#state as unknown as number[];
      Object.assign(bits, { hold, count, at: this.#from + input! - packedAt });
      Object.assign(repetition, { left, distance });
      at = output! - outAt;
      if (stop > 0 || isWhole || at === to) return { end: at, stop: stops[stop]! };
    }
  }

  adler32(sum: number, from: number, to: number): number {
    return this.#kernels.adler32(sum, outAt + from, to - from) >>> 0;
  }

  #load(codes: Codes): void {
    this.#codes = codes;
    const { buffer } = this.#bytes;
    new Uint16Array(buffer, lengthsAt).set(codes.lengths.table);
    new Uint16Array(buffer, distancesAt).set(codes.distances.table);
  }

  /** Brings the packed data from the reader's place on into the memory. */
  #fill({ packed, at }: BitReader): void {
    const part = packed.subarray(at, at + packedBytes);
    this.#bytes.set(part, packedAt);
    this.#bytes.fill(0, packedAt + part.length, packedAt + part.length + slack);
    this.#from = at;
    this.#count = part.length;
  }
}

function bitsOf({ rootBits, moreBits }: Code): number {
  return rootBits | (moreBits << 4);
}
