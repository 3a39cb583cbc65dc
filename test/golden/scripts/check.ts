/**
 * Runs every kind of generated script for real, over a table of settings and files, and compares the pictures that it saves
 * with the core's, sample by sample, and the shapes that it prints with those in its comments.
 *
 *   npm run check:scripts
 *
 * PyTorch, NumPy and OpenCV are those of the first python3 that has them (Debian's python3-torch and python3-opencv). ONNX
 * scripts build their models with the onnx package (Debian's python3-onnx) and run in ONNX Runtime, through its Node
 * binding, which is installed from npm into .vscode-test/golden on the first run. Keras is to be had from neither: a
 * stand-in for its layers shows that the rest of these scripts runs. What was not run for real is said at the end.
 *
 * Every sample has to be the core's. Where a script adds or roots floats (Lᵖ, the blur, and what follows an average in a
 * stack) the last bit is its framework's own: there a sample may be off by 1 if the core's value lies next to a whole
 * number, within {@link nextToWhole}. So it may where the script itself says that averages may differ, since its framework
 * adds so large windows in float32; there by as much as such a sum drifts. How many are is said at the end. Of stacks with
 * convolutions, whose weights are random, only the shapes are compared.
 *
 * The core pools the pixels that the script itself has loaded, and altered, so that a difference is one of pooling; that
 * they are the preview's pixels, with its noise or shift, to the last bit, is checked apart.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'npyjs';
import { isPooling, type Layer } from '../../../src/core/layer';
import { type OperatorName, operatorNames } from '../../../src/core/operators';
import type { PoolOptions } from '../../../src/core/options';
import { avgPool2d, maxPool2d, pool } from '../../../src/core/pool';
import { planStack } from '../../../src/core/stack';
import type { Tensor } from '../../../src/core/tensor';
import { decodeImage } from '../../../src/decode/decode';
import { samplesOf } from '../../../src/decode/samples';
import { npyBytes } from '../../../src/export/npy';
import { pooledPath } from '../../../src/export/pictureFile';
import { toPicture } from '../../../src/export/png';
import { type FileRequest, InexpressibleError } from '../../../src/export/request';
import { type CodeTarget, codeTargets, poolingCode, stackCode } from '../../../src/export/targets';
import { type Alteration, altered } from '../../../src/lab/alteration';
import { alterationCases } from './alterations';
import { deep, large, type View, views } from './pictures';
import { global, others, plain, settings } from './settings';
import { stackCases } from './stacks';

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
  readonly alteration: Alteration | undefined;
  /** What the script makes, for messages. */
  readonly about: string;
  readonly folder: string;
  readonly script: string;
  readonly code: string;
  /** What the core makes of the tensor that the script has loaded: the pictures that the script saves. */
  readonly outputs: (loaded: Tensor) => readonly Output[];
  /** The shapes behind the layers of a stack. */
  readonly shapes?: readonly Tensor['shape'][];
}

interface Output {
  readonly name: OperatorName | 'stack';
  readonly output: Tensor;
  /** Whether every sample has to be the script's. */
  readonly isExact: boolean;
}

/** How far from a whole number a value of this size is still next to it: two roundings to float32. */
function nextToWhole(value: number): number {
  return Math.max(1e-5, Math.abs(value) * 2 ** -22);
}

/** Operators whose values come from more than one rounding. */
const rounded: readonly OperatorName[] = ['lp', 'maxBlur'];

/** Samples that are off as far as they may be, and all that were compared. */
const counts = { off: 0, compared: 0 };

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
 * Every setting on two files, with all operators in one script where the framework has them, else one by one; every
 * file with the plain setting, each operator in a script of its own; every stack on three files; and altered pictures.
 */
