/** The settings that the user has chosen (knobs), and presets from well-known networks. */
import { isEqual } from '../core/equal';
import { frameworks } from '../core/frameworks';
import { strideOf } from '../core/frameworks/framework';
import type { Knobs } from '../core/knobs';
import { type OperatorName, operatorNames, operatorOf } from '../core/operators';
import { type Framework, isSymmetric, noPadding, type OutputSize, type Pair, symmetricPadding } from '../core/options';
import { takes } from '../core/takes';

/** The knobs, and the state of the toolbar's other controls for them. */
export interface PageKnobs extends Knobs {
  /** Whether height and width change together. */
  readonly linked: boolean;
  /** The preset that was chosen last, though the knobs may differ from it by now. */
  readonly preset: PresetName;
}

export const defaultKnobs: PageKnobs = {
  framework: 'pytorch',
  kernel: [2, 2],
  linked: true,
  preset: 'vgg',
  stride: 'default',
  padding: noPadding,
  dilation: [1, 1],
  ceilMode: false,
  countIncludePad: true,
  divisorOverride: null,
  norm: 2,
  outputSize: [7, 7],
};

/** The stride that results from the knobs: height and width. */
export function shownStride(knobs: Knobs): Pair {
  return strideOf(knobs, frameworks[knobs.framework]);
}

/** The knobs under another framework. Settings that it lacks are reset, and `countIncludePad` takes its default. */
export function withFramework<K extends Knobs>(knobs: K, framework: Framework): K {
  const { padsBy, ceilMode, countIncludePad = false, divisorOverride } = frameworks[framework];
  const { padding } = knobs;
  const keeps =
    typeof padding === 'string'
      ? padding === 'same'
      : padsBy === 'sides' || (padsBy === 'axes' && isSymmetric(padding));
  return {
    ...knobs,
    framework,
    padding: keeps ? padding : noPadding,
    dilation: takes(framework, operatorNames, 'dilation') ? knobs.dilation : [1, 1],
    ceilMode: ceilMode && knobs.ceilMode,
    countIncludePad,
    divisorOverride: divisorOverride ? knobs.divisorOverride : null,
  };
}

/**
 * The knobs with height and width linked or not. Padding and dilation, which share one field while linked, become equal
 * at once and not while a number is typed.
 */
export function withLink<K extends PageKnobs>(knobs: K, linked: boolean): K {
  const { padding, dilation } = knobs;
  if (!linked) return { ...knobs, linked };
  const isNumeric = typeof padding !== 'string' && isSymmetric(padding);
  return {
    ...knobs,
    linked,
    padding: isNumeric ? symmetricPadding([padding.top, padding.top]) : padding,
    dilation: [dilation[0], dilation[0]],
  };
}

/** The knobs with another kernel, and nothing that could be illegal with it. */
export function withKernel<K extends PageKnobs>(knobs: K, kernel: Pair): K {
  const linked = kernel[0] === kernel[1];
  return { ...knobs, kernel, linked, stride: 'default', padding: noPadding, dilation: [1, 1], ceilMode: false };
}

/** Those of some operators that a framework has. */
export function operatorsIn(framework: Framework, names: readonly OperatorName[]): readonly OperatorName[] {
  return names.filter(name => operatorOf(name).calls[framework] !== undefined);
}

/** A pooling of a well-known network. */
interface Preset {
  /** The pooling that it is about; absent if any. */
  readonly operator?: OperatorName;
  /** Kernel, stride and padding as in the papers. Kernel 0 stands for the whole picture. */
  readonly window?: readonly [kernel: number, stride: number, padding: number];
  readonly outputSize?: OutputSize;
}

