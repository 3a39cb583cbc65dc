/** `npm test`: every check and test there is, one after the other, and one total at the end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { typescript } from './guarded';
import { endWithParent } from './parent';
import { readTallies, tallyVariable } from './tally';

interface Stage {
  /** Its script in package.json. */
  readonly script: string;
  /** How many rings of tests it reports: fewer mean that some never ran. */
  readonly rings: number;
  /** Whether it is pointless when `build` has failed. */
  readonly needsBuild?: boolean;
}

const stages: readonly Stage[] = [
  { script: 'check', rings: 0 },
  { script: 'test:unit', rings: 1 },
  { script: 'test:browser', rings: 1 },
  { script: 'build', rings: 0 },
  { script: 'test:vscode', rings: 4, needsBuild: true },
  { script: 'test:e2e', rings: 1, needsBuild: true },
];

let running: ChildProcess | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    interrupt(running);
  });
}
endWithParent();

/** Does to a stage what Ctrl-C in a terminal would: all its processes hear it, not only npm. */
function interrupt(stage: ChildProcess | undefined): void {
  if (stage?.pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    stage.kill('SIGINT');
    return;
  }
  try {
    process.kill(-stage.pid, 'SIGINT');
  } catch {
    // ESRCH: it has just ended.
  }
}

/** Installing waits for the network and the disk, the first stages for the processor. */
function prepare(): void {
  spawn(process.execPath, [...typescript, join(__dirname, 'prepare.ts')], { stdio: 'ignore' }).unref();
}

async function main(): Promise<number> {
  prepare();
  const folder = mkdtempSync(join(tmpdir(), 'pooling-preview-tally-'));
  const tallies = join(folder, 'tallies');
  writeFileSync(tallies, '');
  const failures: string[] = [];
  /** What went wrong without being a failed test: a check, a build, a ring that did not come to its end. */
  let uncounted = 0;
  try {
    for (const { script, rings, needsBuild } of stages) {
      if (interrupted) {
        break;
      }
      if (needsBuild && failures.includes('build')) {
        failures.push(script);
        uncounted++;
        continue;
      }
      console.log(`\n=== npm run ${script} ===`);
      const before = readTallies(tallies);
      const ok = await runScript(script, { [tallyVariable]: tallies });
      const counted = readTallies(tallies).slice(before.length);
      const failed = counted.reduce((sum, tally) => sum + tally.failed, 0);
      const complete = counted.length >= rings;
      if (!ok || !complete || failed > 0) {
        failures.push(script);
        uncounted += !interrupted && (failed === 0 || !complete) ? 1 : 0;
      }
    }
    const all = readTallies(tallies);
    console.log('\n=== total ===');
    for (const { ring, passed, failed, failures } of all) {
      console.log(`${ring}: ${passed} passed, ${failed} failed`);
      for (const failure of failures) console.log(`  ${failure}`);
    }
    if (interrupted) {
      console.log('Interrupted');
    } else if (failures.length > 0) {
      console.log(`Failed: ${failures.map(script => `npm run ${script}`).join(', ')}`);
    }
    const passed = all.reduce((sum, tally) => sum + tally.passed, 0);
    const failed = all.reduce((sum, tally) => sum + tally.failed, uncounted);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && !interrupted ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runScript(script: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  running = spawn('npm', ['run', '--silent', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32', // a process group of its own, see interrupt()
    shell: process.platform === 'win32', // npm is npm.cmd there
  });
  const [code, signal] = (await once(running, 'exit')) as [number | null, NodeJS.Signals | null];
  running = undefined;
  interrupted ||= signal !== null || code === 128 + constants.signals.SIGINT;
  return code === 0;
}

void main().then(process.exit);
