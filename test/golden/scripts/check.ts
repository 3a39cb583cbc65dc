/**
 * Runs every kind of generated script for real, over a table of settings and files, and compares the pictures that it saves
 * with the core's, sample by sample, and the shapes that it prints with those in its comments.
 *
 *   npm run check:scripts
 *
 * PyTorch, NumPy and OpenCV are those of the first python3 that has them (Debian's python3-torch and python3-opencv). ONNX
 * scripts build their models with the onnx package (Debian's python3-onnx) and run in ONNX Runtime, through its Node
 * binding, which is installed from npm into .vscode-test/golden on the first run. Keras is to be had from neither: a
 * stand-in for its two layers shows that the rest of these scripts runs. What was not run for real is said at the end.
 *
 * Not compared: averages that a script says may differ, since its framework sums so large windows in float32.
 *
 * The core pools the pixels that the script itself has loaded, so that a difference is one of pooling; that they are the
 * preview's pixels, to the last bit, is checked apart.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'npyjs';
import { type OperatorName, operatorNames } from '../../../src/core/operators';
import type { PoolOptions } from '../../../src/core/options';
import { avgPool2d, maxPool2d, pool } from '../../../src/core/pool';
import type { Tensor } from '../../../src/core/tensor';
import { decodeImage } from '../../../src/decode/decode';
import { samplesOf } from '../../../src/decode/samples';
import { npyBytes } from '../../../src/export/npy';
import { pooledPath } from '../../../src/export/pictureFile';
import { toPicture } from '../../../src/export/png';
import { InexpressibleError } from '../../../src/export/request';
import { type CodeTarget, codeTargets, poolingCode } from '../../../src/export/targets';
import { large, type View, views } from './pictures';
import { global, plain, settings } from './settings';

const ONNXRUNTIME = 'onnxruntime-node@1.30.0';
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What run.py tells of a script. */
interface Result {
  readonly printed: readonly string[];
  readonly error: string | null;
}

interface Run {
  readonly target: CodeTarget;
  readonly view: View;
  readonly operators: readonly OperatorName[];
  readonly options: PoolOptions;
  readonly folder: string;
  readonly script: string;
  readonly code: string;
}

const python = findPython();
const onnx = python.has('onnx') && (python.has('onnxruntime') || installOnnxRuntime());
const work = mkdtempSync(join(tmpdir(), 'scripts-'));
void main();

async function main(): Promise<void> {
  try {
    const { runs, refused } = await write();
    report(runs, refused, await check(runs));
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The first python3 with PyTorch, NumPy and OpenCV. */
function findPython(): { readonly path: string; readonly has: (name: string) => boolean } {
  const code = 'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, sys.argv[1:])))';
  const has = (path: string, ...names: string[]) => spawnSync(path, ['-c', code, ...names]).status === 0;
  const path = ['python3', '/usr/bin/python3'].find(each => has(each, 'torch', 'numpy', 'cv2'));
  if (!path) throw new Error('No python3 with torch, numpy and cv2: apt-get install python3-torch python3-opencv');
  return { path, has: name => has(path, name) };
}

function installOnnxRuntime(): boolean {
  const folder = here('../../../.vscode-test/golden');
  process.env['NODE'] = process.execPath;
  process.env['ONNXRUNTIME'] = folder;
  if (existsSync(`${folder}/node_modules/onnxruntime-node`)) return true;
  mkdirSync(folder, { recursive: true });
  if (!existsSync(`${folder}/package.json`)) writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true }));
  const npm = spawnSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', ONNXRUNTIME]);
  return npm.status === 0;
}

/**
 * Every setting on two files, with all operators in one script where the framework has both, else one by one; every
 * file with the plain setting, each operator in a script of its own.
 */
async function write(): Promise<{ runs: Run[]; refused: number }> {
  const runs: Run[] = [];
  let refused = 0;
  /** Whether there is such a script. */
  const add = async (target: CodeTarget, view: View, options: PoolOptions, operators: readonly OperatorName[]) => {
    const { path, bytes } = view.file;
    const picture = await decodeImage(bytes);
    let code: string;
    try {
      code = poolingCode(target, { path, picture, mode: view.mode, orient: view.orient, operators, options });
    } catch (error) {
      if (error instanceof InexpressibleError) return false;
      throw error;
    }
    const folder = join(work, `${runs.length}`);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
    const script = join(folder, 'script.py');
    writeFileSync(script, code);
    runs.push({ target, view, operators, options, folder, script, code });
    return true;
  };

  for (const target of codeTargets) {
    for (const view of views) for (const name of operatorNames) await add(target, view, plain, [name]);
    const cases = settings.flatMap((options, i) => [
      { view: views[i % views.length]!, options },
      { view: views[(i * 7 + 3) % views.length]!, options },
    ]);
    for (const [view, height, width] of large) cases.push({ view, options: global(height, width) });
    for (const { view, options } of cases) {
      if (await add(target, view, options, operatorNames)) continue;
      for (const name of operatorNames) if (!(await add(target, view, options, [name]))) refused++;
    }
  }
  return { runs, refused };
}

/** Arrays as NumPy is to load them: what each plain pooling makes of every file. */
async function writeArrays(): Promise<{ script: string; folder: string; tensor: Tensor }[]> {
  const arrays = [];
  for (const [i, { file, mode }] of views.entries()) {
    const { width, height, channels, data } = samplesOf(await decodeImage(file.bytes), mode);
    const input = { shape: [1, channels, height, width] as const, data };
    for (const tensor of [maxPool2d(input, plain).output, avgPool2d(input, plain).output]) {
      const script = join(work, `array-${i}-${tensor.data.constructor.name}.py`);
      writeFileSync(`${script}.npy`, npyBytes(tensor));
      // Channels last, as the tensor has them in memory; saved by NumPy itself.
      writeFileSync(
        script,
        `import numpy as np\nimage = np.load(${JSON.stringify(`${script}.npy`)}).transpose(0, 2, 3, 1)\n`,
      );
      arrays.push({ script, folder: work, tensor });
    }
  }
  return arrays;
}

