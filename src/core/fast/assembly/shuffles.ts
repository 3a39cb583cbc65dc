/** The even or odd pixels of two successive vectors; the digit is the number of channels. */

export function evens1(v: v128, w: v128): v128 {
  return i8x16.shuffle(v, w, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

export function odds1(v: v128, w: v128): v128 {
  return i8x16.shuffle(v, w, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

export function evens2(v: v128, w: v128): v128 {
  return i16x8.shuffle(v, w, 0, 2, 4, 6, 8, 10, 12, 14);
}

export function odds2(v: v128, w: v128): v128 {
  return i16x8.shuffle(v, w, 1, 3, 5, 7, 9, 11, 13, 15);
}

// For RGB: five pixels and a byte that is 0. Two swizzles, because V8 builds a general shuffle's table anew each time,
// but keeps these tables in registers if they are made outside the loop.

export function evens3Low(): v128 {
  return i8x16(0, 1, 2, 6, 7, 8, 12, 13, 14, -1, -1, -1, -1, -1, -1, -1);
}

export function evens3High(): v128 {
  return i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, 2, 3, 4, 8, 9, 10, -1);
}

export function odds3Low(): v128 {
  return i8x16(3, 4, 5, 9, 10, 11, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1);
}

export function odds3High(): v128 {
  return i8x16(-1, -1, -1, -1, -1, -1, -1, 0, 1, 5, 6, 7, 11, 12, 13, -1);
}

export function pick3(v: v128, w: v128, low: v128, high: v128): v128 {
  return v128.or(i8x16.swizzle(v, low), i8x16.swizzle(w, high));
}

export function evens4(v: v128, w: v128): v128 {
  return i32x4.shuffle(v, w, 0, 2, 4, 6);
}

export function odds4(v: v128, w: v128): v128 {
  return i32x4.shuffle(v, w, 1, 3, 5, 7);
}