async function write(): Promise<{ runs: Run[]; refused: number }> {
  const runs: Run[] = [];
  let refused = 0;
  const add = async (
    target: CodeTarget,
    view: View,
    about: string,
    codeOf: (request: FileRequest) => string,
    made: Pick<Run, 'outputs' | 'shapes'>,
    alteration?: Alteration,
  ) => {
    const { path, bytes } = view.file;
    const picture = await decodeImage(bytes);
    let code: string;
    try {
      code = codeOf({ path, picture, mode: view.mode, orient: view.orient, ...(alteration && { alteration }) });
    } catch (error) {
      if (error instanceof InexpressibleError) return false;
      throw error;
    }
    const folder = join(work, `${runs.length}`);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
    const script = join(folder, 'script.py');
    writeFileSync(script, code);
    runs.push({ target, view, alteration, about, folder, script, code, ...made });
    return true;
  };
  /** Whether there is such a script. */
  const addPoolings = (
    target: CodeTarget,
    view: View,
    options: PoolOptions,
    operators: readonly OperatorName[],
    alteration?: Alteration,
  ) =>
    add(
      target,
      view,
      `${operators.join(' and ')} with ${JSON.stringify(options)}`,
      request => poolingCode(target, { ...request, operators, options }),
      {
        outputs: loaded =>
          operators.map(name => ({
            name,
            output: pool(loaded, { ...options, operator: name }).output,
            isExact: !rounded.includes(name),
          })),
      },
      alteration,
    );
  const addStack = async (
    target: CodeTarget,
    view: View,
    name: string,
    layers: readonly Layer[],
    alteration?: Alteration,
  ) => {
    const { width, height, channels } = samplesOf(await decodeImage(view.file.bytes, undefined, view), view.mode);
    const shapes = planStack([1, channels, height, width], layers).map(({ shape }) => shape);
    return add(
      target,
      view,
      name,
      request => stackCode(target, { ...request, layers }),
      { outputs: loaded => lastOf(loaded, layers), shapes },
      alteration,
    );
  };

  for (const target of codeTargets) {
    for (const view of views) for (const name of operatorNames) await addPoolings(target, view, plain, [name]);
    const cases = settings.flatMap((options, i) => [
      { view: views[i % views.length]!, options, operators: windows },
      { view: views[(i * 7 + 3) % views.length]!, options, operators: windows },
    ]);
    for (const [i, other] of others.entries()) {
      cases.push({ view: views[(i * 5 + 1) % views.length]!, ...other });
      cases.push({ view: views[(i * 3 + 3) % views.length]!, ...other });
      cases.push({ view: deep[i % deep.length]!, ...other });
    }
    for (const [view, height, width] of large) {
      cases.push({ view, options: global(height, width), operators: windows });
      for (const outputSize of [
        [1, 1],
        [1, 2],
        [3, 4],
      ] as const) {
        const operators = ['adaptiveMax', 'adaptiveAverage', 'globalAverage'] as const;
        cases.push({ view, options: { ...plain, outputSize }, operators });
      }
    }
    for (const { view, options, operators } of cases) {
      if (await addPoolings(target, view, options, operators)) continue;
      for (const name of operators) if (!(await addPoolings(target, view, options, [name]))) refused++;
    }
    for (const { name, view, layers } of stackCases(deep)) {
      if (!(await addStack(target, view, name, layers))) refused++;
    }
    for (const { view, alteration } of alterationCases(views)) {
      await addPoolings(target, view, plain, windows, alteration);
    }
    for (const { view, alteration } of alterationCases(deep).filter((_, i) => i % 20 === 0)) {
      await addStack(target, view, 'maxima', [max, max], alteration);
    }
  }
  return { runs, refused };
}

const max: Layer = { ...plain, operator: 'max' };

/** The operators that {@link settings} is for. */
const windows: readonly OperatorName[] = ['max', 'average', 'min'];