/** Runs the scripts that can be run. A paragraph for each that fails. */
async function check(runs: readonly Run[]): Promise<string[]> {
  const able = runs.filter(({ target }) => target !== 'onnx' || onnx);
  const arrays = await writeArrays();
  writeFileSync(join(work, 'jobs.json'), JSON.stringify([...able, ...arrays]));
  // Stand-ins only for what this Python lacks.
  const standins = ['keras', 'onnxruntime'].filter(name => !python.has(name)).map(name => here(`standins/${name}`));
  const { status, stderr } = spawnSync(python.path, [here('run.py'), `${work}/jobs.json`, `${work}/results.json`], {
    env: {
      ...process.env,
      PYTHONPATH: standins.join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONWARNINGS: 'ignore',
    },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const results: Result[] = JSON.parse(readFileSync(`${work}/results.json`, 'utf8'));

  const failures: string[] = [];
  for (const [i, run] of able.entries()) {
    const { printed, error } = results[i]!;
    const problem = error ?? (await compare(run, printed));
    if (problem) failures.push(`${describe(run)}\n${problem}\n${run.code}`);
  }
  for (const [i, { script, tensor }] of arrays.entries()) {
    const { error } = results[able.length + i]!;
    const problem = error ?? compareArray(readArray(`${script}.image.npy`), tensor);
    if (problem) failures.push(`${script}\n${problem}`);
  }
  return failures;
}

function readArray(path: string): { readonly data: ArrayLike<number>; readonly shape: number[] } {
  const { data, shape } = parse(new Uint8Array(readFileSync(path)).buffer);
  return { data: data as Uint8Array | Uint16Array | Float32Array, shape };
}

function compareArray({ data, shape }: ReturnType<typeof readArray>, tensor: Tensor): string | undefined {
  const [n, channels, height, width] = tensor.shape;
  if (`${shape}` !== `${[n, height, width, channels]}`) return `NumPy loads the shape ${shape}`;
  if (data.constructor !== tensor.data.constructor) return `NumPy loads a ${data.constructor.name}`;
  const wrong = tensor.data.findIndex((value, i) => value !== data[i]);
  return wrong < 0 ? undefined : `value ${wrong} is loaded as ${data[wrong]}, not ${tensor.data[wrong]}`;
}

/** What is wrong with what a script has printed, loaded or saved. */
async function compare(run: Run, printed: readonly string[]): Promise<string | undefined> {
  const { view, operators, options, folder, script, code } = run;
  const promised = [...code.matchAll(/^print\(.*\) {2}# (.*)$/gm)].map(match => match[1]);
  if (promised.length < 2) return 'no shapes are printed';
  if (printed.join('\n') !== promised.join('\n')) return `printed ${printed.join(' ')}, not ${promised.join(' ')}`;

  const { data, shape } = readArray(`${script}.image.npy`);
  const [height, width, channels = 1] = shape as [number, number, number?];
  const image = await decodeImage(view.file.bytes, undefined, { orient: view.orient });
  const shown = samplesOf(image, view.mode);
  if (`${[height, width, channels]}` !== `${[shown.height, shown.width, shown.channels]}`) return `loaded ${shape}`;
  const off = shown.data.findIndex((value, i) => value !== data[i]);
  if (off >= 0) return `sample ${off} was loaded as ${data[off]}, but is shown as ${shown.data[off]}`;

  const loaded = { shape: [1, channels, height, width], data: data as Uint8Array | Uint16Array } as const;
  for (const operator of operators) {
    const { output } = pool(loaded, { ...options, operator });
    const expected = toPicture(output, image.bitDepth);
    const saved = await decodeImage(readFileSync(join(folder, pooledPath(view.file.path, operator))));
    for (const name of ['width', 'height', 'channels'] as const) {
      if (saved[name] !== expected[name]) return `saved ${name} ${saved[name]}, not ${expected[name]}`;
    }
    if (saved.bitDepth !== image.bitDepth) return `saved ${saved.bitDepth} bits, not ${image.bitDepth}`;
    // What a script says of itself: float32 is not enough for sums this large.
    if (operator === 'average' && code.includes('averages may differ')) continue;
    const wrong = expected.data.findIndex((value, i) => value !== saved.data[i]);
    if (wrong >= 0) return `${operator}: sample ${wrong} is ${saved.data[wrong]}, not ${expected.data[wrong]}`;
  }
  return undefined;
}

function describe({ target, view: { file, mode, orient }, operators, options }: Run): string {
  return `${target} ${operators.join(' and ')} of ${JSON.stringify({ path: file.path, mode, orient, ...options })}`;
}

function report(runs: readonly Run[], refused: number, failures: readonly string[]): void {
  for (const failure of failures.slice(0, 10)) console.error(`${failure}\n`);
  const unlike: Partial<Record<CodeTarget, string>> = {
    ...(!python.has('keras') && { keras: ', run with a stand-in for its two layers, not with Keras' }),
    ...(!onnx && { onnx: ', NOT RUN: no onnx package or no ONNX Runtime' }),
  };
  for (const target of codeTargets) {
    console.log(`${target}: ${runs.filter(run => run.target === target).length} scripts${unlike[target] ?? ''}`);
  }
  console.log(`${refused} poolings refused, as that framework has no such setting`);
  if (failures.length > 0) process.exitCode = 1;
  console.log(failures.length > 0 ? `${failures.length} failed` : 'All give the same samples, shapes and arrays.');
}
