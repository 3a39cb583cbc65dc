/** What a page has to show for the poolings in the user's code, in the form of its saved state. */
import { frameworks } from '../../core/frameworks';
import { strideOf } from '../../core/frameworks/framework';
import type { Knobs } from '../../core/knobs';
import { isPooling, type Layer, optionsOf, type PoolingLayer } from '../../core/layer';
import type { OperatorName } from '../../core/operators';
import { equalPairs, type Framework, type Pair } from '../../core/options';
import type { PoolingCall } from '../../python/call';
import type { LayerStack } from '../../python/stacks/stack';
import type { PageState } from '../startState';

/** The poolings that are shown with another: those that take its settings, to compare them. */
const families: readonly (readonly OperatorName[])[] = [
  ['max', 'average'],
  ['max', 'average', 'lp'],
  ['adaptiveMax', 'adaptiveAverage'],
  ['globalMax', 'globalAverage'],
];

/** The view of one pooling. A stride that the call does not give goes on following the kernel. */
export function stateOfCall(layer: PoolingLayer, { argumentRanges }: Pick<PoolingCall, 'argumentRanges'>): PageState {
  const knobs = knobsOf(layer, argumentRanges['stride'] !== undefined);
  const { operator } = layer;
  return {
    tab: 'pool',
    knobs: { ...knobs, linked: knobs.kernel[0] === knobs.kernel[1] },
    operators: families.find(family => family.includes(operator)) ?? [operator],
  };
}

/** The view of layers one after the other, on the picture itself. */
export function stateOfStack({ layers, framework }: LayerStack): PageState {
  return {
    tab: 'layers',
    knobs: { framework },
    stack: { layers: layers.map((layer, i) => choiceOf(layer, i + 1)), size: null, preset: null, details: null },
  };
}

/** All knobs of a layer; those that it does not take are at the defaults of its framework. */
function knobsOf(layer: PoolingLayer, hasStride: boolean): Knobs {
  const { framework = 'pytorch' } = layer;
  const options = optionsOf({
    kernelSize: usualKernel,
    countIncludePad: counting(framework),
    ...layer,
  } as PoolingLayer);
  const { kernelSize: kernel, stride, padding, dilation, ceilMode, countIncludePad } = options;
  const usual = strideOf({ kernel, stride: 'default' }, frameworks[framework]);
  return {
    framework,
    kernel,
    stride: hasStride || !equalPairs(stride, usual) ? stride : 'default',
    padding,
    dilation,
    ceilMode,
    countIncludePad,
    divisorOverride: options.divisorOverride ?? null,
    norm: options.norm ?? 2,
    outputSize: options.outputSize ?? [7, 7],
  };
}

const usualKernel: Pair = [2, 2];

function counting(framework: Framework): boolean {
  return frameworks[framework].countIncludePad ?? false;
}

/** A row of the page's table of layers. */
function choiceOf(layer: Layer, id: number) {
  const { operator: kind } = layer;
  if (isPooling(layer)) return { id, kind, ...knobsOf(layer, false) };
  const { kernelSize: kernel, stride, padding, dilation, outChannels, groups, bias } = layer;
  return { id, kind, kernel, stride, padding, dilation, outChannels, groups, bias };
}
