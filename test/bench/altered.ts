// Times what the engine does when a knob of the Noise or the Shift view is turned, without the thread's messages.
//   npm run bench:altered
import { cpus, loadavg } from 'node:os';
import { type OperatorName, operatorNames } from '../../src/core/operators';
import { AlteredPicture, partPicture, sampleOf } from '../../src/engine/alteredPicture';
import { PoolCache } from '../../src/engine/poolCache';
import type { Alteration } from '../../src/lab/alteration';
import type { Noise } from '../../src/lab/noise';
import type { Shift } from '../../src/lab/shift';
import { base } from '../options';
import { timed } from './contender';
import { milliseconds, noise } from './noise';

const rounds = 9;
const poolings: readonly OperatorName[] = ['max', 'average'];
const moved: readonly OperatorName[] = ['max', 'average', 'maxBlur'];
const screen = { x: 0, y: 0, width: 4000, height: 3000, columns: 400, rows: 300 };

/** A noise that differs from round to round, as while a slider moves. */
const kinds: Readonly<Record<string, (round: number) => Noise>> = {
  salt: round => ({ kind: 'salt', level: 0.05 + round / 1000, seed: 1 }),
  gaussian: round => ({ kind: 'gaussian', level: 25 + round, seed: 1 }),
};

function show(picture: AlteredPicture, alteration: Alteration, names: readonly OperatorName[]): void {
  const pools = picture.pools(alteration);
  pools.inputTile(screen);
  for (const name of operatorNames) if (names.includes(name)) pools.tile(name, base, screen);
}

/**
 * The median time of a run, after two that warm up.
 * @param prepare is not timed
 */
function median(run: (round: number) => void, prepare: (round: number) => void = () => {}): string {
  const times = Array.from({ length: rounds + 2 }, (_, round) => {
    prepare(round);
    return timed(() => run(round));
  });
  return milliseconds(times.slice(2).sort((a, b) => a - b)[rounds >> 1]!).padStart(8);
}

console.log(`${cpus()[0]?.model}, load ${loadavg()[0]!.toFixed(1)}; milliseconds, medians; uint8 RGB, 2×2/2`);
console.log('                    pictures  scores  a point of the chart');
for (const [height, width] of [
  [700, 1024],
  [3000, 4000],
] as const) {
  const clean = new PoolCache(noise(height, width)(3));
  const whole = new AlteredPicture(clean);
  const part = sampleOf(
    clean.input.shape,
    moved.map(name => clean.plan(name, base)),
  );
  const sample = part ? partPicture(clean, part) : new AlteredPicture(clean);
  for (const [name, at] of Object.entries(kinds)) {
    const pictures = median(round => show(whole, at(round), poolings));
    const scores = median(
      round => whole.scores(at(round), base, poolings, false),
      round => whole.pools(at(round)),
    );
    const point = median(round => sample.scores(at(100 + round), base, poolings, true));
    console.log(`${`${width}×${height} ${name}`.padEnd(20)}${pictures}${scores}${point}`);
  }
  const move = (round: number): Shift => ({ kind: 'shift', dy: 0, dx: (round % 16) + 1 });
  const pictures = median(round => {
    show(whole, move(round), moved);
    for (const name of moved) whole.changeSurface(move(round), name, base).rowsAt(0, 1);
  });
  const changes = median(round => whole.shiftChanges(move(round), base, moved));
  const point = median(round => sample.shiftChanges(move(round), base, moved));
  console.log(`${`${width}×${height} shift`.padEnd(20)}${pictures}${changes}${point}`);
}
