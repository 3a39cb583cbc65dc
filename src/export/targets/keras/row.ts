import { equalPadding, noPadding, type Padding } from '../../../core/options';
import type { Shape } from '../../../core/tensor';
import { type Pooling, paddedShape } from '../../job';

/** A layer of a model, and the shape behind it, `[1, C, H, W]`. */
export interface Layer {
  readonly text: string;
  readonly output: Shape;
}

/** How Keras' scripts write an operator. */
export interface Row {
  /** Comments above the layer or the model that has it. */
  notes?(pooling: Pooling): string[];
  /**
   * Lines that compute `…_pooled`, `(1, H', W', C)`, from the array `x`. `blur` may be used.
   * @throws {InexpressibleError} for what Keras lacks
   */
  lines(pooling: Pooling): string[];
  /** The same as layers of a model. */
  layers(pooling: Pooling): Layer[];
}

/** A layer whose output is the pooling's. */
export function layerAround({ input: [, channels], output }: Pooling, text: string): Layer {
  return { text, output: [1, channels, ...output] };
}

/** The row of an operator that is one layer. */
export function layerRow(write: (pooling: Pooling) => string, notes: (pooling: Pooling) => string[]): Row {
  return {
    notes,
    lines: pooling => [`${pooling.variable}_pooled = ${write(pooling)}(x)`],
    layers: pooling => [layerAround(pooling, write(pooling))],
  };
}

/** A layer that computes an expression of `x`. */
export function lambda(expression: string): string {
  return `keras.layers.Lambda(lambda x: ${expression})`;
}

/** A layer that pads. */
export function padLayer(input: Shape, around: Padding, value: 0 | '-inf'): Layer {
  const { top, bottom, left, right } = around;
  return {
    text:
      value === 0
        ? `keras.layers.ZeroPadding2D(((${top}, ${bottom}), (${left}, ${right})))`
        : lambda(`keras.ops.pad(x, ${sidesOf(around)}, constant_values=-np.inf)`),
    output: paddedShape(input, around),
  };
}

/** {@link padLayer} with zeros, if there is anything to pad. */
export function zeroLayers(input: Shape, around: Padding): Layer[] {
  return equalPadding(around, noPadding) ? [] : [padLayer(input, around, 0)];
}

/** The padding of all axes, channels last. */
export function sidesOf({ top, bottom, left, right }: Padding): string {
  return `((0, 0), (${top}, ${bottom}), (${left}, ${right}), (0, 0))`;
}