/** In groups by operator. `global` has one window over the whole picture. */
const presets = {
  vgg: { operator: 'max', window: [2, 2, 0] },
  alexnet: { operator: 'max', window: [3, 2, 0] },
  resnet: { operator: 'max', window: [3, 2, 1] },
  inception: { operator: 'max', window: [3, 1, 1] },
  densenet: { operator: 'average', window: [2, 2, 0] },
  vggHead: { operator: 'adaptiveAverage', outputSize: [7, 7] },
  resnetHead: { operator: 'adaptiveAverage', outputSize: [1, 1] },
  squeezenet: { operator: 'globalAverage' },
  global: { window: [0, 0, 0] },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as PresetName[];

function presetCalled(name: PresetName): Preset {
  return presets[name];
}

/** The presets of each pooling, in order; those without one come last. */
export function presetGroups(): ReadonlyMap<OperatorName | undefined, readonly PresetName[]> {
  const groups = new Map<OperatorName | undefined, PresetName[]>();
  for (const name of presetNames) {
    const { operator } = presetCalled(name);
    groups.set(operator, [...(groups.get(operator) ?? []), name]);
  }
  return groups;
}

/** These operators and the one that a preset is about, in the order of all. */
export function withPresetOperator(name: PresetName, chosen: readonly OperatorName[]): readonly OperatorName[] {
  const { operator } = presetCalled(name);
  return operatorNames.filter(each => each === operator || chosen.includes(each));
}

/**
 * The knobs with a preset's values; knobs that the preset does not set are kept.
 * @param picture height and width in pixels
 */
export function applyPreset<K extends PageKnobs>(name: PresetName, knobs: K, picture: Pair): K {
  const { window, outputSize = knobs.outputSize } = presetCalled(name);
  const chosen = { ...knobs, preset: name, outputSize };
  if (!window) return chosen;
  const [kernel, stride, pad] = window;
  const size: Pair = kernel === 0 ? picture : [kernel, kernel];
  const steps: Pair = kernel === 0 ? picture : [stride, stride];
  // A framework without numeric padding (Keras) uses 'same' in these networks.
  const padsByRule = pad > 0 && frameworks[knobs.framework].padsBy === 'nothing';
  const preset: K = {
    ...chosen,
    kernel: size,
    linked: size[0] === size[1],
    stride: 'default',
    padding: padsByRule ? 'same' : symmetricPadding([pad, pad]),
    dilation: [1, 1],
    ceilMode: false,
  };
  const [vertical, horizontal] = shownStride(preset);
  return vertical === steps[0] && horizontal === steps[1] ? preset : { ...preset, stride: steps };
}

/**
 * The preset whose pooling is shown and whose values equal these knobs, if any: the chosen one as long as it does, else
 * the first that has a window.
 */
export function presetOf(knobs: PageKnobs, shown: readonly OperatorName[], picture: Pair): PresetName | undefined {
  const matches = (name: PresetName) => {
    const { operator } = presetCalled(name);
    const isShown = operator === undefined || shown.includes(operator);
    return isShown && isEqual(essence(name, applyPreset(name, knobs, picture)), essence(name, knobs));
  };
  if (matches(knobs.preset)) return knobs.preset;
  return presetNames.find(name => presetCalled(name).window && matches(name));
}

/** What a preset sets. */
function essence(name: PresetName, knobs: Knobs): readonly unknown[] {
  const { kernel, padding, dilation, ceilMode, outputSize } = knobs;
  const preset = presetCalled(name);
  return [preset.window && [kernel, shownStride(knobs), padding, dilation, ceilMode], preset.outputSize && outputSize];
}

/**
 * The knobs under another framework, where a preset whose padding it would lose stays that preset: Keras has no
 * `padding=1`, and uses 'same' in these networks.
 */
export function translated<K extends PageKnobs>(
  knobs: K,
  framework: Framework,
  shown: readonly OperatorName[],
  picture: Pair,
): K {
  const kept = withFramework(knobs, framework);
  const preset = presetOf(knobs, shown, picture);
  return preset && !isEqual(kept.padding, knobs.padding) ? applyPreset(preset, kept, picture) : kept;
}
