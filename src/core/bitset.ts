/** A set of whole numbers below a size, in one bit each: marks samples of a large picture in little memory. */
export class Bitset {
  readonly #bytes: Uint8Array;

  constructor(size: number) {
    this.#bytes = new Uint8Array(Math.ceil(size / 8));
  }

  add(member: number): void {
    this.#bytes[member >>> 3]! |= 1 << (member & 7);
  }

  /** Fills `target` with 255 for each member and 0 for each other number, from number `start` on. */
  paint(start: number, target: Uint8Array): void {
    const bytes = this.#bytes;
    for (let i = 0, at = start; i < target.length; i++, at++) target[i] = -((bytes[at >>> 3]! >> (at & 7)) & 1);
  }
}
