/** Runs the suites of this folder with Mocha inside the extension host of a browser. VS Code calls `run` after it has started. */
import { readdirSync } from 'node:fs';
import 'mocha/mocha';
import { runAll } from './runAll';

/** Resolves when every test has passed; rejects with the number of those that have not. The console gets the details. */
export async function run(): Promise<void> {
  mocha.setup({ ui: 'tdd', timeout: 60_000, reporter: 'spec', color: Boolean(process.env['MOCHA_COLOR']) });
  const name = /^(.*)\.test\.ts$/;
  for (const file of readdirSync(__dirname)) {
    const suite = name.exec(file)?.[1];
    // The bundler puts all files in whose names can come of this.
    if (suite) require(`./${suite}.test.ts`);
  }
  await runAll(mocha);
}
