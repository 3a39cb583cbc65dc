/** What follows from the chosen layers and the input's size, without any pixels. */
import * as l10n from '@vscode/l10n';
import type { Layer, PoolingLayer } from '../../core/layer';
import { isPooling } from '../../core/layer';
import { type Framework, frameworkTitles, PoolError } from '../../core/options';
import { computableStages, nextStage, type Stage, shapeBehind } from '../../core/stack';
import type { Shape } from '../../core/tensor';
import type { ShownStack } from '../../protocol';
import { isIn, type LayerChoice, layerFrom } from './layerChoice';

/** Why a layer is not applied, and all behind it. */
export interface LayerRefusal {
  /** The layer's place, from 0. */
  readonly layer: number;
  /** The framework's words, or our own about an empty field. */
  readonly message: string;
  readonly about: PoolError['about'];
}

export interface StackPlan {
  /** The input's shape, `[1, C, H, W]`. */
  readonly shape: Shape;
  /** Whether the input is the picture, not a size that was typed in. */
  readonly isPicture: boolean;
  readonly framework: Framework;
  /** The legal layers, up to the first illegal one. */
  readonly stages: readonly Stage[];
  /** How many of them have a picture. */
  readonly computed: number;
  /** Pictures that there is room for: also those that an illegal layer holds back, so that none changes its size. */
  readonly places: number;
  readonly refusal: LayerRefusal | undefined;
}

/**
 * @param shape the input's
 * @param missing the message for a layer that lacks a number
 */
export function planStackOf(
  choices: readonly LayerChoice[],
  framework: Framework,
  shape: Shape,
  isPicture: boolean,
  missing: () => string,
): StackPlan {
  const stages: Stage[] = [];
  let refusal: LayerRefusal | undefined;
  for (const [layer, choice] of choices.entries()) {
    try {
      stages.push(nextStage(shape, stages, layerFrom(choice, framework, shapeBehind(shape, stages))));
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
      refusal = { layer, message: wordsFor(error, choice, framework, missing), about: error.about };
      break;
    }
  }
  const computed = isPicture ? computableStages(stages) : 0;
  const isHeldBack = isPicture && refusal !== undefined && computed === stages.length;
  const places = 1 + (isHeldBack ? pictureLayers(choices) : computed);
  return { shape, isPicture, framework, stages, computed, places, refusal };
}

/** How many layers stand before the first convolution. */
function pictureLayers(choices: readonly LayerChoice[]): number {
  const conv = choices.findIndex(({ kind }) => kind === 'conv');
  return conv < 0 ? choices.length : conv;
}

/** The framework's words, except where it has none: about an empty field, and about a layer that it lacks. */
function wordsFor(error: PoolError, choice: LayerChoice, framework: Framework, missing: () => string): string {
  if (!isIn(choice.kind, framework)) return l10n.t('{0} has no such layer', frameworkTitles[framework]);
  return hasGap(choice, error.about) ? missing() : error.message;
}

/** Whether the option at fault lacks a number. Fields that the layer's kind does not show may lack theirs. */
function hasGap(choice: LayerChoice, about: PoolError['about']): boolean {
  if (!about || about.option === 'ceilMode') return false;
  const { kernel, stride, padding, dilation, outputSize, divisorOverride, norm, outChannels, groups } = choice;
  const numbers: Readonly<Record<typeof about.option, readonly (number | null)[]>> = {
    kernelSize: kernel,
    stride: stride === 'default' ? [] : stride,
    padding: typeof padding === 'string' ? [] : Object.values(padding),
    dilation,
    outputSize,
    divisorOverride: [divisorOverride],
    norm: [norm],
    outChannels: [outChannels],
    groups: [groups],
  };
  return numbers[about.option].some(Number.isNaN);
}

/** The layers that have a picture. */
export function computedLayers({ stages, computed }: StackPlan): PoolingLayer[] {
  return stages.slice(0, computed).map(({ layer }) => layer as PoolingLayer);
}

/** The first convolution's place, from 0; -1 without one. */
export function firstConv({ stages }: StackPlan): number {
  return stages.findIndex(({ layer }: { layer: Layer }) => !isPooling(layer));
}

/** What `nn.Flatten` makes of the last output: the number that `nn.Linear` takes. */
export function featuresOf({ stages, shape }: StackPlan): number {
  const [, channels, height, width] = shapeBehind(shape, stages);
  return channels * height * width;
}

/** What the host has to know of a stack. */
export function shownStack({ framework, stages, computed, shape, isPicture, refusal }: StackPlan) {
  const stack: ShownStack = {
    framework,
    layers: stages.map(({ layer }) => layer),
    ...(!isPicture && { shape }),
    computed,
  };
  return { stack, ...(refusal && { refusal: refusal.message }) };
}
