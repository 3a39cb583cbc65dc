/**
 * The inner loops of 8-bit pooling that picks one pixel of a window, in AssemblyScript. Each takes rows by their
 * addresses and writes one row; extremum.ts one folder up decides which rows and in which order. This file is compiled
 * twice: for maxima and, with the constant `isMin` set to 1, for minima.
 *
 * Loops work on whole vectors, so they may read and write up to 32 bytes beyond the `n` values requested. Rows have
 * that much room after them, and the rows of a picture are written from top to bottom, so that what spills into the
 * next row is overwritten by it. Kernels whose result the caller pads write one vector of `outside` right after it, so
 * that nothing spills into the padding.
 */
import {
  evens1,
  evens2,
  evens3High,
  evens3Low,
  evens4,
  odds1,
  odds2,
  odds3High,
  odds3Low,
  odds4,
  pick3,
} from './shuffles';

export { prefetch } from './prefetch';

/** The value of a pixel outside the picture: no value is worse. */
const outside: u8 = isMin ? 255 : 0;

/** The larger of each two bytes, or the smaller. */
function better(a: v128, b: v128): v128 {
  return isMin ? i8x16.min_u(a, b) : i8x16.max_u(a, b);
}

function betterOf(a: u8, b: u8): u8 {
  return isMin ? min(a, b) : max(a, b);
}

/** `to[i] = better(a[i], b[i])` for `n` bytes. `to` may be `a`, and `b` may lie further on in the same row. */
export function best2(to: usize, a: usize, b: usize, n: i32): void {
  const end = to + n;
  for (; to + 32 <= end; to += 32, a += 32, b += 32) {
    const v = better(v128.load(a), v128.load(b));
    const w = better(v128.load(a, 16), v128.load(b, 16));
    v128.store(to, v);
    v128.store(to, w, 16);
  }
  for (; to < end; to += 16, a += 16, b += 16) v128.store(to, better(v128.load(a), v128.load(b)));
  v128.store(end, i8x16.splat(outside));
}

/** The best of three rows, otherwise like {@link best2}. */
export function best3(to: usize, a: usize, b: usize, c: usize, n: i32): void {
  const end = to + n;
  for (; to + 32 <= end; to += 32, a += 32, b += 32, c += 32) {
    const v = bestOf3(a, b, c);
    const w = bestOf3(a + 16, b + 16, c + 16);
    v128.store(to, v);
    v128.store(to, w, 16);
  }
  for (; to < end; to += 16, a += 16, b += 16, c += 16) v128.store(to, bestOf3(a, b, c));
  v128.store(end, i8x16.splat(outside));
}

/** The best of four rows, otherwise like {@link best2}. */
export function best4(to: usize, a: usize, b: usize, c: usize, d: usize, n: i32): void {
  const end = to + n;
  for (; to + 32 <= end; to += 32, a += 32, b += 32, c += 32, d += 32) {
    const v = bestOf4(a, b, c, d);
    const w = bestOf4(a + 16, b + 16, c + 16, d + 16);
    v128.store(to, v);
    v128.store(to, w, 16);
  }
  for (; to < end; to += 16, a += 16, b += 16, c += 16, d += 16) v128.store(to, bestOf4(a, b, c, d));
  v128.store(end, i8x16.splat(outside));
}

/**
 * Up to two rows down: `top = better(from, a, b)`, kept for later rows, and `to = better(top, rest)`, the columns' best
 * of a window.
 */
export function bestSweep(to: usize, top: usize, from: usize, a: usize, b: usize, rest: usize, n: i32): void {
  const end = to + n;
  for (; to < end; to += 32, top += 32, from += 32, a += 32, b += 32, rest += 32) {
    const v = bestOf3(from, a, b);
    const w = bestOf3(from + 16, a + 16, b + 16);
    v128.store(top, v);
    v128.store(top, w, 16);
    v128.store(to, better(v, v128.load(rest)));
    v128.store(to, better(w, v128.load(rest, 16)), 16);
  }
}

/**
 * Two rows of windows that share all rows but their first and last: the columns' best of rows `a`, `b` and `c` for the
 * upper one, and of `b`, `c` and `d` for the lower one; then the best of each pixel and the `taps - 1` (1 to 3) pixels
 * after it. Writes `n` bytes to `upper` and to `lower`, which may directly follow `upper`.
 *
 * Columns stay in registers between the two directions, and each row read serves two windows, because these poolings
 * wait for memory, even for the second-level cache.
 */
