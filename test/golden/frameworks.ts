/**
 * Golden values from real ONNX Runtime and from TensorFlow.js (whose 'valid' and 'same' are Keras'): writes onnx.json,
 * onnx-layers.json (Lᵖ and global pooling) and keras.json beside this file. Installs both packages into .vscode-test/golden first, which git ignores.
 *
 *   node --import tsx test/golden/frameworks.ts
 *
 * Left out on purpose:
 * - NaN: ONNX Runtime's maximum passes over it, and what TensorFlow does depends on the device.
 * - The index of a maximum whose window dilation leads past the image: it lies outside the picture.
 * - Kernels larger than the padded picture: the runtime rounds the negative quotient towards zero, the standard rounds down.
 * - auto_pad with a stride larger than the kernel, on which runtimes disagree.
 * - Lᵖ pooling of bytes, which the runtime does not have: the picture is a float32 tensor, as in scripts. Powers and roots
 *   differ in the last digit from processor to processor, so these values are marked as close, and so are global averages.
 * - TensorFlow.js with numbers for padding: it takes the kernel's height for both axes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Pair } from '../../src/core/options';
import type { Shape } from '../../src/core/tensor';
import type { KerasKnobs, OnnxKnobs } from '../knobs';
import { random } from '../random';
import { type PoolNode, poolModel } from './onnx-model';

const PACKAGES = {
  'onnxruntime-node': '1.30.0',
  '@tensorflow/tfjs-core': '4.22.0',
  '@tensorflow/tfjs-backend-cpu': '4.22.0',
};
const SEED = 20240608;
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const folder = here('../../.vscode-test/golden');
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true }));
if (!Object.keys(PACKAGES).every(name => existsSync(`${folder}/node_modules/${name}`))) {
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  const { status } = spawnSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', ...wanted], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('npm could not install the frameworks');
}
const load = createRequire(`${folder}/package.json`);

const next = random(SEED);
const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
const pick = <T>(...choices: T[]): T => choices[int(0, choices.length - 1)]!;
const pair = (low: number, high: number): Pair => [int(low, high), int(low, high)];

type Numbers = Uint8Array | Float32Array;

function base64(data: Numbers | Int32Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
}

/** Reorders one picture between `[C, H, W]` and the product's `(y * W + x) * C + c`. */
function toChannelsLast<D extends Numbers | Int32Array>(data: D, [, channels, height, width]: Shape): D {
  const out = data.slice() as D;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height * width; i++) out[i * channels + c] = data[c * height * width + i]!;
  }
  return out;
}
function toChannelsFirst(data: Numbers, [, channels, height, width]: Shape): Numbers {
  const out = data.slice();
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height * width; i++) out[c * height * width + i] = data[i * channels + c]!;
  }
  return out;
}

interface Golden {
  readonly shape: Shape;
  readonly data: string;
  readonly indices?: string;
  /** The values' own type, where it is not the input's. */
  readonly type?: 'float32';
}

/** Whole numbers only: their sums are exact in any order of addition, so averages have one right value. */
function drawInput(): { type: 'uint8' | 'float32'; shape: Shape; data: Numbers } {
  const shape = [1, int(1, 4), int(1, 13), int(1, 13)] as const;
  const length = shape[1] * shape[2] * shape[3];
  const type = pick('uint8', 'float32');
  const low = type === 'uint8' ? 0 : -300;
  const high = pick(3, 255);
  const draw = () => int(low, high);
  return {
    type,
    shape,
    data: type === 'uint8' ? Uint8Array.from({ length }, draw) : Float32Array.from({ length }, draw),
  };
}

// ONNX

interface OrtTensor {
  readonly dims: readonly number[];
  readonly data: Numbers | BigInt64Array;
}
interface Ort {
  readonly Tensor: new (type: string, data: Numbers, dims: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{ run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>; release(): Promise<void> }>;
  };
}
const ort = load('onnxruntime-node') as Ort;

