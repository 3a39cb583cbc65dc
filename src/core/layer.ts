/** Layers of a network: poolings, and convolutions, of which only the shape is computed. */
import type { OperatorName } from './operators';
import { type Framework, type OutputSize, type Padding, type Pair, type PoolOptions, plainOptions } from './options';

/** Any operator with all options; it ignores those that it does not take. */
type FullLayer = { readonly operator: OperatorName } & PoolOptions;

interface LpLayer {
  readonly operator: 'lp';
  readonly norm: number;
  readonly kernelSize: Pair;
  /** The framework's default if absent: the kernel size, in ONNX 1. */
  readonly stride?: Pair;
  readonly ceilMode?: boolean;
}

interface AdaptiveLayer {
  readonly operator: 'adaptiveMax' | 'adaptiveAverage';
  readonly outputSize: OutputSize;
  /** Max only. */
  readonly returnIndices?: boolean;
}

interface GlobalLayer {
  readonly operator: 'globalMax' | 'globalAverage';
  /** Max only. */
  readonly returnIndices?: boolean;
}

interface MaxBlurLayer {
  readonly operator: 'maxBlur';
  readonly kernelSize: Pair;
  /** As in {@link LpLayer}. */
  readonly stride?: Pair;
}

/** What every layer can say besides: the framework whose checks and messages apply, PyTorch's if absent. */
interface Named {
  readonly framework?: Framework;
}

/** A layer that can be computed. */
export type PoolingLayer = (FullLayer | LpLayer | AdaptiveLayer | GlobalLayer | MaxBlurLayer) & Named;

/** A convolution contributes its shape, its receptive field and its parameters: it has weights, so no output is known. */
export interface ConvLayer extends Named {
  readonly operator: 'conv';
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly padding: Padding | 'same';
  readonly dilation: Pair;
  /** 1 if absent. */
  readonly groups?: number;
  /** Whether each output channel has a bias. True if absent. */
  readonly bias?: boolean;
}

export type Layer = PoolingLayer | ConvLayer;

/** The options of a layer's pooling, with the framework's defaults for what it leaves open. */
export function optionsOf({ operator: _, ...given }: PoolingLayer): PoolOptions {
  const layer: Partial<PoolOptions> = given;
  const { stride = layer.framework === 'onnx' ? plainOptions.stride : layer.kernelSize } = layer;
  return { ...plainOptions, ...layer, ...(stride && { stride }) };
}

/** Whether a layer can be computed. */
export function isPooling(layer: Layer): layer is PoolingLayer {
  return layer.operator !== 'conv';
}
