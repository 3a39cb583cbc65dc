/** The pooling knobs of PyTorch, Keras and ONNX as each framework names them, their defaults, and what they mean as options. */
import { type Framework, noPadding, type Padding, type Pair, type PoolOptions } from './options';
import type { PoolKind } from './window';

/** `nn.MaxPool2d` and `nn.AvgPool2d`. */
export interface PyTorchKnobs {
  readonly framework: 'pytorch';
  readonly kernelSize: Pair;
  /** The kernel size when absent. */
  readonly stride?: Pair;
  readonly padding?: Pair;
  /** Max only. */
  readonly dilation?: Pair;
  readonly ceilMode?: boolean;
  /** Average only; true when absent. */
  readonly countIncludePad?: boolean;
  /** Average only. */
  readonly divisorOverride?: number;
}

/** `MaxPooling2D` and `AveragePooling2D`. */
export interface KerasKnobs {
  readonly framework: 'keras';
  readonly poolSize: Pair;
  /** The pool size when absent. */
  readonly strides?: Pair;
  /** `'valid'` when absent. */
  readonly padding?: 'valid' | 'same';
}

/** `MaxPool` and `AveragePool`. */
export interface OnnxKnobs {
  readonly framework: 'onnx';
  readonly kernelShape: Pair;
  /** 1 when absent. */
  readonly strides?: Pair;
  readonly pads?: readonly [top: number, left: number, bottom: number, right: number];
  /** Instead of `pads`; `'NOTSET'` when absent. */
  readonly autoPad?: 'NOTSET' | 'VALID' | 'SAME_UPPER' | 'SAME_LOWER';
  /** Average has it since opset 19. */
  readonly dilations?: Pair;
  readonly ceilMode?: boolean;
  /** Average only; false when absent. */
  readonly countIncludePad?: boolean;
}

export type FrameworkKnobs = PyTorchKnobs | KerasKnobs | OnnxKnobs;

/** A way to say how much padding there is: none, one number per axis, one per side, or by a rule. */
export type PaddingStyle = 'none' | 'axes' | 'sides' | 'same' | 'sameLower';

/** What a framework has, for a page that shows only its knobs. */
export interface FrameworkTraits {
  /** What the stride is when it is not set: the kernel size, or 1. */
  readonly defaultStride: 'kernel' | 1;
  readonly paddings: readonly PaddingStyle[];
  /** The poolings that have dilation. */
  readonly dilation: readonly PoolKind[];
  readonly ceilMode: boolean;
  /** The default of average's `count_include_pad`, or absent where padding never counts. */
  readonly countIncludePad?: boolean;
  readonly divisorOverride: boolean;
}

export const FRAMEWORKS: Readonly<Record<Framework, FrameworkTraits>> = {
  pytorch: {
    defaultStride: 'kernel',
    paddings: ['none', 'axes'],
    dilation: ['max'],
    ceilMode: true,
    countIncludePad: true,
    divisorOverride: true,
  },
  keras: {
    defaultStride: 'kernel',
    paddings: ['none', 'same'],
    dilation: [],
    ceilMode: false,
    divisorOverride: false,
  },
  onnx: {
    defaultStride: 1,
    paddings: ['none', 'sides', 'same', 'sameLower'],
    dilation: ['max', 'average'],
    ceilMode: true,
    countIncludePad: false,
    divisorOverride: false,
  },
};

/**
 * The pooling that a framework's knobs ask for, its defaults filled in. ONNX's `auto_pad` becomes explicit padding, which
 * depends on the picture; so does nothing else. Whether the options are legal is for `planAxes` to say.
 *
 * @param shape the input's `[1, C, H, W]`
 */
export function optionsOf(
  knobs: FrameworkKnobs,
  shape: readonly [number, number, number, number],
): PoolOptions & { readonly framework: Framework } {
  switch (knobs.framework) {
    case 'pytorch': {
      const { kernelSize, padding = [0, 0], divisorOverride } = knobs;
      return {
        framework: 'pytorch',
        kernelSize,
        stride: knobs.stride ?? kernelSize,
        padding: { top: padding[0], bottom: padding[0], left: padding[1], right: padding[1] },
        dilation: knobs.dilation ?? [1, 1],
        ceilMode: knobs.ceilMode ?? false,
        countIncludePad: knobs.countIncludePad ?? true,
        ...(divisorOverride === undefined ? {} : { divisorOverride }),
      };
    }
    case 'keras':
      return {
        framework: 'keras',
        kernelSize: knobs.poolSize,
        stride: knobs.strides ?? knobs.poolSize,
        padding: knobs.padding === 'same' ? 'same' : noPadding,
        dilation: [1, 1],
        ceilMode: false,
        countIncludePad: false,
      };
    case 'onnx':
      return {
        framework: 'onnx',
        kernelSize: knobs.kernelShape,
        stride: knobs.strides ?? [1, 1],
        padding: onnxPadding(knobs, shape),
        dilation: knobs.dilations ?? [1, 1],
        ceilMode: knobs.ceilMode ?? false,
        countIncludePad: knobs.countIncludePad ?? false,
      };
  }
}

function onnxPadding(knobs: OnnxKnobs, [, , height, width]: readonly [number, number, number, number]): Padding {
  const { autoPad = 'NOTSET', kernelShape, strides = [1, 1], dilations = [1, 1] } = knobs;
  if (autoPad === 'VALID') return noPadding;
  if (autoPad === 'NOTSET') {
    const [top, left, bottom, right] = knobs.pads ?? [0, 0, 0, 0];
    return { top, bottom, left, right };
  }
  const [top, bottom] = samePadding(height, kernelShape[0], strides[0], dilations[0], autoPad);
  const [left, right] = samePadding(width, kernelShape[1], strides[1], dilations[1], autoPad);
  return { top, bottom, left, right };
}

/** One axis of `auto_pad`: just enough padding for `⌈I/s⌉` windows, an odd pixel after it (UPPER) or before it (LOWER). */
function samePadding(
  input: number,
  kernel: number,
  stride: number,
  dilation: number,
  autoPad: 'SAME_UPPER' | 'SAME_LOWER',
): [before: number, after: number] {
  // Left to planAxes, which refuses such numbers in ONNX's words.
  if (![kernel, stride, dilation].every(value => Number.isInteger(value) && value > 0)) return [0, 0];
  const total = Math.max((Math.ceil(input / stride) - 1) * stride + dilation * (kernel - 1) + 1 - input, 0);
  const less = Math.floor(total / 2);
  return autoPad === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
}
