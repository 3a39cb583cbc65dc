import { releaseMemory, takeMemory, type WasmMemory } from '../../../core/webAssembly';
import { Inflater, type Stop } from './inflater';
import { KernelDecoder } from './kernels';
import { PlainDecoder } from './plain';

/** The farthest that zlib data refers back (RFC 1951, section 2). */
const window = 32 << 10;
/** Memory for what is unpacked at a time: with the window it stays in the processor's second-level cache. */
const pieceBytes = 256 << 10;

/** What was unpacked, valid until the next call, and why it is not more. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly stop: Stop;
}

/** Unpacks zlib data piece by piece, in a memory that does not grow: by the kernels, or without such memory in plain code. */
export class Unpacker {
  readonly #inflater: Inflater;
  readonly #out: Uint8Array;
  readonly #memory: WasmMemory | undefined;
  #at = 0;

  /** @throws {RangeError} if there is no memory */
  constructor(packed: Uint8Array) {
    const length = window + pieceBytes;
    this.#memory = takeMemory(KernelDecoder.memoryBytes(length));
    const decoder = this.#memory ? new KernelDecoder(this.#memory, length) : new PlainDecoder(length);
    this.#inflater = new Inflater(packed, decoder);
    this.#out = decoder.out;
  }

  /** Whether bytes follow the end of the data, once it is reached. */
  get hasSurplus(): boolean {
    return this.#inflater.hasSurplus;
  }

  /**
   * Unpacks the next bytes.
   *
   * @param most how many bytes; never more than 256 KB come at a time
   * @param reach how far before them they may refer to
   */
  next(most: number, reach = window): Piece {
    const count = Math.min(most, pieceBytes);
    if (this.#at + count > this.#out.length) {
      this.#out.copyWithin(0, this.#at - window, this.#at);
      this.#at = window;
    }
    const from = this.#at;
    const { stop, end } = this.#inflater.unpack({ from, to: from + count, oldest: Math.max(0, from - reach) });
    this.#at = end;
    return { bytes: this.#out.subarray(from, end), stop };
  }

  /** What `next` has returned is not valid any more. */
  close(): void {
    if (this.#memory) releaseMemory(this.#memory);
  }
}
