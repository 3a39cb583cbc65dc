/**
 * The inner loops of 8-bit average pooling and of shrinking for the screen, in AssemblyScript. Each takes rows by their
 * addresses and writes one row; average.ts and shrink.ts one folder up decide which rows and in which order.
 *
 * Loops work on whole vectors, so they may read up to 64 and write up to 32 bytes beyond the `n` values requested. Rows
 * have that much room after them, and the rows of a picture are written from top to bottom, so that what spills into
 * the next row is overwritten by it. Kernels whose result the caller pads with zeros write one vector of zeros right after
 * it, so that nothing spills into the padding.
 */
export { prefetch } from './prefetch';

// ---- Sums of columns ------------------------------------------------------------------------------------------------

/** `to[i] = a[i] + b[i]`: `n` bytes each, 16-bit sums. */
export function sum2(to: usize, a: usize, b: usize, n: i32): void {
  const end = to + 2 * n;
  for (; to < end; to += 32, a += 16, b += 16) {
    v128.store(to, i16x8.add(widen(a), widen(b)));
    v128.store(to, i16x8.add(widen(a + 8), widen(b + 8)), 16);
  }
  zeros32(end);
}

/** The 16-bit sums of three rows of bytes. */
export function sum3(to: usize, a: usize, b: usize, c: usize, n: i32): void {
  const end = to + 2 * n;
  for (; to < end; to += 32, a += 16, b += 16, c += 16) {
    v128.store(to, i16x8.add(i16x8.add(widen(a), widen(b)), widen(c)));
    v128.store(to, i16x8.add(i16x8.add(widen(a + 8), widen(b + 8)), widen(c + 8)), 16);
  }
  zeros32(end);
}

/** The 16-bit sums of four rows of bytes. */
export function sum4(to: usize, a: usize, b: usize, c: usize, d: usize, n: i32): void {
  const end = to + 2 * n;
  for (; to < end; to += 32, a += 16, b += 16, c += 16, d += 16) {
    const v = i16x8.add(i16x8.add(widen(a), widen(b)), i16x8.add(widen(c), widen(d)));
    const w = i16x8.add(i16x8.add(widen(a + 8), widen(b + 8)), i16x8.add(widen(c + 8), widen(d + 8)));
    v128.store(to, v);
    v128.store(to, w, 16);
  }
  zeros32(end);
}

/** Adds four rows of bytes to 16-bit sums: `to[i] += a[i] + b[i] + c[i] + d[i]` for `n` bytes each. */
export function add4(to: usize, a: usize, b: usize, c: usize, d: usize, n: i32): void {
  const end = to + 2 * n;
  for (; to < end; to += 32, a += 16, b += 16, c += 16, d += 16) {
    const v = i16x8.add(i16x8.add(widen(a), widen(b)), i16x8.add(widen(c), widen(d)));
    const w = i16x8.add(i16x8.add(widen(a + 8), widen(b + 8)), i16x8.add(widen(c + 8), widen(d + 8)));
    v128.store(to, i16x8.add(v128.load(to), v));
    v128.store(to, i16x8.add(v128.load(to, 16), w), 16);
  }
}

/** Moves one row down: `to[i] += enter[i] - leave[i]`, 16-bit sums of `n` bytes each. */
export function slide16(to: usize, enter: usize, leave: usize, n: i32): void {
  const end = to + 2 * n;
  for (; to < end; to += 32, enter += 16, leave += 16) {
    const v = i16x8.add(v128.load(to), i16x8.sub(widen(enter), widen(leave)));
    const w = i16x8.add(v128.load(to, 16), i16x8.sub(widen(enter + 8), widen(leave + 8)));
    v128.store(to, v);
    v128.store(to, w, 16);
  }
  zeros32(end);
}

/** {@link slide16} with 32-bit sums, for kernels higher than 257 rows. */
export function slide32(to: usize, enter: usize, leave: usize, n: i32): void {
  const end = to + 4 * n;
  for (; to < end; to += 32, enter += 8, leave += 8) {
    const change = i16x8.sub(widen(enter), widen(leave));
    v128.store(to, i32x4.add(v128.load(to), i32x4.extend_low_i16x8_s(change)));
    v128.store(to, i32x4.add(v128.load(to, 16), i32x4.extend_high_i16x8_s(change)), 16);
  }
  zeros32(end);
}

