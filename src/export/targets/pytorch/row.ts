import { padText } from '../../../core/frameworks/pytorch';
import type { Padding } from '../../../core/options';
import type { Shape } from '../../../core/tensor';
import { type Pooling, paddedShape } from '../../job';

/** A module of a network, and the shape behind it. */
export interface Module {
  readonly text: string;
  readonly output: Shape;
}

/** How PyTorch's scripts write an operator. */
export interface Row {
  /** Lines that compute `…_pooled`, `[1, C, H', W']`, from `x`. */
  lines(pooling: Pooling): string[];
  /**
   * The same as modules of a network. `Negative` and `blur` may be used.
   * @throws {InexpressibleError} for what modules cannot express
   */
  modules(pooling: Pooling): Module[];
}

/** A module whose output is the pooling's. */
export function moduleAround({ input: [, channels], output }: Pooling, text: string): Module {
  return { text, output: [1, channels, ...output] };
}

/** A module that pads with zeros. */
export function zeroModule(input: Shape, around: Padding): Module {
  return { text: `nn.ZeroPad2d(${padText(around)})`, output: paddedShape(input, around) };
}

/** The row of an operator that is one module. */
export function moduleRow(write: (pooling: Pooling) => string): Row {
  return {
    lines: pooling => [`${pooling.variable}_pooled = ${write(pooling)}(x)`],
    modules: pooling => [moduleAround(pooling, write(pooling))],
  };
}
