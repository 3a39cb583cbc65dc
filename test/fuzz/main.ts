// npm run fuzz -- [--rounds 100000] [--seed 1] [--from 0] [--keep FOLDER]
// Decodes mutated pictures. A finding is written to test-results; seed and round give the same file again.
// --keep writes every mutant that still decodes into a folder, to be compared with another decoder.
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Finding, fuzz, limits, type Tally } from './fuzz';

interface Task {
  readonly from: number;
  readonly rounds: number;
  readonly seed: number;
  readonly keep?: string;
}

const finding = 'test-results/fuzz-finding.bin';

/** Rounds between signs of life. */
const step = 250;

async function work({ from, rounds, seed, keep }: Task): Promise<void> {
  for (let at = from; at < from + rounds; at += step) {
    const tally = await fuzz(at, Math.min(step, from + rounds - at), seed, (file, round) => {
      if (keep) writeFileSync(join(keep, `${seed}-${round}.${file[0] === 0x89 ? 'png' : 'jpg'}`), file);
    }).catch(error => {
      if (error instanceof Finding) {
        mkdirSync('test-results', { recursive: true });
        writeFileSync(finding, error.file);
      }
      throw error;
    });
    process.send!(tally);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      keep: { type: 'string' },
    },
  });
  const task: Task = {
    rounds: Number(values.rounds ?? 100_000),
    seed: Number(values.seed ?? 1),
    from: Number(values.from ?? 0),
    ...(values.keep !== undefined && { keep: values.keep }),
  };
  if (task.keep) mkdirSync(task.keep, { recursive: true });
  // A process of its own: one that hangs can be seen to hang.
  const worker = fork(__filename, [], { execArgv: process.execArgv, serialization: 'advanced' });
  worker.send(task);
  const refused = new Map<string, number>();
  let rounds = 0;
  let decoded = 0;
  let slowest = 0;
  let alarm: NodeJS.Timeout;
  const watch = () => {
    alarm = setTimeout(() => {
      console.error(`Hangs in rounds ${task.from + rounds} to ${task.from + rounds + step} of seed ${task.seed}.`);
      worker.kill();
    }, 30 * limits.milliseconds);
  };
  watch();
  worker.on('message', (tally: Tally) => {
    clearTimeout(alarm);
    watch();
    rounds += tally.rounds;
    decoded += tally.decoded;
    slowest = Math.max(slowest, tally.slowest);
    for (const [code, count] of tally.refused) refused.set(code, (refused.get(code) ?? 0) + count);
    if (rounds % 10_000 < step) console.log(`${rounds} of ${task.rounds}`);
  });
  worker.on('exit', code => {
    clearTimeout(alarm);
    if (code !== 0) {
      console.error(`Failed with seed ${task.seed}. The file is in ${finding} unless it hung.`);
      process.exit(1);
    }
    console.log(`${rounds} rounds of seed ${task.seed}: ${decoded} decoded rightly, the others refused:`);
    console.table(Object.fromEntries([...refused].sort((a, b) => b[1] - a[1])));
    console.log(
      `Slowest ${Math.round(slowest)} ms, memory at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB.`,
    );
    if (rounds < task.rounds) process.exitCode = 1;
  });
}

if (process.send) process.once('message', task => work(task as Task).then(() => process.disconnect()));
else void main();
