/**
 * PNG's row filters undone in plain TypeScript, where WebAssembly cannot run: four times as slow as the kernels, whose oracle
 * it is. PNG specification, section 9.
 *
 * `rows` rows of `bytes` bytes each, every one with its filter byte in front, from `from` of `filtered` to `to` of `out`;
 * `out` holds the row above in front of `to`, zeros for the first. Pixels are `step` bytes apart (1 for less than a byte).
 * Returns how many rows were undone: fewer where a filter is unknown.
 */
export function plainUnfilter(
  out: Uint8Array,
  to: number,
  filtered: Uint8Array,
  from: number,
  rows: number,
  bytes: number,
  step: number,
): number {
  for (let row = 0; row < rows; row++, to += bytes, from += bytes + 1) {
    const predict = predictors[filtered[from]!];
    if (!predict) return row;
    for (let i = 0; i < bytes; i++) {
      const isFirst = i < step;
      const left = isFirst ? 0 : out[to + i - step]!;
      const above = out[to + i - bytes]!;
      const corner = isFirst ? 0 : out[to + i - bytes - step]!;
      out[to + i] = filtered[from + 1 + i]! + predict(left, above, corner);
    }
  }
  return rows;
}

/** By filter type: what a byte is foretold to be from the byte of the pixel to its left, the one above, and the one above left. */
const predictors: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  left => left,
  (_left, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const toLeft = Math.abs(above - corner);
    const toAbove = Math.abs(left - corner);
    const toCorner = Math.abs(left + above - 2 * corner);
    return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
  },
];
