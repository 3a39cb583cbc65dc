/** Writes entropy-coded data: bits, byte stuffing, restart markers. */
export class BitWriter {
  #buffer = Buffer.allocUnsafe(1 << 16);
  #length = 0;
  #bits = 0;
  #count = 0;

  /** Appends the lowest `count` bits of a number, at most 16. */
  write(value: number, count: number): void {
    this.#bits = ((this.#bits << count) | (value & ((1 << count) - 1))) & 0xff_ffff;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      const byte = (this.#bits >> this.#count) & 255;
      this.#push(byte);
      if (byte === 255) this.#push(0);
    }
  }

  /** Appends the bits `from` up to `to` of unstuffed data. */
  copy(data: Buffer, from: number, to: number): void {
    while (from < to) {
      const count = Math.min(8, to - from);
      const at = from >>> 3;
      const pair = (data[at]! << 8) | data[at + 1]!;
      this.write(pair >> (16 - (from & 7) - count), count);
      from += count;
    }
  }

  /** Fills the last byte up with ones and appends a marker. */
  mark(marker: number): void {
    this.#fill();
    this.#push(0xff);
    this.#push(marker);
  }

  end(): Buffer {
    this.#fill();
    return this.#buffer.subarray(0, this.#length);
  }

  #fill(): void {
    if (this.#count > 0) this.write(255, 8 - this.#count);
  }

  #push(byte: number): void {
    if (this.#length === this.#buffer.length) {
      const larger = Buffer.allocUnsafe(this.#length * 2);
      this.#buffer.copy(larger);
      this.#buffer = larger;
    }
    this.#buffer[this.#length++] = byte;
  }
}
