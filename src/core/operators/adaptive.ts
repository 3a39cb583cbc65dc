/** What the poolings have in common whose windows divide the whole input. */
import type { Axes, Axis } from '../axis';
import { commonDivisor } from '../commonDivisor';
import { type OutputSize, only, PoolError, type PoolOptions } from '../options';
import { tupleText } from '../pythonText';
import type { Shape } from '../tensor';
import type { Call, Operator } from './operator';

/** The chosen output size; 1×1 if none is. */
function outputSizeOf({ outputSize = [1, 1] }: PoolOptions): OutputSize {
  return outputSize;
}

/** Whether the output is 1×1: then one window covers the whole picture. */
export function isOnePixel(options: PoolOptions): boolean {
  return outputSizeOf(options).every(size => size === 1);
}

/** The parts of an operator with adaptive windows that do not depend on how it reduces them. */
export const adaptiveWindows = {
  settings: ['outputSize'],
  optionsFrom: options => only(options, 'outputSize', 'returnIndices'),
  axes: ([, , height, width], options) => {
    const [rows, columns] = outputSizeOf(options);
    return [adaptiveAxis(height, rows ?? height), adaptiveAxis(width, columns ?? width)];
  },
  sizeFormula: ({ output }) => `output_size = ${output}`,
} as const satisfies Partial<Operator>;

/** The parts of an operator with one window over the whole picture that do not depend on how it reduces it. */
export const globalWindow = {
  settings: [],
  optionsFrom: options => only(options, 'returnIndices'),
  axes: ([, , height, width]): Axes => [adaptiveAxis(height, 1), adaptiveAxis(width, 1)],
  sizeFormula: () => '1',
} as const satisfies Partial<Operator>;

/** An axis divided among `output` windows, which are equal if the input's size is a multiple of the output's. */
function adaptiveAxis(input: number, output: number): Axis {
  const axis = { input, output, dilation: 1, padBefore: 0, padAfter: 0 };
  if (output === 0) return { ...axis, kernel: 1, stride: 1 };
  const stride = input / output;
  if (input % output === 0) return { ...axis, kernel: stride, stride };
  // Windows begin at most (O − g)/O behind a pixel's edge, with g the greatest common divisor: the longest one ends
  // I/O later, rounded up.
  const longest = Math.ceil((input + output - commonDivisor(input, output)) / output);
  return { ...axis, kernel: longest, stride, uneven: { input, output, first: 0 } };
}

/** A pair with `None` where the input's size is kept: `7`, `(7, None)`. */
export function outputSizeText(options: PoolOptions): string {
  const [height, width] = outputSizeOf(options);
  if (height === width && height !== null) return `${height}`;
  return tupleText([height ?? 'None', width ?? 'None']);
}

/**
 * PyTorch's layer.
 * @param negative its message for an output size below 0
 */
export function adaptiveInPyTorch(
  layer: string,
  name: string,
  negative: (output: readonly [number, number], shape: Shape) => string,
): Call {
  return {
    layer,
    dilation: 'ignored',
    emptyWindow: 0,
    check(options, shape) {
      const [, , height, width] = shape;
      const size = outputSizeOf(options);
      const isFraction = (value: number | null) => value !== null && !Number.isInteger(value);
      if (size.some(isFraction)) {
        // As for all tuples: the parser checks the first element while it matches arguments, and counts the others
        // from 1.
        const [place, at] = isFraction(size[0]) ? [' (position 2)', 0] : ['', 2];
        throw new PoolError(
          `${name}(): argument 'output_size'${place} must be tuple of ints, but found element of type float at pos ${at}`,
          refusedSize(size, isFraction),
        );
      }
      const output = [size[0] ?? height, size[1] ?? width] as const;
      if (Math.min(...output) < 0) {
        throw new PoolError(
          negative(output, shape),
          refusedSize(size, value => value !== null && value < 0),
        );
      }
      if (height === 0 || width === 0) {
        throw new PoolError(
          `${name}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes ` +
            `[${shape.join(', ')}] with dimension ${height === 0 ? 2 : 3} being empty`,
        );
      }
    },
    write: (_, options) => `${layer}(${outputSizeText(options)})`,
  };
}

/**
 * Keras' layer (since Keras 3.12). It checks only that there are two sizes: each backend fails in its own way for a 0, a
 * negative size or a fraction. The words for these are ours, made from those of the layer's check.
 */
export function adaptiveInKeras(layer: string): Call {
  return {
    layer,
    dilation: 'ignored',
    emptyWindow: 0,
    check(options) {
      const size = outputSizeOf(options);
      const isWrong = (value: number | null) => value !== null && !(Number.isInteger(value) && value > 0);
      if (!size.some(isWrong)) return;
      throw new PoolError(
        `\`output_size\` must be a positive integer or (height, width) tuple. Received: ${outputSizeText(options)}`,
        refusedSize(size, isWrong),
      );
    },
    write: (_, options, axes) => {
      const [height, width] = [axes[0].output, axes[1].output];
      // It has no None: the size that is kept is written out.
      return `${layer}(${outputSizeText({ ...options, outputSize: [height, width] })})`;
    },
  };
}

/** A layer without settings. */
export function globalCall(layer: string, text = `${layer}()`): Call {
  return { layer, dilation: 'ignored', emptyWindow: 0, write: () => text };
}

function refusedSize(size: OutputSize, isWrong: (value: number | null) => boolean) {
  return { option: 'outputSize', sides: ([0, 1] as const).filter(side => isWrong(size[side])) } as const;
}