/** {@link slide32} for sums of squares: `to[i] += enter[i]² - leave[i]²`. */
export function slideSquares(to: usize, enter: usize, leave: usize, n: i32): void {
  const end = to + 4 * n;
  for (; to < end; to += 32, enter += 8, leave += 8) {
    const a = widen(enter);
    const b = widen(leave);
    const low = i32x4.sub(i32x4.extmul_low_i16x8_u(a, a), i32x4.extmul_low_i16x8_u(b, b));
    const high = i32x4.sub(i32x4.extmul_high_i16x8_u(a, a), i32x4.extmul_high_i16x8_u(b, b));
    v128.store(to, i32x4.add(v128.load(to), low));
    v128.store(to, i32x4.add(v128.load(to, 16), high), 16);
  }
  zeros32(end);
}

/** Eight bytes as 16-bit numbers. */
function widen(from: usize): v128 {
  return v128.load_ext<u8>(from);
}

function zeros32(to: usize): void {
  v128.store(to, i8x16.splat(0));
  v128.store(to, i8x16.splat(0), 16);
}

// ---- Sums of windows ------------------------------------------------------------------------------------------------
//
// A window's sum is the difference of two running sums. These may overflow: the difference is still right if it fits.
// All channels of a pixel are added at once; lanes beyond its channels hold garbage, which the next pixel's store
// overwrites. Two pixels at a time, one of them possibly beyond the end: each addition waits for the one before, and
// this halves the wait.

/** Running sums of a row of 16-bit columns, in 16 bits: `to[0] = 0`, `to[x + 1] = to[x] + from[x]` for each channel. */
export function runningSums16(to: usize, from: usize, pixels: i32, channels: i32): void {
  if (channels === 1) {
    greySums16(to, from, pixels);
    return;
  }
  const step = channels << 1;
  let sum = i16x8.splat(0);
  v128.store64_lane(to, sum, 0);
  for (const end = from + pixels * step; from < end; from += 2 * step) {
    const one = v128.load64_zero(from);
    const two = i16x8.add(one, v128.load64_zero(from + step));
    v128.store64_lane(to + step, i16x8.add(sum, one), 0);
    sum = i16x8.add(sum, two);
    to += 2 * step;
    v128.store64_lane(to, sum, 0);
  }
}

/** Running sums of a row of 16-bit columns, in 32 bits. */
export function runningSums32(to: usize, from: usize, pixels: i32, channels: i32): void {
  if (channels === 1) {
    greySums32(to, from, pixels);
    return;
  }
  const column = channels << 1;
  const step = channels << 2;
  let sum = i32x4.splat(0);
  v128.store(to, sum);
  for (const end = from + pixels * column; from < end; from += 2 * column) {
    const one = v128.load_ext<u16>(from);
    const two = i32x4.add(one, v128.load_ext<u16>(from + column));
    v128.store(to + step, i32x4.add(sum, one));
    sum = i32x4.add(sum, two);
    to += 2 * step;
    v128.store(to, sum);
  }
}

// In grey a pixel has a single lane, so the running sums within a vector are taken by doubling, and the sum of all before
// is added to them: average 15×15/1 of 12 megapixels takes 4.9 ms instead of 6.6.

function greySums16(to: usize, from: usize, pixels: i32): void {
  const zero = i16x8.splat(0);
  let before = zero;
  store<u16>(to, 0);
  to += 2;
  for (const end = from + 2 * pixels; from < end; from += 16, to += 16) {
    let v = v128.load(from);
    v = i16x8.add(v, i16x8.shuffle(zero, v, 7, 8, 9, 10, 11, 12, 13, 14));
    v = i16x8.add(v, i16x8.shuffle(zero, v, 6, 7, 8, 9, 10, 11, 12, 13));
    v = i16x8.add(v, i16x8.shuffle(zero, v, 4, 5, 6, 7, 8, 9, 10, 11));
    v128.store(to, i16x8.add(v, before));
    before = i16x8.add(before, i16x8.shuffle(v, v, 7, 7, 7, 7, 7, 7, 7, 7));
  }
}

