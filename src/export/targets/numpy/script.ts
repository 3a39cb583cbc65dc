import { tupleText } from '../../../core/pythonText';
import { digitsNotes, type Job, type Pooling, sumType } from '../../job';
import { readingLines, writingLastLines, writingLines } from '../../pictureFile';
import { indented, pythonScript } from '../../python';
import { InexpressibleError } from '../../request';
import type { StackJob } from '../../stackJob';
import { rows } from './rows';

const imports = ['import cv2', 'import numpy as np', 'from numpy.lib.stride_tricks import sliding_window_view'];

/** The pooling as courses write it: two loops over the output's pixels, one function for each operator. */
export function numpyLoopsCode(job: Job): string {
  const functions = job.poolings.map(pooling => loopFunction(pooling, job.shape[1], `${pooling.variable}_pool`));
  const blocks = job.poolings.map(pooling => [
    `${pooling.variable}_pooled = ${pooling.variable}_pool(x)`,
    ...writingLines(job, pooling, `${pooling.variable}_pooled`),
  ]);
  return pythonScript(imports, [[...readingLines(job), ...tensorLines(job.poolings)], ...blocks], functions);
}

/** The pooling without loops: all windows at once, as a view of the picture. */
export function numpyCode(job: Job): string {
  const wide = sumType(job.poolings) === 'float64';
  let before = '';
  const blocks = job.poolings.map(pooling => {
    const { made, shown, steps, value } = rows[pooling.name].recipe(pooling, job.shape[1], wide);
    const print = shown ? [`print(${shown.name}.shape)  # ${tupleText(shown.shape)}`] : [];
    // Without padding all operators have the same windows: write their lines once.
    const isNew = made.join('\n') !== before;
    before = made.join('\n');
    return [
      ...(isNew ? [...made, ...print] : []),
      ...steps,
      `${pooling.variable}_pooled = ${value}`,
      ...writingLines(job, pooling, `${pooling.variable}_pooled`),
    ];
  });
  return pythonScript(imports, [[...readingLines(job), ...tensorLines(job.poolings)], ...blocks]);
}

/**
 * A stack as functions with loops, one for each kind of pooling.
 * @throws {InexpressibleError} for convolutions
 */
export function numpyLoopsStackCode(job: StackJob): string {
  return stackCode(job, loopFunction);
}

/**
 * A stack as functions without loops, one for each kind of pooling.
 * @throws {InexpressibleError} for convolutions
 */
export function numpyStackCode(job: StackJob): string {
  return stackCode(job, (pooling, channels, name) => {
    const { made, steps, value } = rows[pooling.name].recipe(pooling, channels, sumType([pooling]) === 'float64');
    return [`def ${name}(x):`, ...indented([...made, ...steps, `return ${value}`])];
  });
}

function loopFunction(pooling: Pooling, channels: number, name: string): string[] {
  return [`def ${name}(x):`, ...indented(rows[pooling.name].loops(pooling, channels))];
}

/** @param write a function of the script with this name */
function stackCode(job: StackJob, write: (pooling: Pooling, channels: number, name: string) => string[]): string {
  const channels = job.shape[1];
  const poolings = job.steps.map(({ pooling }) => {
    if (pooling) return pooling;
    throw new InexpressibleError('convolution', 'NumPy has no convolution of many channels.');
  });
  // Poolings with the same lines share a function.
  const functions = new Map<string, { readonly name: string; readonly lines: readonly string[] }>();
  const names = new Map<string, number>();
  const calls = poolings.map(pooling => {
    const base = `${pooling.variable}_pool`;
    const key = write(pooling, channels, base).join('\n');
    let known = functions.get(key);
    if (!known) {
      const count = (names.get(base) ?? 0) + 1;
      names.set(base, count);
      const name = count === 1 ? base : `${base}_${count}`;
      known = { name, lines: write(pooling, channels, name) };
      functions.set(key, known);
    }
    const sums = sumType([pooling]);
    const shape = channels === 1 ? pooling.output : [...pooling.output, channels];
    return [
      ...digitsNotes([pooling], sums),
      // What each function returns is float32.
      `x = ${known.name}(${sums === 'float64' ? 'x.astype(np.float64)' : 'x'})`,
      `print(x.shape)  # ${tupleText(shape)}`,
    ];
  });
  const definitions = [...functions.values()].map(({ lines }) => lines);
  const [, , height, width] = job.output;
  return pythonScript(
    imports,
    [
      [...readingLines(job), ...tensorLines([])],
      ...(calls.length > 0 ? [calls.flat()] : []),
      writingLastLines(job, [height, width], 'x'),
    ],
    definitions,
  );
}

function tensorLines(poolings: readonly Pooling[]): string[] {
  const sums = sumType(poolings);
  return [...digitsNotes(poolings, sums), `x = image.astype(np.${sums})`];
}
