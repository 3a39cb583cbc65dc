/**
 * Which bits of each coefficient a progressive JPEG has sent so far, per component, as libjpeg keeps it: −1 nothing yet,
 * else the lowest bit known. A scan that refines what was never sent, or skips a bit, is damaged.
 */
export class Progression {
  readonly #bits: Int8Array[];

  constructor(components: number) {
    this.#bits = Array.from({ length: components }, () => new Int8Array(64).fill(-1));
  }

  /** Takes note of a scan. False when it does not follow from those before. */
  add(component: number, start: number, end: number, high: number, low: number): boolean {
    const bits = this.#bits[component]!;
    if (start > 0 && bits[0]! < 0) return false;
    for (let k = start; k <= end; k++) {
      if (high !== Math.max(0, bits[k]!)) return false;
      bits[k] = low;
    }
    return true;
  }

  /** Whether every component's first `count` coefficients are known to the last bit. */
  knows(count: number): boolean {
    return this.#bits.every(bits => bits.subarray(0, count).every(bit => bit === 0));
  }
}
