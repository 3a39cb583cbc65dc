import type { Axes } from '../axis';
import type { Framework, PoolOptions } from '../options';
import type { Point } from '../region';
import type { Samples, Tensor } from '../tensor';

/** One framework's name for an operator, and how it differs there. */
export interface Call {
  /** The layer or node: `MaxPool2d`, `MaxPooling2D`, `MaxPool`. */
  readonly layer: string;
  /** The function that error messages name, where that is not the layer. */
  readonly function?: string;
  /** Whether the framework has it only as `−layer(−x)`. */
  readonly isNegated?: boolean;
  /** Whether the call has dilation, refuses it by name, or is not told of it. */
  readonly dilation: 'taken' | 'refused' | 'ignored';
  /** What a window without a single pixel of the input gives. */
  readonly emptyWindow: number;
}

/** A pooled picture; `indices` only if they were asked for, and the operator has them. */
export interface Pooled {
  readonly output: Tensor;
  /** Where each value was found: `row · W + column` in the unpadded plane of its channel, laid out as the output's data. */
  readonly indices?: Int32Array;
}

/** How one output value came about, in one channel. */
export type Explanation =
  | {
      readonly kind: 'selected';
      readonly value: number;
      /** The first tap that holds the value; absent when the window misses the input altogether. */
      readonly winner?: Point;
      /** The winner's `row · W + column`, as `return_indices` reports it. */
      readonly index?: number;
    }
  | {
      readonly kind: 'averaged';
      /** The float32 average; 0 where there is nothing to average. */
      readonly value: number;
      /** The exact sum of the values inside the input. */
      readonly sum: number;
      /** 0 only where dilation leads the whole window past the input. */
      readonly divisor: number;
    };

/** A row of the table of operators: what it makes of a window, and what frameworks and scripts call it. */
export interface Operator {
  /** As a heading, in English; the page translates it. */
  readonly title: string;
  readonly longTitle: string;
  readonly calls: Readonly<Record<Framework, Call>>;
  /** NumPy's name for what is done to a window. */
  readonly numpy: 'max' | 'min' | 'mean';
  /** What padding counts as, for scripts that have to pad by themselves. */
  readonly padding: 0 | '-inf' | 'inf';
  /** Whether a sum is divided, so that it matters whether padding counts, and the divisor can be set. */
  readonly divides: boolean;
  /** For operators that pick one pixel of a window: sentences of it, in English with places for values; translated like titles. */
  readonly sentences?: {
    /** What padding counts as. */
    readonly padding: string;
    /** `{0}` pixels in the window, the picked one in row `{1}`, column `{2}` of it. */
    readonly picked: string;
    /** A pixel is picked by `{0}` windows. */
    readonly wins: string;
  };

  /**
   * The whole picture pooled in plain TypeScript, for every element type and option: the reference that kernels are tested
   * against.
   *
   * @param axes as `planAxes` gives them for these options
   */
  pool(input: Tensor, axes: Axes, options: PoolOptions): Pooled;

  /** One output value: window (x, y) of one channel. */
  explain(input: Tensor, axes: Axes, options: PoolOptions, window: Point, channel: number): Explanation;

  /** Whether a pixel is the one that a window reports. Absent where no single pixel is. */
  selects?(input: Tensor, axes: Axes, channel: number, pixel: Point, window: Point): boolean;
}

/** A framework's call of a layer, around its input: `MaxPool2d(2)(x)`, and `-MaxPool2d(2)(-x)` where it has to be negated. */
export function applied({ isNegated }: Call, layer: string, input: string): string {
  return isNegated ? `-${layer}(-${input})` : `${layer}(${input})`;
}

/** A framework's call of a layer without its input, as far as that goes: `MaxPool2d(2)`, but `-MaxPool2d(2)(-x)`. */
export function callText(call: Call, layer: string): string {
  return call.isNegated ? applied(call, layer, 'x') : layer;
}

/** A new array of the same element type. Not by `data.constructor`: a Node `Buffer` must give a plain array. */
export function samplesLike<D extends Samples>(data: D, length: number): D {
  const samples: Samples =
    data instanceof Uint8Array
      ? new Uint8Array(length)
      : data instanceof Uint16Array
        ? new Uint16Array(length)
        : new Float32Array(length);
  return samples as D;
}
