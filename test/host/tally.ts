import { appendFileSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** How many tests of one ring did what. */
export interface Tally {
  readonly ring: string;
  readonly passed: number;
  readonly failed: number;
  /** What has failed, and what it said: a log of CI may be kept only from its end. */
  readonly failures: readonly string[];
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

/**
 * A failed test for {@link Tally.failures}, its error cut to what names the cause.
 * @param error what was thrown, or what a runner made of it
 */
export function failureOf(test: string, error: unknown): string {
  const { stack, message, value } = Object(error) as { stack?: string; message?: string; value?: string };
  const text = stack ?? message ?? value ?? String(error);
  const lines = stripVTControlCharacters(text).split('\n').slice(0, 12);
  return [test, ...lines.map(line => `    ${line.slice(0, 300)}`)].join('\n');
}

export function readTallies(file: string): Tally[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Tally);
}