function greySums32(to: usize, from: usize, pixels: i32): void {
  const zero = i32x4.splat(0);
  let before = zero;
  store<u32>(to, 0);
  to += 4;
  for (const end = from + 2 * pixels; from < end; from += 8, to += 16) {
    let v = v128.load_ext<u16>(from);
    v = i32x4.add(v, i32x4.shuffle(zero, v, 3, 4, 5, 6));
    v = i32x4.add(v, i32x4.shuffle(zero, v, 2, 3, 4, 5));
    v128.store(to, i32x4.add(v, before));
    before = i32x4.add(before, i32x4.shuffle(v, v, 3, 3, 3, 3));
  }
}

/** Running sums of a row of 32-bit columns. */
export function runningSumsTall(to: usize, from: usize, pixels: i32, channels: i32): void {
  const step = channels << 2;
  let sum = i32x4.splat(0);
  v128.store(to, sum);
  for (const end = from + pixels * step; from < end; from += 2 * step) {
    const one = v128.load(from);
    const two = i32x4.add(one, v128.load(from + step));
    v128.store(to + step, i32x4.add(sum, one));
    sum = i32x4.add(sum, two);
    to += 2 * step;
    v128.store(to, sum);
  }
}

/** The sums of `pixels` windows, `step` bytes apart in the running sums and `span` bytes long; 16 bits. */
export function windows16(to: usize, from: usize, span: i32, step: i32, pixels: i32, channels: i32): void {
  const size = channels << 1;
  for (const end = to + pixels * size; to < end; to += size, from += step) {
    v128.store64_lane(to, i16x8.sub(v128.load64_zero(from + span), v128.load64_zero(from)), 0);
  }
}

/** The sums of windows of one to three 16-bit columns, `next` bytes apart; the windows `step` bytes apart. */
export function windowsOfColumns(
  to: usize,
  from: usize,
  taps: i32,
  next: i32,
  step: i32,
  pixels: i32,
  channels: i32,
): void {
  const size = channels << 1;
  const end = to + pixels * size;
  if (taps === 3) {
    for (; to < end; to += size, from += step) {
      const two = i16x8.add(v128.load64_zero(from), v128.load64_zero(from + next));
      v128.store64_lane(to, i16x8.add(two, v128.load64_zero(from + next + next)), 0);
    }
  } else if (taps === 2) {
    for (; to < end; to += size, from += step) {
      v128.store64_lane(to, i16x8.add(v128.load64_zero(from), v128.load64_zero(from + next)), 0);
    }
  } else {
    for (; to < end; to += size, from += step) store<u64>(to, load<u64>(from));
  }
}

/** {@link windows16} with 32 bits. */
export function windows32(to: usize, from: usize, span: i32, step: i32, pixels: i32, channels: i32): void {
  const size = channels << 2;
  for (const end = to + pixels * size; to < end; to += size, from += step) {
    v128.store(to, i32x4.sub(v128.load(from + span), v128.load(from)));
  }
}

/**
 * The 32-bit sums of windows of 16-bit columns. The table has two 32-bit numbers for each: how many bytes after `from`
 * the window begins, and where it ends.
 */
export function sumWindows(to: usize, from: usize, table: usize, windows: i32, channels: i32): void {
  if (channels === 1) {
    for (const end = to + 4 * windows; to < end; to += 4, table += 8) {
      store<u32>(to, greySum(from + load<u32>(table), from + load<u32>(table, 4)));
    }
    return;
  }
  const column = channels << 1;
  const size = channels << 2;
  for (const end = to + windows * size; to < end; to += size, table += 8) {
    const last = from + load<u32>(table, 4);
    let sum = i32x4.splat(0);
    for (let at = from + load<u32>(table); at < last; at += column) sum = i32x4.add(sum, v128.load_ext<u16>(at));
    v128.store(to, sum);
  }
}

/** The sum of one window in grey, four columns at a time. */
function greySum(from: usize, last: usize): u32 {
  let sums = i32x4.splat(0);
  for (; from + 8 <= last; from += 8) sums = i32x4.add(sums, v128.load_ext<u16>(from));
  let sum: u32 = 0;
  for (; from < last; from += 2) sum += load<u16>(from);
  sums = i32x4.add(sums, i32x4.shuffle(sums, sums, 2, 3, 2, 3));
  return sum + i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
}

