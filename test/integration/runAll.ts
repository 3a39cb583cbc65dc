import type Mocha from 'mocha';
import { failureOf, report } from '../host/tally';

/**
 * Runs what has been loaded and reports it to whoever collects. Rejects with the number of tests that have failed; the
 * console gets the details.
 */
export async function runAll(mocha: Mocha): Promise<void> {
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