function onnxAttributes(
  kind: 'max' | 'average',
  knobs: OnnxKnobs,
): Record<string, number | string | readonly number[]> {
  return {
    kernel_shape: knobs.kernelShape,
    ...(knobs.strides && { strides: knobs.strides }),
    ...(knobs.pads && { pads: knobs.pads }),
    ...(knobs.autoPad && { auto_pad: knobs.autoPad }),
    ...(knobs.dilations && { dilations: knobs.dilations }),
    ...(knobs.ceilMode !== undefined && { ceil_mode: Number(knobs.ceilMode) }),
    ...(kind === 'average' &&
      knobs.countIncludePad !== undefined && { count_include_pad: Number(knobs.countIncludePad) }),
  };
}

type Input = ReturnType<typeof drawInput>;

function runOnnx(kind: 'max' | 'average', input: Input, knobs: OnnxKnobs): Promise<Golden | { error: string }> {
  return runNode(input, {
    operator: kind === 'max' ? 'MaxPool' : 'AveragePool',
    elementType: kind === 'max' ? input.type : 'float32',
    attributes: onnxAttributes(kind, knobs),
    indices: kind === 'max',
  });
}

/** What a node makes of an input; `elementType` is that of the model. */
async function runNode(input: Input, node: Omit<PoolNode, 'opset' | 'shape'>): Promise<Golden | { error: string }> {
  const { elementType } = node;
  const values = toChannelsFirst(input.data, input.shape);
  try {
    const session = await ort.InferenceSession.create(poolModel({ ...node, opset: 22, shape: input.shape }), {
      logSeverityLevel: 4,
    });
    const data = elementType === 'float32' ? Float32Array.from(values) : values;
    const { Y, Indices } = await session.run({ X: new ort.Tensor(elementType, data, input.shape) });
    await session.release();
    const shape = Y!.dims as unknown as Shape;
    const golden = { shape, data: base64(toChannelsLast(Y!.data as Numbers, shape)) };
    if (!Indices) return golden;
    // ONNX counts on through the channels, PyTorch and the product begin anew in each.
    const plane = input.shape[2] * input.shape[3];
    const perPlane = Int32Array.from(Indices.data as BigInt64Array, index => Number(index) % plane);
    return { ...golden, indices: base64(toChannelsLast(perPlane, shape)) };
  } catch (error) {
    const [, message] =
      /(Attribute \w+ must .*|Pad should be smaller than kernel\.)\s*$/.exec((error as Error).message) ?? [];
    if (message === undefined) throw error;
    return { error: message };
  }
}

/** Whether some window has a tap inside the picture on this axis, for every window, and there is a window at all. */
function everyWindowTouches(input: number, k: number, s: number, d: number, before: number, after: number): boolean {
  const reach = d * (k - 1) + 1;
  if (input + before + after < reach) return false;
  for (let start = -before; start < input; start += s) {
    let touches = false;
    for (let tap = 0; tap < k; tap++) touches ||= start + tap * d >= 0 && start + tap * d < input;
    if (!touches) return false;
  }
  return true;
}

function drawOnnx([, , height, width]: Shape): OnnxKnobs | undefined {
  const kernelShape = pair(1, 5);
  const strides = pair(1, 4);
  const dilations = pick(true, false) ? pair(1, 3) : ([1, 1] as const);
  const pads = [0, 1, 0, 1].map(side => int(0, kernelShape[side as 0 | 1] - 1)) as [number, number, number, number];
  const base: OnnxKnobs = { framework: 'onnx', kernelShape };
  const tuned: OnnxKnobs = {
    ...base,
    strides,
    ...(dilations[0] * dilations[1] > 1 && { dilations }),
    ceilMode: pick(true, false),
    countIncludePad: pick(true, false),
  };
  switch (int(0, 5)) {
    case 0: // the defaults
      return kernelShape[0] > height || kernelShape[1] > width ? undefined : base;
    case 1: {
      const autoPad = pick('SAME_UPPER', 'SAME_LOWER');
      const { ceilMode: _, dilations: __, ...same } = tuned;
      const steps: Pair = [Math.min(strides[0], kernelShape[0]), Math.min(strides[1], kernelShape[1])];
      return { ...same, strides: steps, autoPad };
    }
    default:
      return everyWindowTouches(height, kernelShape[0], strides[0], dilations[0], pads[0], pads[2]) &&
        everyWindowTouches(width, kernelShape[1], strides[1], dilations[1], pads[1], pads[3])
        ? { ...tuned, pads }
        : undefined;
  }
}

