/** Settings as each framework names them, for tests that speak its language. */
import { frameworks } from '../src/core/frameworks';
import type { Knobs } from '../src/core/knobs';
import { noPadding, type Padding, type Pair, type PoolOptions } from '../src/core/options';
import type { Shape } from '../src/core/tensor';

export interface PyTorchKnobs {
  readonly framework: 'pytorch';
  readonly kernelSize: Pair;
  readonly stride?: Pair;
  readonly padding?: Pair;
  readonly dilation?: Pair;
  readonly ceilMode?: boolean;
  readonly countIncludePad?: boolean;
  readonly divisorOverride?: number;
}

export interface KerasKnobs {
  readonly framework: 'keras';
  readonly poolSize: Pair;
  readonly strides?: Pair;
  readonly padding?: 'valid' | 'same';
}

export interface OnnxKnobs {
  readonly framework: 'onnx';
  readonly kernelShape: Pair;
  readonly strides?: Pair;
  readonly pads?: readonly [top: number, left: number, bottom: number, right: number];
  readonly autoPad?: 'NOTSET' | 'VALID' | 'SAME_UPPER' | 'SAME_LOWER';
  readonly dilations?: Pair;
  readonly ceilMode?: boolean;
  readonly countIncludePad?: boolean;
}

export type FrameworkKnobs = PyTorchKnobs | KerasKnobs | OnnxKnobs;

export function optionsOf(knobs: FrameworkKnobs, shape: Shape): PoolOptions {
  return frameworks[knobs.framework].optionsOf(knobsOf(knobs), shape);
}

function knobsOf(knobs: FrameworkKnobs): Knobs {
  const rest = { dilation: [1, 1], ceilMode: false, divisorOverride: null, norm: 2, outputSize: [1, 1] } as const;
  const { framework } = knobs;
  const countIncludePad = frameworks[framework].countIncludePad ?? false;
  switch (framework) {
    case 'pytorch': {
      const { kernelSize, stride = 'default', padding: [y, x] = [0, 0], ...given } = knobs;
      const padding = { top: y, bottom: y, left: x, right: x };
      return { ...rest, countIncludePad, ...given, kernel: kernelSize, stride, padding };
    }
    case 'keras': {
      const { poolSize, strides = 'default', padding } = knobs;
      const same = padding === 'same' ? 'same' : noPadding;
      return { ...rest, countIncludePad, framework, kernel: poolSize, stride: strides, padding: same };
    }
    case 'onnx': {
      const { kernelShape, strides = 'default', dilations = [1, 1], pads, autoPad, ...given } = knobs;
      const padding = paddingOf(pads, autoPad);
      return { ...rest, countIncludePad, ...given, kernel: kernelShape, stride: strides, padding, dilation: dilations };
    }
  }
}

function paddingOf(pads: OnnxKnobs['pads'], autoPad: OnnxKnobs['autoPad']): Padding | 'same' | 'sameLower' {
  if (autoPad === 'SAME_UPPER') return 'same';
  if (autoPad === 'SAME_LOWER') return 'sameLower';
  if (autoPad === 'VALID' || !pads) return noPadding;
  const [top, left, bottom, right] = pads;
  return { top, left, bottom, right };
}
