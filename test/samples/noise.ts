/** Deterministic noise: the same numbers on every machine, so that the samples are the same files everywhere. */

/** A hash of two lattice coordinates and a seed, in 0..1. Integer arithmetic only. */
export function hash(x: number, y: number, seed: number): number {
  let h = (Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** Smooth value noise in 0..1 with one lattice point per unit. */
export function smooth(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10);
  const u = fade(x - column);
  const v = fade(y - row);
  const top = mix(hash(column, row, seed), hash(column + 1, row, seed), u);
  const bottom = mix(hash(column, row + 1, seed), hash(column + 1, row + 1, seed), u);
  return mix(top, bottom, v);
}

/** Layered noise, each octave twice as fine and half as strong, in 0..1. */
export function fractal(x: number, y: number, octaves: number, seed: number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0, weight = 1; i < octaves; i++, weight /= 2) {
    // Each octave is turned as well, or the lattice's rows would show.
    sum += weight * smooth(x, y, seed + i);
    total += weight;
    [x, y] = [1.6 * x + 1.2 * y + 17.3, 1.6 * y - 1.2 * x + 5.1];
  }
  return sum / total;
}

/** Layered noise with sharp crests, as eroded rock has them, in 0..1. */
export function ridged(x: number, y: number, octaves: number, seed: number): number {
  let sum = 0;
  let total = 0;
  let gain = 1;
  for (let i = 0, weight = 1; i < octaves; i++, weight *= 0.5) {
    const crest = 1 - Math.abs(2 * smooth(x, y, seed + i) - 1);
    sum += weight * crest * crest * gain;
    total += weight;
    gain = Math.min(1, 0.35 + crest);
    [x, y] = [1.6 * x + 1.2 * y + 31.7, 1.6 * y - 1.2 * x + 11.9];
  }
  return sum / total;
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function step(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