/** Knobs of which some window has no tap inside the picture; only dilation can bring that about. */
function drawMissing([, , height, width]: Shape): OnnxKnobs | undefined {
  const kernelShape = pair(1, 3);
  const [strides, dilations] = [pair(1, 3), pair(2, 5)];
  const pads = [0, 1, 0, 1].map(side => int(0, kernelShape[side as 0 | 1] - 1)) as [number, number, number, number];
  const touches = (input: number, side: 0 | 1) =>
    everyWindowTouches(input, kernelShape[side], strides[side], dilations[side], pads[side], pads[side + 2]!);
  const fits = (input: number, side: 0 | 1) =>
    input + pads[side] + pads[side + 2]! >= dilations[side] * (kernelShape[side] - 1) + 1;
  if (!fits(height, 0) || !fits(width, 1) || (touches(height, 0) && touches(width, 1))) return undefined;
  return { framework: 'onnx', kernelShape, strides, dilations, pads };
}

function drawIllegalOnnx(): OnnxKnobs {
  const wrong = pick('kernel', 'stride', 'negative pad', 'pad', 'dilation');
  const bad = pick<Pair>([0, 1], [2, -1], [-3, 0]);
  return {
    framework: 'onnx',
    kernelShape: wrong === 'kernel' ? bad : [2, 3],
    strides: wrong === 'stride' ? bad : [1, 1],
    pads: wrong === 'pad' ? pick([2, 0, 0, 0], [0, 0, 0, 3]) : wrong === 'negative pad' ? [0, 0, -1, 0] : [1, 1, 0, 0],
    ...(wrong === 'dilation' && { dilations: bad }),
  };
}

async function onnxCases(): Promise<object[]> {
  const cases: object[] = [];
  while (cases.length < 320) {
    const input = drawInput();
    const knobs = cases.length < 300 ? drawOnnx(input.shape) : drawIllegalOnnx();
    if (!knobs) continue;
    cases.push({
      type: input.type,
      shape: input.shape,
      input: base64(input.data),
      knobs,
      max: await runOnnx('max', input, knobs),
      average: await runOnnx('average', input, knobs),
    });
  }
  // The picture as a float32 tensor, as scripts make it: of bytes the runtime would give 0.
  while (cases.length < 350) {
    const input = drawInput();
    const knobs = drawMissing(input.shape);
    if (!knobs) continue;
    const { indices: _, ...max } = (await runOnnx('max', { ...input, type: 'float32' }, knobs)) as Golden;
    cases.push({
      type: input.type,
      shape: input.shape,
      input: base64(input.data),
      knobs,
      max: { ...max, type: 'float32' },
      average: await runOnnx('average', input, knobs),
    });
  }
  return cases;
}