/** The picture behind the last layer, if it is known; exact as long as every layer only selects values. */
function lastOf(input: Tensor, layers: readonly Layer[]): Output[] {
  let output = input;
  for (const layer of layers) {
    if (!isPooling(layer)) return [];
    output = pool(output, layer).output;
  }
  return [{ name: 'stack', output, isExact: !(output.data instanceof Float32Array) }];
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
  const { view, alteration, folder, script, code } = run;
  const promised = [...code.matchAll(/^(?:print\(.*\)| {4,}.*,) {2}# (.*)$/gm)].map(match => match[1]!);
  if (promised.length < 2) return 'no shapes are printed';
  // A loop over layers prints a layer's name before its shape.
  const shapes = printed.map(line => line.replace(/^\w+ (?=[[(])/, ''));
  if (shapes.join('\n') !== promised.join('\n')) return `printed ${shapes.join(' ')}, not ${promised.join(' ')}`;
  if (run.shapes && !isPartOf(run.shapes.map(shapeText(run)), shapes)) {
    return `printed ${shapes.join(' ')}, which lacks a shape of ${run.shapes.map(shapeText(run)).join(' ')}`;
  }

  const { data, shape } = readArray(`${script}.image.npy`);
  const [height, width, channels = 1] = shape as [number, number, number?];
  const image = await decodeImage(view.file.bytes, undefined, { orient: view.orient });
  const shown = samplesOf(image, view.mode);
  if (`${[height, width, channels]}` !== `${[shown.height, shown.width, shown.channels]}`) return `loaded ${shape}`;
  const loaded = { shape: [1, channels, height, width], data: data as Uint8Array | Uint16Array } as const;
  const pixels = alteration ? altered({ ...loaded, data: shown.data }, alteration).data : shown.data;
  if (data.constructor !== pixels.constructor) return `loaded as a ${data.constructor.name}`;
  const off = pixels.findIndex((value, i) => value !== data[i]);
  if (off >= 0) return `sample ${off} was loaded as ${data[off]}, but is shown as ${pixels[off]}`;

  for (const { name, output, isExact } of run.outputs(loaded)) {
    const expected = toPicture(output, image.bitDepth);
    const saved = await decodeImage(readFileSync(join(folder, pooledPath(view.file.path, name, alteration))));
    for (const side of ['width', 'height', 'channels'] as const) {
      if (saved[side] !== expected[side]) return `saved ${side} ${saved[side]}, not ${expected[side]}`;
    }
    if (saved.bitDepth !== image.bitDepth) return `saved ${saved.bitDepth} bits, not ${image.bitDepth}`;
    // What a script says of itself: its framework rounds more often, or adds more than float32 holds.
    const isNarrow = output.data instanceof Float32Array && code.includes('may differ from the preview');
    for (const [i, value] of expected.data.entries()) {
      counts.compared++;
      if (value === saved.data[i]) continue;
      const exact = output.data[i]!;
      const isNext = !isExact && Math.abs(exact - Math.round(exact)) <= nextToWhole(exact);
      const difference = Math.abs(value - saved.data[i]!);
      if (isNarrow ? difference > 1 + value * 2 ** -12 : !isNext || difference > 1) {
        return `${name}: sample ${i} is ${saved.data[i]}, not ${value} (${exact})`;
      }
      counts.off++;
    }
  }
  return undefined;
}

/** Whether some texts are among others, in order. */
function isPartOf(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const text of all) if (text === some[at]) at++;
  return at === some.length;
}

/** A shape as the target prints it. */
function shapeText({ target }: Run): (shape: Tensor['shape']) => string {
  const writers = {
    pytorch: ([n, c, h, w]) => `[${[n, c, h, w].join(', ')}]`,
    onnx: ([n, c, h, w]) => `[${[n, c, h, w].join(', ')}]`,
    keras: ([n, c, h, w]) => `(${[n, h, w, c].join(', ')})`,
    numpy: ([, c, h, w]) => `(${(c === 1 ? [h, w] : [h, w, c]).join(', ')})`,
    'numpy-loops': ([, c, h, w]) => `(${(c === 1 ? [h, w] : [h, w, c]).join(', ')})`,
  } satisfies Record<CodeTarget, (shape: Tensor['shape']) => string>;
  return writers[target];
}

function describe({ target, view: { file, mode, orient }, alteration, about }: Run): string {
  return `${target}: ${about}, of ${JSON.stringify({ path: file.path, mode, orient, alteration })}`;
}

function report(runs: readonly Run[], refused: number, failures: readonly string[]): void {
  for (const failure of failures.slice(0, 10)) console.error(`${failure}\n`);
  const unlike: Partial<Record<CodeTarget, string>> = {
    ...(!python.has('keras') && { keras: ', run with a stand-in for its layers, not with Keras' }),
    ...(!onnx && { onnx: ', NOT RUN: no onnx package or no ONNX Runtime' }),
  };
  for (const target of codeTargets) {
    const own = runs.filter(run => run.target === target);
    const stacks = own.filter(({ shapes }) => shapes).length;
    const altered = own.filter(({ alteration }) => alteration).length;
    const kinds = `${stacks} of them of stacks, ${altered} of altered pictures`;
    console.log(`${target}: ${own.length} scripts, ${kinds}${unlike[target] ?? ''}`);
  }
  console.log(`${refused} poolings and stacks refused, as that framework has no such setting`);
  console.log(`${counts.off} of ${counts.compared} samples off, by 1 next to a whole number or as their script says`);
  if (failures.length > 0) process.exitCode = 1;
  console.log(
    failures.length > 0
      ? `${failures.length} failed`
      : 'All give the same samples otherwise, and the same shapes and arrays.',
  );
}
