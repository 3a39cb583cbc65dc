/** The settings that the user has chosen (knobs), and presets from well-known networks. */
import { isEqual } from '../core/equal';
import { frameworks } from '../core/frameworks';
import { strideOf } from '../core/frameworks/framework';
import type { Knobs } from '../core/knobs';
import { operatorNames, operators } from '../core/operators';
import { type Framework, isSymmetric, noPadding, type Pair, symmetricPadding } from '../core/options';

/** The knobs, and the state of the toolbar's link button. */
export interface PageKnobs extends Knobs {
  /** Whether height and width change together. */
  readonly linked: boolean;
}

export const defaultKnobs: PageKnobs = {
  framework: 'pytorch',
  kernel: [2, 2],
  linked: true,
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
  const { padsBy, ceilMode, countIncludePad = false } = frameworks[framework];
  const { padding } = knobs;
  const keeps =
    typeof padding === 'string'
      ? padding === 'same'
      : padsBy === 'sides' || (padsBy === 'axes' && isSymmetric(padding));
  return {
    ...knobs,
    framework,
    padding: keeps ? padding : noPadding,
    dilation: takesDilation(framework) ? knobs.dilation : [1, 1],
    ceilMode: ceilMode && knobs.ceilMode,
    countIncludePad,
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

/** Whether any operator of a framework takes a dilation. */
export function takesDilation(framework: Framework): boolean {
  return operatorNames.some(name => operators[name].calls[framework]?.dilation === 'taken');
}

/** Kernel, stride and padding as in the papers. Kernel 0 stands for the whole picture. */
const presets = {
  vgg: [2, 2, 0],
  alexnet: [3, 2, 0],
  resnet: [3, 2, 1],
  inception: [3, 1, 1],
  global: [0, 0, 0],
} as const satisfies Record<string, readonly [kernel: number, stride: number, padding: number]>;

/** Poolings of well-known networks. `global` has one window over the whole picture. */
export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as PresetName[];

/**
 * The knobs with a preset's values; knobs that the preset does not set are kept.
 * @param picture height and width in pixels
 */
export function applyPreset<K extends PageKnobs>(name: PresetName, knobs: K, picture: Pair): K {
  const [kernel, stride, pad] = presets[name];
  const size: Pair = kernel === 0 ? picture : [kernel, kernel];
  const steps: Pair = kernel === 0 ? picture : [stride, stride];
  // A framework without numeric padding (Keras) uses 'same' in these networks.
  const padsByRule = pad > 0 && frameworks[knobs.framework].padsBy === 'nothing';
  const preset: K = {
    ...knobs,
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

/** The preset whose kernel, stride, padding, dilation and rounding equal these knobs, if any. */
export function presetOf(knobs: PageKnobs, picture: Pair): PresetName | undefined {
  const wanted = essence(knobs);
  return presetNames.find(name => essence(applyPreset(name, knobs, picture)) === wanted);
}

function essence(knobs: Knobs): string {
  const { kernel, padding, dilation, ceilMode } = knobs;
  return JSON.stringify([kernel, shownStride(knobs), padding, dilation, ceilMode]);
}

/**
 * The knobs under another framework, where a preset whose padding it would lose stays that preset: Keras has no
 * `padding=1`, and uses 'same' in these networks.
 */
export function translated<K extends PageKnobs>(knobs: K, framework: Framework, picture: Pair): K {
  const kept = withFramework(knobs, framework);
  const preset = presetOf(knobs, picture);
  return preset && !isEqual(kept.padding, knobs.padding) ? applyPreset(preset, kept, picture) : kept;
}