// ---- Averages -------------------------------------------------------------------------------------------------------
//
// A byte is the sum divided by the divisor, without the fraction, at most 255. With the divisor's reciprocal r, rounded
// to float32, it is (sum + ½) · r − ½ rounded to the nearest whole number: the exact value is at least ½/divisor away
// from where rounding changes, and two roundings err by less than 256 · 2⁻²³, so this holds for divisors below 2¹⁴. (A
// sum above 255 · divisor, possible with divisor_override, gives more than 255 either way.) Adding 2²³ rounds and
// leaves the whole number in the float's low bits; it also turns a sum below 2²³ into a float. A sum of 0 may give -1,
// which narrowing with saturation turns into 0.

/** 2²³ as float32 bits. */
const MAGIC = 0x4b000000;

/** Four sums, each combined with {@link MAGIC}, divided by the divisor: 32-bit whole numbers. */
function quotients(sums: v128, reciprocal: v128): v128 {
  const shifted = f32x4.sub(sums, f32x4.splat(<f32>8388607.5));
  return i32x4.sub(f32x4.add(f32x4.mul(shifted, reciprocal), f32x4.splat(<f32>8388607.5)), i32x4.splat(MAGIC));
}

/** Eight 16-bit sums divided by the divisor: 16-bit whole numbers. */
function quotients16(sums: v128, reciprocal: v128): v128 {
  const magic = i16x8.splat(<i16>(MAGIC >>> 16));
  return i16x8.narrow_i32x4_s(
    quotients(i16x8.shuffle(sums, magic, 0, 8, 1, 9, 2, 10, 3, 11), reciprocal),
    quotients(i16x8.shuffle(sums, magic, 4, 12, 5, 13, 6, 14, 7, 15), reciprocal),
  );
}

/** The bytes of `n` 16-bit sums. */
export function bytes1(to: usize, from: usize, n: i32, reciprocal: f32): void {
  const r = f32x4.splat(reciprocal);
  for (const end = to + n; to < end; to += 16, from += 32) {
    v128.store(to, i8x16.narrow_i16x8_u(quotients16(v128.load(from), r), quotients16(v128.load(from, 16), r)));
  }
}

/** The bytes of `n` windows of two 16-bit columns, `next` bytes apart. */
export function bytes2(to: usize, from: usize, next: i32, n: i32, reciprocal: f32): void {
  const r = f32x4.splat(reciprocal);
  let b = from + next;
  for (const end = to + n; to < end; to += 16, from += 32, b += 32) {
    const v = i16x8.add(v128.load(from), v128.load(b));
    const w = i16x8.add(v128.load(from, 16), v128.load(b, 16));
    v128.store(to, i8x16.narrow_i16x8_u(quotients16(v, r), quotients16(w, r)));
  }
}

/** The bytes of `n` windows of three 16-bit columns, `next` bytes apart. */
export function bytes3(to: usize, from: usize, next: i32, n: i32, reciprocal: f32): void {
  const r = f32x4.splat(reciprocal);
  let b = from + next;
  let c = b + next;
  for (const end = to + n; to < end; to += 16, from += 32, b += 32, c += 32) {
    const v = i16x8.add(i16x8.add(v128.load(from), v128.load(b)), v128.load(c));
    const w = i16x8.add(i16x8.add(v128.load(from, 16), v128.load(b, 16)), v128.load(c, 16));
    v128.store(to, i8x16.narrow_i16x8_u(quotients16(v, r), quotients16(w, r)));
  }
}

/** The bytes of `n` windows of 16-bit running sums, `span` bytes long. */
export function bytes16(to: usize, from: usize, span: i32, n: i32, reciprocal: f32): void {
  const r = f32x4.splat(reciprocal);
  let last = from + span;
  for (const end = to + n; to < end; to += 16, from += 32, last += 32) {
    const v = i16x8.sub(v128.load(last), v128.load(from));
    const w = i16x8.sub(v128.load(last, 16), v128.load(from, 16));
    v128.store(to, i8x16.narrow_i16x8_u(quotients16(v, r), quotients16(w, r)));
  }
}

