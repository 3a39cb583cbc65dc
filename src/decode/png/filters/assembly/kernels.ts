/**
 * Undoes PNG's row filters, in AssemblyScript (PNG specification, section 9). Input rows begin with their filter byte,
 * output rows are packed without it.
 *
 * The filters that use the left neighbour go pixel by pixel, with all bytes of a pixel in one vector of 16-bit lanes:
 * each result is the next pixel's left neighbour, so the length of that chain of operations determines the time. Each
 * step writes 8 bytes, and the next step overwrites the surplus: there are 8 bytes of room after the last row.
 */

/**
 * Undoes `rows` rows of `bytes` bytes each, with pixels of `step` bytes (1 to 8; 1 for less than a byte). The row above
 * is at `to - bytes`, zeros for the first. Returns how many rows were undone: fewer if a filter is unknown.
 */
export function unfilter(to: usize, from: usize, rows: i32, bytes: i32, step: i32): i32 {
  for (let row = 0; row < rows; row++, to += bytes, from += bytes + 1) {
    const above = to - bytes;
    const filter = load<u8>(from);
    if (filter === 0) memory.copy(to, from + 1, bytes);
    else if (filter === 1) sub(to, from + 1, bytes, step);
    else if (filter === 2) up(to, from + 1, above, bytes);
    else if (filter === 3) average(to, from + 1, above, bytes, step);
    else if (filter === 4) paeth(to, from + 1, above, bytes, step);
    else return row;
  }
  return rows;
}

function sub(to: usize, from: usize, bytes: i32, step: i32): void {
  let left = i8x16.splat(0);
  for (const end = to + bytes; to < end; to += step, from += step) {
    left = i8x16.add(left, v128.load64_zero(from));
    v128.store64_lane(to, left, 0);
  }
}

function up(to: usize, from: usize, above: usize, bytes: i32): void {
  const end = to + bytes;
  for (; to + 16 <= end; to += 16, from += 16, above += 16) {
    v128.store(to, i8x16.add(v128.load(from), v128.load(above)));
  }
  for (; to < end; to++, from++, above++) store<u8>(to, load<u8>(from) + load<u8>(above));
}

function average(to: usize, from: usize, above: usize, bytes: i32, step: i32): void {
  const mask = i16x8.splat(255);
  let left = i16x8.splat(0);
  for (const end = to + bytes; to < end; to += step, from += step, above += step) {
    const mean = i16x8.shr_u(i16x8.add(left, v128.load_ext<u8>(above)), 1);
    left = v128.and(i16x8.add(mean, v128.load_ext<u8>(from)), mask);
    v128.store64_lane(to, i8x16.narrow_i16x8_u(left, left), 0);
  }
}

function paeth(to: usize, from: usize, above: usize, bytes: i32, step: i32): void {
  const mask = i16x8.splat(255);
  let left = i16x8.splat(0);
  let corner = i16x8.splat(0);
  for (const end = to + bytes; to < end; to += step, from += step, above += step) {
    const over = v128.load_ext<u8>(above);
    // The distance of left + over − corner from each of the three.
    const toLeft = i16x8.sub(over, corner);
    const toOver = i16x8.sub(left, corner);
    const distanceLeft = i16x8.abs(toLeft);
    const distanceOver = i16x8.abs(toOver);
    const least = i16x8.min_s(i16x8.min_s(distanceLeft, distanceOver), i16x8.abs(i16x8.add(toLeft, toOver)));
    const nearest = v128.bitselect(
      left,
      v128.bitselect(over, corner, i16x8.eq(least, distanceOver)),
      i16x8.eq(least, distanceLeft),
    );
    left = v128.and(i16x8.add(nearest, v128.load_ext<u8>(from)), mask);
    v128.store64_lane(to, i8x16.narrow_i16x8_u(left, left), 0);
    corner = over;
  }
}
