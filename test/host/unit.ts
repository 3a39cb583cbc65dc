/** `npm run test:unit [-- PART-OF-A-FILE-NAME …]`: the unit tests, found without a shell's globbing. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { failureOf, report } from './tally';

const folder = resolve(__dirname, '../unit');
const wanted = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.test.ts') && (wanted.length === 0 || wanted.some(part => name.includes(part))))
  .sort()
  .map(name => join(folder, name));
if (files.length === 0) {
  console.error('No unit test has such a name');
  process.exit(1);
}

const counts = new Map<string, number>();
// Each file is a process of its own, started with our own `--import tsx`.
// The limit is for one that hangs, as when a failed assertion leaves a worker thread running.
const stream = run({ files, concurrency: availableParallelism(), timeout: 120_000 });
stream.on('test:diagnostic', ({ message, nesting }) => {
  const [, name, count] = /^(tests|pass|fail|cancelled) (\d+)$/.exec(message) ?? [];
  if (nesting === 0 && name) {
    counts.set(name, Number(count));
  }
});
const failures: string[] = [];
stream.on('test:fail', ({ name, file = '', details: { error } }) => {
  // A suite fails with its tests, which are named themselves.
  if ('failureType' in error && error.failureType === 'subtestsFailed') return;
  failures.push(failureOf(`${relative(folder, file)} › ${name}`, error.cause ?? error));
});
stream.compose(new spec()).pipe(process.stdout);
process.on('exit', code => {
  const failed = (counts.get('fail') ?? 0) + (counts.get('cancelled') ?? 0);
  report({ ring: 'unit', passed: counts.get('pass') ?? 0, failed, failures });
  if (code === 0 && (failed > 0 || !counts.get('tests'))) {
    process.exitCode = 1;
  }
});
