/** What the person has chosen, and the pooling options that follow from it. */
import { FRAMEWORKS, optionsOf } from '../core/framework';
import { type Framework, noPadding, type Padding, type Pair, type PoolOptions } from '../core/options';

export const frameworkNames: Readonly<Record<Framework, string>> = {
  pytorch: 'PyTorch',
  keras: 'Keras',
  onnx: 'ONNX',
};

export interface Knobs {
  readonly framework: Framework;
  readonly kernel: Pair;
  /** Height and width change together. */
  readonly linked: boolean;
  /** `'default'`: what the framework takes when it is told nothing, the kernel size or (ONNX) 1. */
  readonly stride: Pair | 'default';
  /** `'sameLower'` is ONNX' SAME_LOWER. PyTorch has no 'same'; what it stands for there is padding before pooling. */
  readonly padding: Padding | 'same' | 'sameLower';
  readonly dilation: Pair;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
}

export const defaultKnobs: Knobs = {
  framework: 'pytorch',
  kernel: [2, 2],
  linked: true,
  stride: 'default',
  padding: noPadding,
  dilation: [1, 1],
  ceilMode: false,
  countIncludePad: true,
};

export function strideOf({ stride, kernel, framework }: Knobs): Pair {
  if (stride !== 'default') return stride;
  return FRAMEWORKS[framework].defaultStride === 'kernel' ? kernel : [1, 1];
}

/** Whether a field is empty, as while its number is typed anew. */
export function isIncomplete({ kernel, stride, padding, dilation }: Knobs): boolean {
  const numbers = [kernel, stride, dilation].flatMap(value => (typeof value === 'string' ? [] : value));
  if (typeof padding !== 'string') numbers.push(padding.top, padding.bottom, padding.left, padding.right);
  return numbers.some(Number.isNaN);
}

/** The options that the framework makes of the knobs, for an input of this `[1, C, H, W]`. */
export function poolOptions(knobs: Knobs, shape: readonly [1, number, number, number]): PoolOptions {
  const { framework, kernel, padding, dilation, ceilMode, countIncludePad } = knobs;
  const stride = strideOf(knobs);
  switch (framework) {
    case 'pytorch':
      // Nobody's 'same' but Keras': without a framework named, the core takes it by Keras' rule.
      if (typeof padding === 'string') {
        return { kernelSize: kernel, stride, padding: 'same', dilation, ceilMode: false, countIncludePad: false };
      }
      return optionsOf(
        {
          framework,
          kernelSize: kernel,
          stride,
          padding: [padding.top, padding.left],
          dilation,
          ceilMode,
          countIncludePad,
        },
        shape,
      );
    case 'keras':
      return optionsOf(
        { framework, poolSize: kernel, strides: stride, padding: typeof padding === 'string' ? 'same' : 'valid' },
        shape,
      );
    case 'onnx': {
      const shared = {
        framework,
        kernelShape: kernel,
        strides: stride,
        dilations: dilation,
        ceilMode,
        countIncludePad,
      };
      if (padding === 'same') return optionsOf({ ...shared, autoPad: 'SAME_UPPER' }, shape);
      if (padding === 'sameLower') return optionsOf({ ...shared, autoPad: 'SAME_LOWER' }, shape);
      return optionsOf({ ...shared, pads: [padding.top, padding.left, padding.bottom, padding.right] }, shape);
    }
  }
}

/** The knobs under another framework: what it does not have goes back to its default. */
export function withFramework(knobs: Knobs, framework: Framework): Knobs {
  const traits = FRAMEWORKS[framework];
  const { padding } = knobs;
  const keeps =
    padding === 'same' ||
    (typeof padding === 'object' &&
      (traits.paddings.includes('sides') ||
        (traits.paddings.includes('axes') && padding.top === padding.bottom && padding.left === padding.right)));
  return {
    ...knobs,
    framework,
    padding: keeps ? padding : noPadding,
    dilation: traits.dilation.length > 0 ? knobs.dilation : [1, 1],
    ceilMode: traits.ceilMode && knobs.ceilMode,
    countIncludePad: traits.countIncludePad ?? false,
  };
}

/** Well-known networks' poolings. `global` takes the whole picture as its kernel. */
export type PresetName = 'vgg' | 'alexnet' | 'resnet' | 'inception' | 'global';

export const presetNames: readonly PresetName[] = ['vgg', 'alexnet', 'resnet', 'inception', 'global'];

/** Kernel, stride and padding, as the papers have them. */
const presets: Readonly<Record<PresetName, readonly [kernel: number, stride: number, padding: number]>> = {
  vgg: [2, 2, 0],
  alexnet: [3, 2, 0],
  resnet: [3, 2, 1],
  inception: [3, 1, 1],
  global: [0, 0, 0],
};

/** The knobs as a preset sets them, for a picture of this height and width; what a preset does not name is kept. */
export function applyPreset(name: PresetName, knobs: Knobs, picture: Pair): Knobs {
  const [kernel, stride, pad] = presets[name];
  const size: Pair = name === 'global' ? picture : [kernel, kernel];
  const steps: Pair = name === 'global' ? picture : [stride, stride];
  // Keras has no numbers: its networks pad by 'same'.
  const padding = pad === 0 ? noPadding : { top: pad, bottom: pad, left: pad, right: pad };
  const preset: Knobs = {
    ...knobs,
    kernel: size,
    linked: size[0] === size[1],
    stride: 'default',
    padding: knobs.framework === 'keras' && pad > 0 ? 'same' : padding,
    dilation: [1, 1],
    ceilMode: false,
  };
  const [vertical, horizontal] = strideOf(preset);
  return vertical === steps[0] && horizontal === steps[1] ? preset : { ...preset, stride: steps };
}

/** The preset that these knobs amount to, if any. */
export function presetOf(knobs: Knobs, picture: Pair): PresetName | undefined {
  const wanted = essence(knobs);
  return presetNames.find(name => essence(applyPreset(name, knobs, picture)) === wanted);
}

function essence(knobs: Knobs): string {
  const { kernel, padding, dilation, ceilMode } = knobs;
  return JSON.stringify([kernel, strideOf(knobs), padding, dilation, ceilMode]);
}
