/** A layer as a model gives it, as the layer that core plans. */
import { isEqual } from '../../core/equal';
import { frameworks } from '../../core/frameworks';
import { strideOf } from '../../core/frameworks/framework';
import type { ConvLayer, Layer } from '../../core/layer';
import { type OperatorName, operatorOf } from '../../core/operators';
import { callOf, type Setting } from '../../core/operators/operator';
import {
  type Framework,
  noPadding,
  type Padding,
  type PoolOptions,
  plainOptions,
  symmetricPadding,
} from '../../core/options';
import { takes } from '../../core/takes';
import type { Shape } from '../../core/tensor';
import { type GivenConv, type GivenPadding, type GivenPooling, operatorsByWord } from './input';

/** PyTorch's words for the settings. */
const words = {
  kernelSize: 'kernel_size',
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
  ceilMode: 'ceil_mode',
  countIncludePad: 'count_include_pad',
  divisorOverride: 'divisor_override',
  norm: 'norm_type',
  outputSize: 'output_size',
} as const satisfies Record<Setting, keyof GivenPooling>;

/** The settings without which a pooling that takes them has no meaning. */
const required = ['kernelSize', 'outputSize'] as const;

type PlainLayer = PoolOptions & { readonly operator: OperatorName };

/**
 * A layer, with the framework's defaults for what is not given. Whether its numbers are legal is for planning to say.
 *
 * @param input the shape that it reads
 * @param path what stands before its fields' names in messages
 * @throws {Error} for a field that it does not take, or that is missing; the message says what is legal
 */
export function layerOf(given: GivenPooling | GivenConv, framework: Framework, input: Shape, path: string): Layer {
  return given.operator === 'conv'
    ? convOf(given as GivenConv, framework, path)
    : poolingOf(given as GivenPooling, framework, input, path);
}

function convOf(given: GivenConv, framework: Framework, path: string): ConvLayer {
  return {
    operator: 'conv',
    framework,
    outChannels: given.out_channels,
    kernelSize: given.kernel_size,
    stride: given.stride ?? [1, 1],
    padding: given.padding === 'valid' ? noPadding : paddingOf(given.padding, framework, path),
    dilation: given.dilation ?? [1, 1],
    groups: given.groups ?? 1,
    bias: given.bias ?? true,
  };
}

/** {@link layerOf} for a pooling. ONNX' padding by a rule becomes explicit, as a divisor may count it. */
export function poolingOf(given: GivenPooling, framework: Framework, input: Shape, path = ''): PlainLayer {
  const operator = operatorsByWord.get(given.operator)!;
  for (const setting of required) {
    if (operatorOf(operator).settings.includes(setting) && given[words[setting]] === undefined) {
      throw new Error(`${path}${words[setting]} must be given, as ${given.operator} needs it`);
    }
  }
  const rules = frameworks[framework];
  const kernelSize = given.kernel_size ?? plainOptions.kernelSize;
  const layer = {
    operator,
    framework,
    kernelSize,
    stride: strideOf({ kernel: kernelSize, stride: given.stride ?? 'default' }, rules),
    padding: paddingOf(given.padding, framework, path),
    dilation: given.dilation ?? plainOptions.dilation,
    ceilMode: given.ceil_mode ?? plainOptions.ceilMode,
    countIncludePad: given.count_include_pad ?? rules.countIncludePad ?? false,
    ...(given.divisor_override !== undefined && { divisorOverride: given.divisor_override }),
    ...(given.norm_type !== undefined && { norm: given.norm_type }),
    ...(given.output_size !== undefined && { outputSize: given.output_size }),
  };
  refuseIgnored(layer, given.operator, path);
  if (layer.padding !== 'same' || rules.padsBy !== 'sides') return layer;
  const knobs = {
    ...layer,
    kernel: kernelSize,
    padding: 'same',
    divisorOverride: null,
    norm: 2,
    outputSize: [1, 1],
  } as const;
  return { ...layer, padding: rules.optionsOf(knobs, input).padding };
}

/** PyTorch has no words for a pooling's padding: it refuses any as it refuses 'same'. */
function paddingOf(given: GivenPadding | undefined, framework: Framework, path: string): Padding | 'same' {
  if (given === undefined) return noPadding;
  if (typeof given === 'string') return given === 'valid' && framework !== 'pytorch' ? noPadding : 'same';
  if (typeof given === 'number') return symmetricPadding([given, given]);
  if (given.length === 2) return symmetricPadding(given);
  const { padsBy, title } = frameworks[framework];
  if (padsBy === 'axes') throw new Error(`${path}padding must be an integer or [height, width] in ${title}`);
  const [top, left, bottom, right] = given;
  return { top, bottom, left, right };
}

/** @throws {Error} for a setting that planning would pass over, unless it is what holds without it */
function refuseIgnored(layer: PlainLayer & { readonly framework: Framework }, word: string, path: string): void {
  const { operator, framework } = layer;
  const { title, countIncludePad = false } = frameworks[framework];
  const plain: PoolOptions = { ...plainOptions, countIncludePad };
  const settings = Object.keys(words) as Setting[];
  const isTaken = (setting: Setting) => takes(framework, [operator], setting);
  const ignored = settings.find(
    setting =>
      !isTaken(setting) && !refusesByName(framework, operator, setting) && !isEqual(layer[setting], plain[setting]),
  );
  if (!ignored) return;
  const list = settings
    .filter(isTaken)
    .map(setting => words[setting])
    .join(', ');
  throw new Error(`${path}${words[ignored]} is not taken by ${word} in ${title}, which takes ${list || 'nothing'}`);
}

/** Whether planning refuses a setting that the framework lacks, in the framework's own words. */
function refusesByName(framework: Framework, operator: OperatorName, setting: Setting): boolean {
  const call = callOf(operatorOf(operator), framework);
  if (!call) return true;
  if (setting === 'dilation') return call.dilation === 'refused';
  return operatorOf(operator).settings.includes(setting) && (setting === 'ceilMode' || setting === 'divisorOverride');
}
