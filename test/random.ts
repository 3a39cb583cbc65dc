/** Of the tests with random cases: the same in every run, so that a failure can be repeated. `SEED=2 npm run test:unit` tries others. */
export const seed = Number(process.env['SEED'] ?? 1);

/** A generator with a seed (mulberry32), so that a failure can be repeated: numbers from 0 up to, not including, 1. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same as whole numbers from 0 up to, not including, a bound. */
export function integers(seed: number): (below: number) => number {
  const next = random(seed);
  return below => Math.floor(next() * below);
}