export function bestPair(
  upper: usize,
  lower: usize,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  n: i32,
  taps: i32,
  channels: i32,
): void {
  if (channels === 3) pairOf<Rgb>(upper, lower, a, b, c, d, n, taps);
  else if (channels === 1) pairOf<Grey>(upper, lower, a, b, c, d, n, taps);
  else if (channels === 4) pairOf<Rgba>(upper, lower, a, b, c, d, n, taps);
  else pairOf<GreyAlpha>(upper, lower, a, b, c, d, n, taps);
}

// Pixel types, for loops that are compiled once for each: `offsetof<Pixel>()` is the pixel's size in bytes.

class Grey {
  grey: u8;
}

class GreyAlpha extends Grey {
  alpha: u8;
}

class Rgb {
  red: u8;
  green: u8;
  blue: u8;
}

class Rgba extends Rgb {
  alpha: u8;
}

function pairOf<Pixel>(upper: usize, lower: usize, a: usize, b: usize, c: usize, d: usize, n: i32, taps: i32): void {
  const end = upper + n;
  const start = lower;
  let shared = better(v128.load(b), v128.load(c));
  let v = better(v128.load(a), shared);
  let w = better(v128.load(d), shared);
  let startBytes = i8x16.splat(0);
  for (; upper < end; upper += 16, lower += 16) {
    a += 16;
    b += 16;
    c += 16;
    d += 16;
    shared = better(v128.load(b), v128.load(c));
    const nextV = better(v128.load(a), shared);
    const nextW = better(v128.load(d), shared);
    let high = better(v, second<Pixel>(v, nextV));
    let low = better(w, second<Pixel>(w, nextW));
    if (taps > 2) {
      high = better(high, third<Pixel>(v, nextV));
      low = better(low, third<Pixel>(w, nextW));
      if (taps > 3) {
        high = better(high, fourth<Pixel>(v, nextV));
        low = better(low, fourth<Pixel>(w, nextW));
      }
    }
    v128.store(upper, high);
    v128.store(lower, low);
    if (lower === start) startBytes = low;
    v = nextV;
    w = nextW;
  }
  // The upper row's last vector may have overwritten the lower row's first.
  v128.store(start, startBytes);
}

/**
 * The windows that {@link bestPair} leaves out: they begin at pixels `from` to `until` of a row of `width` pixels and
 * reach beyond one of its ends, where pixels have the value `outside`. For rows `a`, `b` and `c`.
 */
export function bestEdge(
  to: usize,
  a: usize,
  b: usize,
  c: usize,
  from: i32,
  until: i32,
  taps: i32,
  width: i32,
  channels: i32,
): void {
  for (let first = from; first < until; first++) {
    const last = min(first + taps, width) * channels;
    for (let channel = 0; channel < channels; channel++) {
      let best: u8 = outside;
      for (let i = max(first, 0) * channels + channel; i < last; i += channels) {
        best = betterOf(best, betterOf(load<u8>(a + i), betterOf(load<u8>(b + i), load<u8>(c + i))));
      }
      store<u8>(to++, best);
    }
  }
}

// The second, third and fourth pixel from each byte of `v`, where `next` is the vector after it.

function second<Pixel>(v: v128, next: v128): v128 {
  const at = <u8>offsetof<Pixel>();
  return i8x16.shuffle(
    v,
    next,
    at,
    at + 1,
    at + 2,
    at + 3,
    at + 4,
    at + 5,
    at + 6,
    at + 7,
    at + 8,
    at + 9,
    at + 10,
    at + 11,
    at + 12,
    at + 13,
    at + 14,
    at + 15,
  );
}

function third<Pixel>(v: v128, next: v128): v128 {
  const at = <u8>(2 * offsetof<Pixel>());
  return i8x16.shuffle(
    v,
    next,
    at,
    at + 1,
    at + 2,
    at + 3,
    at + 4,
    at + 5,
    at + 6,
    at + 7,
    at + 8,
    at + 9,
    at + 10,
    at + 11,
    at + 12,
    at + 13,
    at + 14,
    at + 15,
  );
}

function fourth<Pixel>(v: v128, next: v128): v128 {
  const at = <u8>(3 * offsetof<Pixel>());
  return i8x16.shuffle(
    v,
    next,
    at,
    at + 1,
    at + 2,
    at + 3,
    at + 4,
    at + 5,
    at + 6,
    at + 7,
    at + 8,
    at + 9,
    at + 10,
    at + 11,
    at + 12,
    at + 13,
    at + 14,
    at + 15,
  );
}

function bestOf3(a: usize, b: usize, c: usize): v128 {
  return better(better(v128.load(a), v128.load(b)), v128.load(c));
}

