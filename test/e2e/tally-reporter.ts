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
    const passed = outcomes.filter(outcome => outcome === 'expected').length;
    const skipped = outcomes.filter(outcome => outcome === 'skipped').length;
    report({ ring: 'end to end', passed, failed: outcomes.length - passed - skipped });
  }

  printsToStdio(): boolean {
    return false;
  }
}
