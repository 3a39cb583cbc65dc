import type { BitReader } from './bitReader';
import type { Codes } from './codes';

/** Unpacks what compressed blocks hold, in a memory of its own. */
export interface BlockDecoder {
  /** The memory that is written to. */
  readonly out: Uint8Array;

  /**
   * Unpacks literals and repetitions from `range.from` up to `range.to`, first what is left of `repetition`. Where it
   * stops for want of room or data, the next call goes on.
   */
  decode(bits: BitReader, codes: Codes, repetition: Repetition, range: Range): Decoded;

  /** Adler-32 of the bytes before `to`, from `from` on, after those that gave `sum`, 1 for none. */
  adler32(sum: number, from: number, to: number): number;
}

/** Indices in the memory. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** The first byte that data may repeat. */
  readonly oldest: number;
}

/** How many bytes are to be repeated, and from how far back. */
export interface Repetition {
  left: number;
  distance: number;
}

/** Before which index decoding stopped, and why: `more` for want of room or data, `block` at the end of the block. */
export interface Decoded {
  readonly end: number;
  readonly stop: 'more' | 'block' | 'damaged';
}
