/** Runs the suites of this folder with Mocha in a window without a server. VS Code calls `run` after it has started. */
import 'mocha/mocha';
import { runAll } from '../runAll';

/** Resolves when every test has passed; rejects with the number of those that have not. The console gets the details. */
export async function run(): Promise<void> {
  mocha.setup({ ui: 'tdd', timeout: 60_000, reporter: 'spec', color: Boolean(process.env['MOCHA_COLOR']) });
  require('./virtualFolder.test.ts');
  await runAll(mocha);
}
