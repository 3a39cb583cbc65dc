/**
 * The inner loops of SSIM, in AssemblyScript. Numbers are float64, two to a vector; ssim.ts one folder up decides which
 * rows in which order. `n` is even, or there is room for one number more after each row.
 */

/**
 * What SSIM weighs of two rows of `n` float32 numbers, as four rows `pitch` bytes apart: the numbers of the one, those
 * of the other, the sum of both squares, and the product of both.
 */
export function terms(to: usize, pitch: usize, a: usize, b: usize, n: i32): void {
  for (const end = a + 4 * n; a < end; a += 8, b += 8, to += 16) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(a));
    const y = f64x2.promote_low_f32x4(v128.load64_zero(b));
    v128.store(to, x);
    v128.store(to + pitch, y);
    v128.store(to + 2 * pitch, f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)));
    v128.store(to + 3 * pitch, f64x2.mul(x, y));
  }
}

/**
 * `n` weighted sums of eleven numbers each, which are `pitch` bytes apart: of neighbours in a row, or of a column. The
 * weights are the same from both ends: six, from the first to that in the middle.
 */
export function weigh(to: usize, from: usize, pitch: usize, n: i32, weights: usize): void {
  const w0 = v128.load64_splat(weights);
  const w1 = v128.load64_splat(weights, 8);
  const w2 = v128.load64_splat(weights, 16);
  const w3 = v128.load64_splat(weights, 24);
  const w4 = v128.load64_splat(weights, 32);
  const w5 = v128.load64_splat(weights, 40);
  const pitch2 = 2 * pitch;
  const pitch3 = 3 * pitch;
  const pitch4 = 4 * pitch;
  const pitch5 = 5 * pitch;
  from += pitch5;
  for (const end = to + 8 * n; to < end; to += 16, from += 16) {
    const outer = f64x2.add(
      f64x2.mul(w0, f64x2.add(v128.load(from - pitch5), v128.load(from + pitch5))),
      f64x2.mul(w1, f64x2.add(v128.load(from - pitch4), v128.load(from + pitch4))),
    );
    const middle = f64x2.add(
      f64x2.mul(w2, f64x2.add(v128.load(from - pitch3), v128.load(from + pitch3))),
      f64x2.mul(w3, f64x2.add(v128.load(from - pitch2), v128.load(from + pitch2))),
    );
    const inner = f64x2.add(
      f64x2.mul(w4, f64x2.add(v128.load(from - pitch), v128.load(from + pitch))),
      f64x2.mul(w5, v128.load(from)),
    );
    v128.store(to, f64x2.add(f64x2.add(outer, middle), inner));
  }
}

/** The sum of the similarities at `n` places, of what the four rows of {@link terms} have become. */
export function similarities(from: usize, pitch: usize, n: i32, c1: f64, c2: f64): f64 {
  const first = f64x2.splat(c1);
  const second = f64x2.splat(c2);
  let sum = f64x2.splat(0);
  let i = 1;
  for (; i < n; i += 2, from += 16) sum = f64x2.add(sum, similarity(from, pitch, first, second));
  const total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  return i === n ? total + f64x2.extract_lane(similarity(from, pitch, first, second), 0) : total;
}

function similarity(from: usize, pitch: usize, c1: v128, c2: v128): v128 {
  const x = v128.load(from);
  const y = v128.load(from + pitch);
  const squares = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
  const product = f64x2.mul(x, y);
  const variances = f64x2.sub(v128.load(from + 2 * pitch), squares);
  const covariance = f64x2.sub(v128.load(from + 3 * pitch), product);
  return f64x2.div(
    f64x2.mul(f64x2.add(f64x2.add(product, product), c1), f64x2.add(f64x2.add(covariance, covariance), c2)),
    f64x2.mul(f64x2.add(squares, c1), f64x2.add(variances, c2)),
  );
}
