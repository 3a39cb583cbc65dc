// Times the operators that have no peer to compare with against copying the input, and a stack of poolings as the engine
// computes it when a knob is turned.
//   npm run bench:operators -- [--only "adaptiveMax"] [--rounds 9]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Pooler } from '../../src/core/fast/pooler';
import { optionsOf, type PoolingLayer } from '../../src/core/layer';
import { planLayer } from '../../src/core/plan';
import { pool } from '../../src/core/pool';
import type { Tensor } from '../../src/core/tensor';
import { takeMemory } from '../../src/core/webAssembly';
import { PoolCache } from '../../src/engine/poolCache';
import { StackCache } from '../../src/engine/stackCache';
import { base } from '../options';
import { timed } from './contender';
import { milliseconds, noise } from './noise';
import { memoryCopy } from './own';

const WIDTH = 4000;
const HEIGHT = 3000;
/** Whatever has taken this long is not run again. */
const PATIENCE = 3000;

const LAYERS: readonly PoolingLayer[] = [
  { operator: 'globalAverage' },
  { operator: 'globalMax' },
  ...[7, 224, 1000].flatMap(side =>
    (['adaptiveAverage', 'adaptiveMax'] as const).map(operator => ({ operator, outputSize: [side, side] }) as const),
  ),
  ...[1, 2].flatMap(norm => [square('lp', 2, 2, norm), square('lp', 3, 1, norm)]),
  square('maxBlur', 2, 2),
  square('maxBlur', 3, 1),
];

/** Five poolings, and the one in the first place after a turn of its knob. */
const STACK = [
  square('max', 2, 2),
  square('average', 2, 2),
  square('max', 3, 1),
  square('average', 3, 1),
  square('max', 2, 2),
];
const TURNED = square('max', 3, 2);

function square(operator: PoolingLayer['operator'], kernel: number, stride: number, norm = 2): PoolingLayer {
  return { ...base, operator, norm, kernelSize: [kernel, kernel], stride: [stride, stride] };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, rounds: { type: 'string', default: '9' } },
  });
  const rounds = Number(values.rounds);
  console.log(
    `${cpus()[0]?.model}, load ${loadavg()[0]!.toFixed(1)} (more than 1 is others' work); milliseconds, medians.`,
  );
  console.log(
    `${WIDTH}×${HEIGHT} uint8; × is the time over copying the input once. pool: pool(), a fresh output each time;`,
  );
  console.log('bytes: what the screen shows, picture in place, output reused; exact: all exact values, copied.\n');
  const pictures = noise(HEIGHT, WIDTH);
  const pooler = new Pooler(takeMemory()!);
  for (const channels of [3, 1] as const) {
    const picture = pictures(channels);
    pooler.load(picture);
    const copy = await memoryCopy(pictures).prepare({ kind: 'max', kernel: 1, stride: 1, padding: 0, channels });
    for (const layer of LAYERS.filter(({ operator }) => operator.startsWith(values.only))) {
      const plan = planLayer(layer.operator, picture.shape, optionsOf(layer));
      const medians = await measure(rounds, {
        copy: copy!,
        pool: () => timed(() => pool(picture, layer)),
        ...(pooler.bytes(plan) && {
          bytes: () => timed(() => pooler.bytes(plan)),
          exact: () => timed(() => pooler.exactCopy(plan)),
        }),
      });
      console.log(`${layerName(layer)}${channels === 1 ? ' grey' : ''}`.padEnd(32) + row(medians));
    }
  }
  if ('stack'.startsWith(values.only)) await benchStack(rounds, pictures(3));
}

/** From a turn of a knob to the pixels of all stages on a screen, without the thread's messages. */
async function benchStack(rounds: number, large: Tensor<Uint8Array>): Promise<void> {
  console.log(`\nA stack, ${STACK.map(layerName).join(', ')}: a turn of the first or the last layer's knob`);
  for (const { shape, data } of [noise(700, 1024)(3), large]) {
    const stack = new StackCache(new PoolCache({ shape, data }));
    const show = (layers: readonly PoolingLayer[]) => {
      for (let i = 1; i <= layers.length; i++) {
        stack.tile(`stage${i}`, layers.slice(0, i), { x: 0, y: 0, width: 4000, height: 3000, columns: 400, rows: 300 });
      }
    };
    // What is kept of the other setting is lost by each turn.
    const turns = (one: readonly PoolingLayer[], other: readonly PoolingLayer[]) => {
      show(one);
      const [to, back] = [timed(() => show(other)), timed(() => show(one))];
      return (to + back) / 2;
    };
    const medians = await measure(rounds, {
      first: () => turns(STACK, [TURNED, ...STACK.slice(1)]),
      last: () => turns(STACK, [...STACK.slice(0, -1), TURNED]),
    });
    const cells = [...medians].map(([name, time]) => `${name} ${milliseconds(time)}`);
    console.log(`${shape[3]}×${shape[2]}`.padEnd(32) + cells.join('  '));
  }
}

/** The median of each run's times, by name. Runs take turns, so that whatever else the machine does meets them all. */
async function measure(
  rounds: number,
  runs: Record<string, () => number | Promise<number>>,
): Promise<Map<string, number>> {
  const times = new Map<string, number[]>(Object.keys(runs).map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const taken = times.get(name)!;
      if (taken.reduce((sum, time) => sum + time, 0) < PATIENCE) taken.push(await run());
    }
  }
  return new Map([...times].map(([name, taken]) => [name, median(taken)]));
}

/** Without the first two rounds, which warm up, unless there are no others. */
function median(times: readonly number[]): number {
  const warm = (times.length > 4 ? times.slice(2) : times.slice(-1)).sort((a, b) => a - b);
  return warm[warm.length >> 1]!;
}

function row(medians: Map<string, number>): string {
  const copy = medians.get('copy')!;
  return [...medians]
    .map(([name, time]) => {
      const ratio = name === 'copy' ? '' : ` (${(time / copy).toFixed(1)}×)`;
      return `${name} ${milliseconds(time)}${ratio}`.padEnd(22);
    })
    .join('')
    .trimEnd();
}

function layerName(layer: PoolingLayer): string {
  const { kernelSize, stride, norm, outputSize } = optionsOf(layer);
  if (outputSize) return `${layer.operator} ${outputSize.join('×')}`;
  if (!('kernelSize' in layer)) return layer.operator;
  const name = layer.operator === 'lp' ? `lp ${norm}` : layer.operator;
  return `${name} ${kernelSize[0]}/${stride[0]}`;
}

void main();