/** The bytes of `n` windows between 32-bit running sums `from` and `last`, below 2²³. */
export function bytes32(to: usize, from: usize, last: usize, n: i32, reciprocal: f32): void {
  const r = f32x4.splat(reciprocal);
  for (const end = to + n; to < end; to += 16, from += 64, last += 64) {
    const a = quotients32(from, last, r);
    const b = quotients32(from + 16, last + 16, r);
    const c = quotients32(from + 32, last + 32, r);
    const d = quotients32(from + 48, last + 48, r);
    v128.store(to, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
  }
}

function quotients32(from: usize, last: usize, reciprocal: v128): v128 {
  return quotients(v128.or(i32x4.sub(v128.load(last), v128.load(from)), i32x4.splat(MAGIC)), reciprocal);
}

/**
 * The float32 averages of `n` windows between 32-bit running sums, whose sums are below 2²⁴: sum and divisor are exact,
 * so there is only one rounding.
 */
export function floats32(to: usize, from: usize, last: usize, n: i32, divisor: f32): void {
  const d = f32x4.splat(divisor);
  for (const end = to + 4 * n; to < end; to += 16, from += 16, last += 16) {
    v128.store(to, f32x4.div(f32x4.convert_i32x4_u(i32x4.sub(v128.load(last), v128.load(from))), d));
  }
}

/**
 * {@link floats32} for any sums and divisor, in doubles as in JavaScript. `+ 0` makes 0 divided by a negative number 0,
 * not -0.
 */
export function floats64(to: usize, from: usize, last: usize, n: i32, divisor: f64): void {
  for (const end = to + 4 * n; to < end; to += 4, from += 4, last += 4) {
    store<f32>(to, <f32>(<f64>(load<u32>(last) - load<u32>(from)) / divisor + 0));
  }
}

/**
 * `n` sums below 2²⁴ divided by the number of rows and then by each one's number of columns, a float32 at address
 * `columns`; both quotients are rounded to float32.
 */
export function divideTwice(to: usize, from: usize, columns: usize, n: i32, rows: f32): void {
  const divisor = f32x4.splat(rows);
  for (const end = to + 4 * n; to < end; to += 16, from += 16, columns += 16) {
    const quotients = f32x4.div(f32x4.convert_i32x4_u(v128.load(from)), divisor);
    v128.store(to, f32x4.div(quotients, v128.load(columns)));
  }
}

/**
 * `n` windows between 32-bit running sums in float32: divided by the number of their real taps and multiplied by that of
 * a full window's, which are below 2²⁴; with `isRoot` the square root. Each step is rounded, as in the frameworks.
 */
export function norms(to: usize, from: usize, last: usize, n: i32, real: f32, full: f32, isRoot: bool): void {
  const divisor = f32x4.splat(real);
  const factor = f32x4.splat(full);
  for (const end = to + 4 * n; to < end; to += 16, from += 16, last += 16) {
    const sums = f32x4.convert_i32x4_u(i32x4.sub(v128.load(last), v128.load(from)));
    const scaled = f32x4.mul(f32x4.div(sums, divisor), factor);
    v128.store(to, isRoot ? f32x4.sqrt(scaled) : scaled);
  }
}

/**
 * The float32 averages of `n` bytes of windows of floats: of `rows` rows, `pitch` bytes apart, with `taps` taps each,
 * `next` bytes apart. Each lane adds its own taps from 0 on in row-major order. Vectors are `step` bytes apart in the
 * input, `size` bytes in the output.
 */
export function averageFloats(
  to: usize,
  from: usize,
  rows: i32,
  pitch: i32,
  taps: i32,
  next: i32,
  step: i32,
  size: i32,
  n: i32,
  divisor: f32,
): void {
  const d = f32x4.splat(divisor);
  for (const end = to + n; to < end; to += size, from += step) {
    let sum = f32x4.splat(0);
    for (let y = rows, row = from; y > 0; y--, row += pitch) {
      for (let x = taps, tap = row; x > 0; x--, tap += next) sum = f32x4.add(sum, v128.load(tap));
    }
    v128.store(to, f32x4.add(f32x4.div(sum, d), f32x4.splat(0)));
  }
}

/** `n` floats as bytes: clipped to 0..255, then truncated. */
export function truncate(to: usize, from: usize, n: i32): void {
  for (const end = to + n; to < end; to += 16, from += 64) {
    const v = i16x8.narrow_i32x4_s(truncated(from), truncated(from + 16));
    const w = i16x8.narrow_i32x4_s(truncated(from + 32), truncated(from + 48));
    v128.store(to, i8x16.narrow_i16x8_u(v, w));
  }
}

/** Four floats as 32-bit whole numbers. */
function truncated(from: usize): v128 {
  return i32x4.trunc_sat_f32x4_s(v128.load(from));
}

/** The truncated averages of the 2×2 blocks of two rows. */
export function average2x2(to: usize, a: usize, b: usize, pixels: i32, channels: i32): void {
  const end = to + pixels * channels;
  if (channels === 3) {
    // 6 of 8 lanes are used. V8 makes the constant anew in each round: rounds half as long take half as long again.
    const pairs = i8x16(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1);
    for (; to < end; to += 24, a += 48, b += 48) {
      const v = i8x16.narrow_i16x8_u(quarters(a, b, pairs), quarters(a + 12, b + 12, pairs));
      const w = i8x16.narrow_i16x8_u(quarters(a + 24, b + 24, pairs), quarters(a + 36, b + 36, pairs));
      v128.store64_lane(to, v, 0);
      v128.store64_lane(to, v, 1, 6);
      v128.store64_lane(to, w, 0, 12);
      v128.store64_lane(to, w, 1, 18);
    }
  } else if (channels === 1) {
    for (; to < end; to += 16, a += 32, b += 32) {
      const v = quartersOf(v128.load(a), v128.load(b));
      v128.store(to, i8x16.narrow_i16x8_u(v, quartersOf(v128.load(a, 16), v128.load(b, 16))));
    }
  } else {
    const pairs =
      channels === 4
        ? i8x16(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15)
        : i8x16(0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15);
    for (; to < end; to += 16, a += 32, b += 32) {
      v128.store(to, i8x16.narrow_i16x8_u(quarters(a, b, pairs), quarters(a + 16, b + 16, pairs)));
    }
  }
}

/** The averages of the 2×2 blocks in 16 bytes of two rows; `pairs` puts the samples of each block side by side. */
function quarters(a: usize, b: usize, pairs: v128): v128 {
  return quartersOf(i8x16.swizzle(v128.load(a), pairs), i8x16.swizzle(v128.load(b), pairs));
}

/** The averages, in 16 bits, of each two neighbouring bytes of one vector and the two of the other. */
function quartersOf(a: v128, b: v128): v128 {
  return i16x8.shr_u(i16x8.add(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(b)), 2);
}

// ---- Shrinking for the screen ---------------------------------------------------------------------------------------

/** `line[i] = weight · row[i]` for `n` bytes, in float32; with `isAdded` it is added to the line's content. */
export function weighRow(line: usize, row: usize, n: i32, weight: f32, isAdded: bool): void {
  const end = row + n;
  const factor = f32x4.splat(weight);
  for (; row < end; row += 16, line += 64) {
    const bytes = v128.load(row);
    const low = i16x8.extend_low_i8x16_u(bytes);
    const high = i16x8.extend_high_i8x16_u(bytes);
    let a = f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(low)), factor);
    let b = f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(low)), factor);
    let c = f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(high)), factor);
    let d = f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(high)), factor);
    if (isAdded) {
      a = f32x4.add(a, v128.load(line));
      b = f32x4.add(b, v128.load(line, 16));
      c = f32x4.add(c, v128.load(line, 32));
      d = f32x4.add(d, v128.load(line, 48));
    }
    v128.store(line, a);
    v128.store(line, b, 16);
    v128.store(line, c, 32);
    v128.store(line, d, 48);
  }
}

/**
 * Shrinks a line of weighted rows to `columns` samples, rounded to bytes. The table has four words per sample: the byte
 * offset of its first pixel in the line, the number of whole pixels between its first and its last (−1: it has only
 * one), and the weights of its first and its last pixel.
 */
export function shrinkLine(to: usize, line: usize, table: usize, columns: i32, channels: i32, scale: f32): void {
  const end = table + columns * 16;
  const pitch = channels * 4;
  const half = f32x4.splat(0.5);
  const factor = f32x4.splat(scale);
  for (; table < end; table += 16, to += channels) {
    let at = line + load<i32>(table);
    let whole = load<i32>(table, 4);
    // All channels at once; an extra lane is overwritten by the next sample.
    let sum = f32x4.mul(v128.load(at), v128.load32_splat(table, 8));
    if (whole >= 0) {
      for (at += pitch; whole > 0; whole--, at += pitch) sum = f32x4.add(sum, v128.load(at));
      sum = f32x4.add(sum, f32x4.mul(v128.load(at), v128.load32_splat(table, 12)));
    }
    const words = i32x4.trunc_sat_f32x4_u(f32x4.add(f32x4.mul(sum, factor), half));
    v128.store32_lane(to, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(words, words), words), 0);
  }
}
