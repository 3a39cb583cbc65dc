/**
 * Undoes PNG's row filters in plain TypeScript, if WebAssembly cannot run: four times as slow as the kernels, and the
 * reference for their tests. PNG specification, section 9.
 *
 * Reads `rows` rows of `bytes` bytes, each after its filter byte, from index `from` of `filtered`, and writes them to
 * index `to` of `out`, which has the row above before `to`, zeros for the first. Pixels are `step` bytes apart (1 for
 * less than a byte). Returns how many rows were undone: fewer if a filter is unknown.
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

/** By filter type: the prediction of a byte from the same byte of the pixels to its left, above, and above left. */
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
