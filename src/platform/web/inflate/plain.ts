import { adler32 } from './adler32';
import type { BitReader } from './bitReader';
import type { BlockDecoder, Decoded, Range, Repetition } from './blockDecoder';
import { type Code, type Codes, noSymbol, symbolOf } from './codes';
import { distanceRanges, lengthRanges } from './ranges';

/** Decodes in plain TypeScript, if WebAssembly cannot run: the reference for the kernels, and several times as slow. */
export class PlainDecoder implements BlockDecoder {
  readonly out: Uint8Array;

  constructor(length: number) {
    this.out = new Uint8Array(length);
  }

  decode(bits: BitReader, codes: Codes, repetition: Repetition, { from, to, oldest }: Range): Decoded {
    for (let at = from; ; ) {
      if (repetition.left === 0) {
        const { at: byte, hold, count } = bits;
        const symbol = symbolOf(bits, codes.lengths);
        if (bits.hasEnded || (symbol < 256 && at === to)) {
          // It is read again when there is room, or else nothing comes.
          Object.assign(bits, { at: byte, hold, count });
          return { end: at, stop: 'more' };
        }
        if (symbol < 256) {
          this.out[at++] = symbol;
          continue;
        }
        if (symbol === 256) return { end: at, stop: 'block' };
        if (symbol === noSymbol || !readRepetition(bits, symbol, codes.distances, repetition)) {
          return { end: at, stop: 'damaged' };
        }
        if (bits.hasEnded) return { end: at, stop: 'more' };
      }
      if (at === to) return { end: at, stop: 'more' };
      if (repetition.distance > at - oldest) return { end: at, stop: 'damaged' };
      const end = Math.min(at + repetition.left, to);
      repetition.left -= end - at;
      for (; at < end; at++) this.out[at] = this.out[at - repetition.distance]!;
    }
  }

  adler32(sum: number, from: number, to: number): number {
    return adler32(sum, this.out.subarray(from, to));
  }
}

/** Reads the rest of a length, and the distance. Returns whether there is such a distance. */
function readRepetition(bits: BitReader, symbol: number, distances: Code, repetition: Repetition): boolean {
  const length = symbol - 257;
  repetition.left = lengthRanges.base[length]! + bits.read(lengthRanges.bits[length]!);
  const distance = symbolOf(bits, distances);
  if (distance === noSymbol) return false;
  repetition.distance = distanceRanges.base[distance]! + bits.read(distanceRanges.bits[distance]!);
  return true;
}
