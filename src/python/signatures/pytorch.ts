import type { PoolingLayer } from '../../core/layer';
import type { OperatorName } from '../../core/operators';
import { noPadding } from '../../core/options';
import {
  boolean,
  number,
  outputSize,
  pair,
  type Settings,
  torchPadding,
  torchPair,
  torchStride,
  truth,
  whole,
} from './settings';
import type { Signature } from './signature';

const framework = 'pytorch';

/** Module and function have the same parameters, but not in the same order. The function's first is the input. */
function both(
  module: string,
  functions: readonly string[],
  parameters: { readonly module: readonly string[]; readonly function: readonly string[] },
  read: Signature['read'],
): Signature[] {
  return [
    { callee: `nn.${module}`, paths: [`torch.nn.${module}`], framework, parameters: parameters.module, read },
    ...functions.map(
      name =>
        ({
          callee: `F.${name}`,
          paths: [`torch.nn.functional.${name}`],
          framework,
          parameters: ['input', ...parameters.function],
          read,
        }) as const,
    ),
  ];
}

function window(operator: OperatorName, settings: Settings): PoolingLayer {
  const kernelSize = settings.required('kernel_size', torchPair, [2, 2]);
  return {
    operator,
    framework,
    kernelSize,
    stride: settings.optional('stride', torchStride(kernelSize), kernelSize, true),
    padding: settings.optional('padding', torchPadding, noPadding),
    dilation: settings.optional('dilation', torchPair, [1, 1]),
    ceilMode: settings.optional('ceil_mode', boolean, false),
    countIncludePad: settings.optional('count_include_pad', boolean, true),
  };
}

function max(settings: Settings): PoolingLayer {
  const layer = window('max', settings);
  return settings.optional('return_indices', truth, false) ? { ...layer, returnIndices: true } : layer;
}

function average(settings: Settings): PoolingLayer {
  const layer = window('average', settings);
  const divisorOverride = settings.optional<number | undefined>('divisor_override', whole, undefined, true);
  return divisorOverride === undefined ? layer : { ...layer, divisorOverride };
}

function lp(settings: Settings): PoolingLayer {
  const norm = settings.required('norm_type', number, 2);
  // Unlike the others it needs two numbers in a sequence.
  const kernelSize = settings.required('kernel_size', pair, [2, 2]);
  return {
    operator: 'lp',
    framework,
    norm,
    kernelSize,
    stride: settings.optional('stride', torchStride(kernelSize), kernelSize, true),
    ceilMode: settings.optional('ceil_mode', boolean, false),
  };
}

function adaptiveMax(settings: Settings): PoolingLayer {
  const layer = {
    operator: 'adaptiveMax',
    framework,
    outputSize: settings.required('output_size', outputSize, [null, null]),
  } as const;
  return settings.optional('return_indices', truth, false) ? { ...layer, returnIndices: true } : layer;
}

function adaptiveAverage(settings: Settings): PoolingLayer {
  return {
    operator: 'adaptiveAverage',
    framework,
    outputSize: settings.required('output_size', outputSize, [null, null]),
  };
}

const maxFunction = ['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode', 'return_indices'];
const averageParameters = ['kernel_size', 'stride', 'padding', 'ceil_mode', 'count_include_pad', 'divisor_override'];
const lpParameters = ['norm_type', 'kernel_size', 'stride', 'ceil_mode'];
const fractional = ['kernel_size', 'output_size', 'output_ratio', 'return_indices', '_random_samples'];

export const pytorch: readonly Signature[] = [
  ...both(
    'MaxPool2d',
    ['max_pool2d', 'max_pool2d_with_indices'],
    { module: ['kernel_size', 'stride', 'padding', 'dilation', 'return_indices', 'ceil_mode'], function: maxFunction },
    max,
  ),
  {
    callee: 'torch.max_pool2d',
    paths: ['torch.max_pool2d'],
    framework,
    parameters: ['input', ...maxFunction.slice(0, -1)],
    read: max,
  },
  ...both('AvgPool2d', ['avg_pool2d'], { module: averageParameters, function: averageParameters }, average),
  ...both('LPPool2d', ['lp_pool2d'], { module: lpParameters, function: lpParameters }, lp),
  ...both(
    'AdaptiveMaxPool2d',
    ['adaptive_max_pool2d', 'adaptive_max_pool2d_with_indices'],
    { module: ['output_size', 'return_indices'], function: ['output_size', 'return_indices'] },
    adaptiveMax,
  ),
  ...both(
    'AdaptiveAvgPool2d',
    ['adaptive_avg_pool2d'],
    { module: ['output_size'], function: ['output_size'] },
    adaptiveAverage,
  ),
  ...both(
    'FractionalMaxPool2d',
    ['fractional_max_pool2d', 'fractional_max_pool2d_with_indices'],
    { module: fractional, function: fractional },
    () => null,
  ),
];
