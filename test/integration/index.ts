/** Runs the suites of this folder with Mocha inside the extension host. VS Code calls `run` after it has started. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { failureOf, report } from '../host/tally';

/** Resolves when every test has passed; rejects with the number of those that have not. The console gets the details. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: Boolean(process.env['MOCHA_COLOR']) });
  if (process.env['SOAK']) mocha.fgrep('Under load');
  for (const name of readdirSync(__dirname).filter(name => name.endsWith('.test.js'))) {
    mocha.addFile(join(__dirname, name));
  }
  const failures: string[] = [];
  const counts = await new Promise<{ passed: number; failed: number }>(resolve => {
    const runner = mocha.run(failed => resolve({ passed: runner.stats?.passes ?? 0, failed }));
    runner.on('fail', (test, error) => failures.push(failureOf(test.fullTitle(), error)));
  });
  report({ ring: process.env['TEST_RING'] ?? 'integration', ...counts, failures });
  if (counts.failed > 0) {
    throw new Error(`${counts.failed} of ${counts.passed + counts.failed} integration tests failed`);
  }
  if (counts.passed === 0) {
    throw new Error('No integration test was run');
  }
}
