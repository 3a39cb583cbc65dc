import type { Reporter, Suite } from '@playwright/test/reporter';
import { report } from '../host/tally';

/** Counts the end-to-end tests for the total of `npm test`. */
export default class TallyReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): void {
    const outcomes = this.suite?.allTests().map(test => test.outcome()) ?? [];
    const count = (wanted: (typeof outcomes)[number]) => outcomes.filter(outcome => outcome === wanted).length;
    report({ ring: 'end to end', passed: count('expected'), failed: count('unexpected') });
  }

  printsToStdio(): boolean {
    return false;
  }
}
