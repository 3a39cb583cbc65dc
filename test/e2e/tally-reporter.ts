import type { Reporter, Suite } from '@playwright/test/reporter';
import { failureOf, report } from '../host/tally';

/** Counts the end-to-end tests for the total of `npm test`. */
export default class TallyReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): void {
    const tests = this.suite?.allTests() ?? [];
    const failed = tests.filter(test => test.outcome() === 'unexpected');
    report({
      ring: 'end to end',
      passed: tests.filter(test => test.outcome() === 'expected').length,
      failed: failed.length,
      failures: failed.map(test => failureOf(test.titlePath().filter(Boolean).join(' › '), test.results.at(-1)?.error)),
    });
  }

  printsToStdio(): boolean {
    return false;
  }
}