/** Lᵖ and global pooling, with the layers as the product writes them. */
async function onnxLayerCases(): Promise<object[]> {
  const cases: object[] = [];
  const add = async (
    input: Input,
    layer: object,
    node: Omit<PoolNode, 'opset' | 'shape' | 'elementType' | 'indices'>,
  ) => {
    const result = await runNode(input, { ...node, elementType: 'float32', indices: false });
    const isClose = node.operator !== 'GlobalMaxPool';
    const golden = 'error' in result || !isClose ? result : { ...result, close: true };
    const { type, shape, data } = input;
    cases.push({ type, shape, input: base64(data), layer: { framework: 'onnx', ...layer }, result: golden });
  };
  while (cases.length < 110) {
    const input = drawInput();
    const knobs = cases.length < 90 ? pick(drawOnnx, drawOnnx, drawMissing)(input.shape) : drawIllegalOnnx();
    // auto_pad is a rule for the picture; the layer has numbers.
    if (!knobs || knobs.autoPad) continue;
    const { kernelShape, strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], ceilMode = false } = knobs;
    const [top, left, bottom, right] = pads;
    const norm = pick(1, 1, 2, 2, 2, 3, 4, 0, -1, 40);
    const rest = { dilation: dilations, ceilMode, countIncludePad: false };
    const layer = {
      operator: 'lp',
      norm,
      kernelSize: kernelShape,
      stride: strides,
      padding: { top, bottom, left, right },
    };
    const attributes = { p: norm, kernel_shape: kernelShape, strides, pads, dilations, ceil_mode: Number(ceilMode) };
    await add(input, { ...layer, ...rest }, { operator: 'LpPool', attributes });
  }
  while (cases.length < 130) {
    const input: Input = { ...drawInput(), type: 'float32' };
    const whole = { ...input, data: Float32Array.from(input.data) };
    await add(whole, { operator: 'globalMax' }, { operator: 'GlobalMaxPool', attributes: {} });
    await add(whole, { operator: 'globalAverage' }, { operator: 'GlobalAveragePool', attributes: {} });
  }
  return cases;
}

// Keras

interface TfTensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
}
interface Tf {
  readonly version_core: string;
  tensor4d(values: Float32Array, shape: readonly number[]): TfTensor;
  maxPool(x: TfTensor, size: Pair, strides: Pair, padding: 'valid' | 'same'): TfTensor;
  avgPool(x: TfTensor, size: Pair, strides: Pair, padding: 'valid' | 'same'): TfTensor;
  setBackend(name: string): Promise<boolean>;
}
const tf = load('@tensorflow/tfjs-core') as Tf;
load('@tensorflow/tfjs-backend-cpu');

function kerasCases(): object[] {
  const cases: object[] = [];
  while (cases.length < 200) {
    const { type, shape, data } = drawInput();
    const poolSize = pair(1, 6);
    const padding = pick('valid', 'same', 'same');
    if (padding === 'valid' && (poolSize[0] > shape[2] || poolSize[1] > shape[3])) continue;
    const strides = pick(undefined, pair(1, 5), pair(1, 5));
    const knobs: KerasKnobs = { framework: 'keras', poolSize, padding, ...(strides && { strides }) };
    const x = tf.tensor4d(Float32Array.from(data), [1, shape[2], shape[3], shape[1]]);
    const golden = (y: TfTensor, stored: typeof type): Golden => {
      const [, height, width, channels] = y.shape as [number, number, number, number];
      const values = y.dataSync();
      return {
        shape: [1, channels, height, width],
        data: base64(stored === 'uint8' ? Uint8Array.from(values) : values),
      };
    };
    cases.push({
      type,
      shape,
      input: base64(data),
      knobs,
      max: golden(tf.maxPool(x, poolSize, strides ?? poolSize, padding), type),
      average: golden(tf.avgPool(x, poolSize, strides ?? poolSize, padding), 'float32'),
    });
  }
  return cases;
}

function write(name: string, source: string, cases: readonly object[]): void {
  const lines = cases.map(each => JSON.stringify(each)).join(',\n');
  writeFileSync(here(name), `{"source":${JSON.stringify(source)},"seed":${SEED},"cases":[\n${lines}\n]}\n`);
  console.log(`${name}: ${cases.length} cases from ${source}`);
}

async function main(): Promise<void> {
  await tf.setBackend('cpu');
  write('keras.json', `TensorFlow.js ${tf.version_core}`, kerasCases());
  const runtime = `ONNX Runtime ${PACKAGES['onnxruntime-node']}`;
  write('onnx.json', runtime, await onnxCases());
  write('onnx-layers.json', runtime, await onnxLayerCases());
}

void main();
