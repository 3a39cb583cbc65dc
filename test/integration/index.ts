/** Runs the suites of this folder with Mocha inside the extension host of Node. VS Code calls `run` after it has started. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { runAll } from './runAll';

/** Resolves when every test has passed; rejects with the number of those that have not. The console gets the details. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: Boolean(process.env['MOCHA_COLOR']) });
  if (process.env['SOAK']) mocha.fgrep('Under load');
  for (const name of readdirSync(__dirname).filter(name => name.endsWith('.test.js'))) {
    mocha.addFile(join(__dirname, name));
  }
  await runAll(mocha);
}