function bestOf4(a: usize, b: usize, c: usize, d: usize): v128 {
  return better(better(v128.load(a), v128.load(b)), better(v128.load(c), v128.load(d)));
}

/**
 * The best pixel of each of `windows` windows of a row, channel by channel. The table has two 32-bit numbers for each:
 * how many bytes after `from` the window begins, and where it ends.
 */
export function bestWindows(to: usize, from: usize, table: usize, windows: i32, channels: i32): void {
  if (channels === 1) {
    for (const end = to + windows; to < end; to++, table += 8) {
      store<u8>(to, bestGrey(from + load<u32>(table), from + load<u32>(table, 4)));
    }
    return;
  }
  for (const end = to + windows * channels; to < end; to += channels, table += 8) {
    const last = from + load<u32>(table, 4);
    let best = i8x16.splat(outside);
    for (let at = from + load<u32>(table); at < last; at += channels) best = better(best, v128.load32_zero(at));
    v128.store32_lane(to, best, 0);
  }
}

/** The best byte of a window in grey, sixteen at a time; the last sixteen may overlap those before. */
function bestGrey(from: usize, last: usize): u8 {
  let best: u8 = outside;
  if (last - from < 16) {
    for (; from < last; from++) best = betterOf(best, load<u8>(from));
    return best;
  }
  let v = v128.load(last - 16);
  for (; from + 16 <= last; from += 16) v = better(v, v128.load(from));
  v = better(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
  v = better(v, i8x16.shuffle(v, v, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7));
  v = better(v, i8x16.shuffle(v, v, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3));
  return betterOf(i8x16.extract_lane_u(v, 0), i8x16.extract_lane_u(v, 1));
}

/** Copies `pixels` pixels of `channels` bytes, `step` bytes apart. */
export function pick(to: usize, from: usize, pixels: i32, channels: i32, step: i32): void {
  const end = to + pixels * channels;
  if (channels === 1) {
    for (; to < end; to += 1, from += step) store<u8>(to, load<u8>(from));
  } else if (channels === 2) {
    for (; to < end; to += 2, from += step) store<u16>(to, load<u16>(from));
  } else {
    for (; to < end; to += channels, from += step) store<u32>(to, load<u32>(from));
  }
}

/** Every second pixel: `pick` with `step = 2 · channels`. */
export function pickHalf(to: usize, from: usize, pixels: i32, channels: i32): void {
  const end = to + pixels * channels;
  if (channels === 3) {
    const low = evens3Low();
    const high = evens3High();
    for (; to < end; to += 15, from += 30) {
      v128.store(to, pick3(v128.load(from), v128.load(from, 16), low, high));
    }
  } else if (channels === 4) {
    for (; to < end; to += 16, from += 32) v128.store(to, evens4(v128.load(from), v128.load(from, 16)));
  } else if (channels === 2) {
    for (; to < end; to += 16, from += 32) v128.store(to, evens2(v128.load(from), v128.load(from, 16)));
  } else {
    for (; to < end; to += 16, from += 32) v128.store(to, evens1(v128.load(from), v128.load(from, 16)));
  }
}

/** The best of each 2×2 block of two rows. */
export function best2x2(to: usize, a: usize, b: usize, pixels: i32, channels: i32): void {
  const end = to + pixels * channels;
  if (channels === 3) {
    const evenLow = evens3Low();
    const evenHigh = evens3High();
    const oddLow = odds3Low();
    const oddHigh = odds3High();
    for (; to < end; to += 15, a += 30, b += 30) {
      const v = better(v128.load(a), v128.load(b));
      const w = better(v128.load(a, 16), v128.load(b, 16));
      v128.store(to, better(pick3(v, w, evenLow, evenHigh), pick3(v, w, oddLow, oddHigh)));
    }
  } else if (channels === 4) {
    for (; to < end; to += 16, a += 32, b += 32) {
      const v = better(v128.load(a), v128.load(b));
      const w = better(v128.load(a, 16), v128.load(b, 16));
      v128.store(to, better(evens4(v, w), odds4(v, w)));
    }
  } else if (channels === 2) {
    for (; to < end; to += 16, a += 32, b += 32) {
      const v = better(v128.load(a), v128.load(b));
      const w = better(v128.load(a, 16), v128.load(b, 16));
      v128.store(to, better(evens2(v, w), odds2(v, w)));
    }
  } else {
    for (; to < end; to += 16, a += 32, b += 32) {
      const v = better(v128.load(a), v128.load(b));
      const w = better(v128.load(a, 16), v128.load(b, 16));
      v128.store(to, better(evens1(v, w), odds1(v, w)));
    }
  }
}
