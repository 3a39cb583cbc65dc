/** Packed data, read bit by bit, low bits first. Zeros are read behind its end. */
export class BitReader {
  /** Where the next byte is read. */
  at = 0;
  /** What was read of the bytes before and is to be used: its bits, the next one lowest, and how many, up to 7. */
  hold = 0;
  count = 0;

  constructor(readonly packed: Uint8Array) {}

  /** Whether more was used than there is. */
  get hasEnded(): boolean {
    return this.at > this.packed.length;
  }

  /** The next bits as a number, up to 16 of them. */
  read(count: number): number {
    while (this.count < count) {
      this.hold |= (this.packed[this.at++] ?? 0) << this.count;
      this.count += 8;
    }
    const bits = this.hold & ((1 << count) - 1);
    this.hold >>>= count;
    this.count -= count;
    return bits;
  }

  /** Takes back the last `count` bits that were read, up to 16. */
  unread(bits: number, count: number): void {
    this.hold = (this.hold << count) | bits;
    this.count += count;
    this.at -= this.count >> 3;
    this.count &= 7;
    this.hold &= (1 << this.count) - 1;
  }

  /** Goes to the next whole byte. */
  align(): void {
    this.hold = 0;
    this.count = 0;
  }
}
