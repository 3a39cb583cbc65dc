import type { Axes, Axis } from '../axis';
import { noPadding, PoolError, type PoolOptions } from '../options';
import { pairText } from '../pythonText';
import type { Shape, Tensor } from '../tensor';
import { max } from './max';
import type { Call, Operator } from './operator';

/** The binomial filter along one axis; its weights add up to 4. */
const weights = [1, 2, 1] as const;

/**
 * Max pooling that keeps its place when the picture moves (Zhang 2019, Making Convolutional Networks Shift-Invariant
 * Again): maxima at stride 1 without padding, blurred by the 3×3 filter `[1 2 1]ᵀ[1 2 1] / 16`, then every `stride`th
 * value. Beyond the border the maxima are reflected, not repeated. No framework has it as a layer; it is float32.
 */
export const maxBlur: Operator = {
  title: 'Max then blur',
  longTitle: 'Max pooling, blurred before striding',
  calls: {
    pytorch: blurCall('MaxPool2d', 'max_pool2d()', (kernel, stride) => [
      `MaxPool2d(${kernel}, stride=1)`,
      `blur(stride=${stride})`,
    ]),
    keras: blurCall('MaxPooling2D', undefined, (kernel, stride) => [
      `MaxPooling2D(${kernel}, strides=1)`,
      `blur(strides=${stride})`,
    ]),
    onnx: blurCall('MaxPool', undefined, (kernel, stride) => [`MaxPool(${kernel})`, `blur(strides=${stride})`]),
  },
  settings: ['kernelSize', 'stride'],
  padding: 'reflect',
  divides: false,

  optionsFrom: ({ framework, kernelSize, stride }) => ({
    ...(framework && { framework }),
    kernelSize,
    stride,
    padding: noPadding,
    dilation: [1, 1],
    ceilMode: false,
    countIncludePad: true,
  }),

  /** The filter reads one maximum more on each side. There are as many outputs as windows of the maxima at this stride. */
  widened: axes => axes.map(axis => ({ ...axis, kernel: axis.kernel + 2, padBefore: 1, padAfter: 1 })) as [Axis, Axis],

  sizeFormula: ({ input, kernel, stride, output }) => `⌊(${input} − ${kernel - 2})/${stride}⌋ + 1 = ${output}`,

  pool(input, axes) {
    return {
      output: {
        shape: [1, input.shape[1], axes[0].output, axes[1].output],
        data: blurred(maximaOf(input, axes), axes),
      },
    };
  },

  explain(input, [vertical, horizontal], _, { x, y }, channel) {
    const { shape, data } = input;
    const [, channels, , width] = shape;
    const [rows, columns] = [placesOf(vertical, y), placesOf(horizontal, x)];
    const [height, length] = [vertical.kernel - 2, horizontal.kernel - 2];
    const maximum = (top: number, left: number) => {
      let best = Number.NEGATIVE_INFINITY;
      for (let row = top; row < top + height; row++) {
        for (let column = left; column < left + length; column++) {
          const value = data[(row * width + column) * channels + channel]!;
          if (value > best || Number.isNaN(value)) best = value;
        }
      }
      return best;
    };
    const maxima = rows.flatMap(top => columns.map(left => maximum(top, left)));
    let sum = 0;
    for (const [i, value] of maxima.entries()) sum += value * weights[Math.floor(i / 3)]! * weights[i % 3]!;
    return { kind: 'blurred', value: Math.fround(sum / 16), maxima };
  },
};

function blurCall(
  layer: string,
  name: string | undefined,
  steps: (kernel: string, stride: string) => readonly string[],
): Call {
  return {
    layer,
    ...(name !== undefined && { function: name }),
    dilation: 'ignored',
    emptyWindow: 0,
    check: checkReflection,
    write: (_, { kernelSize, stride }) => steps(pairText(kernelSize), pairText(stride)).join(' → '),
  };
}

/** Reflection takes the maximum next to the border, so there have to be two: the words of `F.pad(mode='reflect')`. */
function checkReflection({ kernelSize: [kernelHeight, kernelWidth] }: PoolOptions, shape: Shape): void {
  const [, channels, height, width] = shape;
  const maxima = [1, channels, height - kernelHeight + 1, width - kernelWidth + 1] as const;
  const side = maxima[3] === 1 ? 1 : maxima[2] === 1 ? 0 : undefined;
  // With less than one maximum the pooling itself is refused.
  if (side === undefined || Math.min(maxima[2], maxima[3]) < 1) return;
  throw new PoolError(
    `Argument #${side === 1 ? 4 : 6}: Padding size should be less than the corresponding input dimension, ` +
      `but got: padding (1, 1) at dimension ${side + 2} of input [${maxima.join(', ')}]`,
    { option: 'kernelSize', sides: [side] },
  );
}

/** The number of maxima along an axis. */
function maximaAlong({ input, kernel }: Axis): number {
  return input - kernel + 3;
}

/** The three maxima that output `i` is made from, reflected beyond the picture's border. */
function placesOf(axis: Axis, i: number): readonly number[] {
  const last = maximaAlong(axis) - 1;
  return weights.map((_, tap) => {
    const at = Math.abs(i * axis.stride - axis.padBefore + tap);
    return at > last ? 2 * last - at : at;
  });
}

/** The maxima at stride 1, of the rows and columns of the whole input. */
function maximaOf(input: Tensor, [vertical, horizontal]: Axes): Tensor {
  const inner = (axis: Axis): Axis => ({
    ...axis,
    kernel: axis.kernel - 2,
    stride: 1,
    padBefore: 0,
    padAfter: 0,
    output: maximaAlong(axis),
  });
  const [rows, columns] = [inner(vertical), inner(horizontal)];
  const options: PoolOptions = {
    kernelSize: [rows.kernel, columns.kernel],
    stride: [1, 1],
    padding: noPadding,
    dilation: [1, 1],
    ceilMode: false,
    countIncludePad: true,
  };
  return max.pool(input, [rows, columns], options).output;
}

/** The filter at every `stride`th place: down the columns, then along the row. */
function blurred({ shape, data }: Tensor, [vertical, horizontal]: Axes): Float32Array {
  const [, channels, , width] = shape;
  const rowLength = width * channels;
  const output = new Float32Array(vertical.output * horizontal.output * channels);
  const line = new Float64Array(rowLength);
  const places = Array.from({ length: horizontal.output }, (_, x) => placesOf(horizontal, x).map(at => at * channels));
  let at = 0;
  for (let y = 0; y < vertical.output; y++) {
    const [above, middle, below] = placesOf(vertical, y).map(row => row * rowLength) as [number, number, number];
    for (let i = 0; i < rowLength; i++) line[i] = data[above + i]! + 2 * data[middle + i]! + data[below + i]!;
    for (const [left, centre, right] of places as [number, number, number][]) {
      for (let c = 0; c < channels; c++) {
        output[at++] = (line[left + c]! + 2 * line[centre + c]! + line[right + c]!) / 16;
      }
    }
  }
  return output;
}
