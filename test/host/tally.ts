import { appendFileSync, readFileSync } from 'node:fs';

/** How many tests of one ring did what. */
export interface Tally {
  readonly ring: string;
  readonly passed: number;
  readonly failed: number;
}

/** The file that collects the tallies of a whole `npm test`, named to each ring by its environment. */
export const tallyVariable = 'POOLING_PREVIEW_TALLY';

/** Adds what a ring counted, if someone collects. */
export function report(tally: Tally): void {
  const file = process.env[tallyVariable];
  if (file) {
    appendFileSync(file, `${JSON.stringify(tally)}\n`);
  }
}

export function readTallies(file: string): Tally[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Tally);
}
