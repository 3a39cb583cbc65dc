// Times 8-bit pooling of a 4000×3000 picture: the product, its plain core, a naive loop and a memory copy; and ONNX Runtime,
// TensorFlow.js, OpenCV and PyTorch where they can be had.
//   npm run bench:pool -- [--only "max 3/1"] [--with "OpenCV,PyTorch"] [--rounds 9] [--markdown]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Case, type Contender, caseName } from './contender';
import { milliseconds, noise } from './noise';
import { memoryCopy, naive, oneShot, plain, product } from './own';
import { packageContenders } from './packages';
import { pythonContenders } from './python';

const WIDTH = 4000;
const HEIGHT = 3000;
/** Whoever has taken this long for a case is not asked again. */
const PATIENCE = 3000;

const rgb = { padding: 0, channels: 3 } as const;
const CASES: Case[] = (['max', 'average'] as const).flatMap(kind => [
  { ...rgb, kind, kernel: 2, stride: 2 },
  { ...rgb, kind, kernel: 3, stride: 2 },
  { ...rgb, kind, kernel: 3, stride: 2, padding: 1 },
  { ...rgb, kind, kernel: 3, stride: 1 },
  { ...rgb, kind, kernel: 15, stride: 1 },
  { ...rgb, kind, kernel: 31, stride: 1 },
  { ...rgb, kind, kernel: 2, stride: 2, channels: 1 },
  { ...rgb, kind, kernel: 3, stride: 1, channels: 1 },
  { ...rgb, kind, kernel: 15, stride: 1, channels: 1 },
  { ...rgb, kind, kernel: 31, stride: 1, channels: 1 },
]);

interface Result {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      with: { type: 'string' },
      rounds: { type: 'string', default: '9' },
      markdown: { type: 'boolean', default: false },
    },
  });
  const cases = CASES.filter(test => caseName(test).startsWith(values.only));
  const wanted = values.with?.split(',');
  const pictures = noise(HEIGHT, WIDTH);
  const others: Contender[] = [
    oneShot(pictures),
    plain(pictures),
    naive(pictures),
    ...(await packageContenders(pictures)),
    ...(await pythonContenders(HEIGHT, WIDTH)),
  ];
  const asked = others.filter(({ name }) => wanted?.includes(name) ?? true);
  const contenders = [memoryCopy(pictures), product(pictures), ...asked];

  const results = new Map<Case, Map<Contender, Result>>();
  for (const test of cases) {
    results.set(test, await measure(test, contenders, Number(values.rounds)));
    console.error(`${caseName(test)} done`);
  }
  console.log(values.markdown ? markdown(contenders, results) : table(contenders, results));
  // Those not asked for, too: their processes would keep this one alive.
  for (const other of others) other.close?.();
}

/** Contenders take turns, so that whatever else the machine does meets them all. */
async function measure(test: Case, contenders: Contender[], rounds: number): Promise<Map<Contender, Result>> {
  const runs = new Map<Contender, () => number | Promise<number>>();
  for (const contender of contenders) {
    const run = await contender.prepare(test).catch((error: Error) => {
      console.error(`${contender.name} fails at ${caseName(test)}: ${error.message}`);
      return null;
    });
    if (run) runs.set(contender, run);
  }
  const times = new Map<Contender, number[]>([...runs.keys()].map(contender => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [contender, run] of runs) {
      const taken = times.get(contender)!;
      if (taken.reduce((sum, time) => sum + time, 0) >= PATIENCE) continue;
      try {
        taken.push(await run());
      } catch (error) {
        console.error(`${contender.name} fails at ${caseName(test)}: ${(error as Error).message}`);
        runs.delete(contender);
        times.delete(contender);
      }
    }
  }
  return new Map([...times].map(([contender, taken]) => [contender, summary(taken)]));
}

/** Without the first two rounds, which warm up, unless there are no others. */
function summary(times: number[]): Result {
  const warm = (times.length > 4 ? times.slice(2) : times.slice(-1)).sort((a, b) => a - b);
  return { median: warm[warm.length >> 1]!, least: warm[0]!, most: warm.at(-1)! };
}

/** The heading, and the contenders with what was measured of them. */
function legend(contenders: Contender[]): string[] {
  return [
    `${WIDTH}×${HEIGHT} uint8, milliseconds: median of the rounds (least to most); × is the time over this product's.`,
    `${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)} (more than 1 is others' work); Node ${process.versions.node}.`,
    ...contenders.map(({ name, about }) => `${name}: ${about}.`),
  ];
}

function table(contenders: Contender[], results: Map<Case, Map<Contender, Result>>): string {
  const own = contenders.find(({ name }) => name === 'this')!;
  const lines = [...legend(contenders), ''];
  for (const [test, of] of results) {
    lines.push(caseName(test));
    for (const [{ name }, { median, least, most }] of of) {
      const ratio = median / of.get(own)!.median;
      const range = `${milliseconds(least)} to ${milliseconds(most)}`;
      lines.push(
        `  ${name.padEnd(14)}${milliseconds(median).padStart(9)}  (${range})`.padEnd(50) +
          `${ratio.toFixed(2)} ×`.padStart(10),
      );
    }
  }
  return lines.join('\n');
}

function markdown(contenders: Contender[], results: Map<Case, Map<Contender, Result>>): string {
  const own = contenders.find(({ name }) => name === 'this')!;
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rows = [...results].map(([test, of]) =>
    row([
      caseName(test),
      ...contenders.map(contender => {
        const result = of.get(contender);
        if (!result) return '';
        const ratio = result.median / of.get(own)!.median;
        return contender === own
          ? `**${milliseconds(result.median)}**`
          : `${milliseconds(result.median)} (${ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)}×)`;
      }),
    ]),
  );
  return [
    row(['kernel/stride', ...contenders.map(({ name }) => name)]),
    row(['---', ...contenders.map(() => '---:')]),
    ...rows,
    '',
    legend(contenders).join(' '),
  ].join('\n');
}

void main();
