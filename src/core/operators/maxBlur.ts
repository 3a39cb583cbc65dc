import type { Axes, Axis } from '../axis';
import { only, type Pair, PoolError, type PoolOptions, plainOptions } from '../options';
import { pairText, tupleText } from '../pythonText';
import type { Shape, Tensor } from '../tensor';
import { max } from './max';
import type { Call, Operator } from './operator';

/** The binomial filter along one axis; its weights add up to 4. */
export const filterWeights = [1, 2, 1] as const;

/**
 * Max pooling that keeps its place when the picture moves (Zhang 2019, Making Convolutional Networks Shift-Invariant
 * Again): maxima at stride 1 without padding, blurred by the 3×3 filter `[1 2 1]ᵀ[1 2 1] / 16`, then every `stride`th
 * value. Beyond the border the maxima are reflected, not repeated. No framework has it as a layer; it is float32.
 */
export const maxBlur: Operator = {
  title: 'Max then blur',
  longTitle: 'Max pooling, blurred before striding',
  calls: {
    pytorch: {
      ...blurCall(
        'MaxPool2d',
        (kernel, stride) => [`MaxPool2d(${kernel}, stride=1)`, `blur(stride=${stride})`],
        stride =>
          stride.every(Number.isInteger)
            ? 'non-positive stride is not supported'
            : "conv2d(): argument 'stride' must be tuple of ints",
      ),
      function: 'max_pool2d()',
    },
    keras: blurCall(
      'MaxPooling2D',
      (kernel, stride) => [`MaxPooling2D(${kernel}, strides=1)`, `blur(strides=${stride})`],
      stride => `The \`strides\` argument must be a tuple of 2 integers. Received strides=${tupleText(stride)}`,
    ),
    onnx: blurCall(
      'MaxPool',
      (kernel, stride) => [`MaxPool(${kernel})`, `blur(strides=${stride})`],
      () => 'Attribute strides must only contain positive values',
    ),
  },
  settings: ['kernelSize', 'stride'],
  padding: 'reflect',
  divides: false,

  optionsFrom: options => only(options, 'kernelSize', 'stride'),

  begins: options => ({ ...options, stride: [1, 1] }),

  /** The filter reads one maximum more on each side, at every `stride`th maximum. */
  widened([vertical, horizontal], { stride }) {
    const blurred = (maxima: Axis, step: number): Axis => ({
      ...maxima,
      kernel: maxima.kernel + 2,
      stride: step,
      padBefore: 1,
      padAfter: 1,
      output: Math.floor((maxima.output - 1) / step) + 1,
    });
    return [blurred(vertical, stride[0]), blurred(horizontal, stride[1])];
  },

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
    const down = columns.map((_, i) => filtered(maxima[i]!, maxima[i + 3]!, maxima[i + 6]!));
    return { kind: 'blurred', value: Math.fround(filtered(down[0]!, down[1]!, down[2]!) / 16), maxima };
  },
};

/** @param strideRefusal the framework's message for a convolution's stride that is not a number above 0 */
function blurCall(
  layer: string,
  steps: (kernel: string, stride: string) => readonly string[],
  strideRefusal: (stride: Pair) => string,
): Call {
  return {
    layer,
    dilation: 'ignored',
    emptyWindow: 0,
    check(options, shape) {
      checkReflection(options, shape);
      const { stride } = options;
      const sides = ([0, 1] as const).filter(side => !(Number.isInteger(stride[side]) && stride[side] > 0));
      if (sides.length > 0) throw new PoolError(strideRefusal(stride), { option: 'stride', sides });
    },
    write: (_, { kernelSize, stride }) => steps(pairText(kernelSize), pairText(stride)).join(' → '),
  };
}

/** Reflection takes the maximum next to the border, so there have to be two: the words of `F.pad(mode='reflect')`. */
function checkReflection({ kernelSize: [kernelHeight, kernelWidth] }: PoolOptions, shape: Shape): void {
  const [, channels, height, width] = shape;
  const maxima = [1, channels, height - kernelHeight + 1, width - kernelWidth + 1] as const;
  const side = maxima[3] === 1 ? 1 : maxima[2] === 1 ? 0 : undefined;
  if (side === undefined) return;
  throw new PoolError(
    `Argument #${side === 1 ? 4 : 6}: Padding size should be less than the corresponding input dimension, ` +
      `but got: padding (1, 1) at dimension ${side + 2} of input [${maxima.join(', ')}]`,
    { option: 'kernelSize', sides: [side] },
  );
}

/** Where a tap of output `i` lies among the maxima: before the first or behind the last one, it is reflected. */
function placeOf({ stride, padBefore }: Axis, i: number, tap: number): number {
  return i * stride - padBefore + tap;
}

/** Whether a tap of output `i` lies beyond the maxima. */
export function isReflected(axis: Axis, i: number, tap: number): boolean {
  const at = placeOf(axis, i, tap);
  return at < 0 || at >= maximaAlong(axis);
}

/** The number of maxima along an axis. */
function maximaAlong({ input, kernel }: Axis): number {
  return input - kernel + 3;
}

/** The filter along one axis, whose {@link filterWeights} are written out. */
function filtered(before: number, centre: number, after: number): number {
  return before + 2 * centre + after;
}

/** The three maxima that output `i` is made from, reflected beyond the picture's border. */
export function placesOf(axis: Axis, i: number): readonly number[] {
  const last = maximaAlong(axis) - 1;
  return filterWeights.map((_, tap) => {
    const at = Math.abs(placeOf(axis, i, tap));
    return at > last ? 2 * last - at : at;
  });
}

/** The maxima at stride 1 along an axis of the whole operator. */
export function maximaAxis(axis: Axis): Axis {
  return { ...axis, kernel: axis.kernel - 2, stride: 1, padBefore: 0, padAfter: 0, output: maximaAlong(axis) };
}

/** The maxima at stride 1, of the rows and columns of the whole input. */
function maximaOf(input: Tensor, [vertical, horizontal]: Axes): Tensor {
  const [rows, columns] = [maximaAxis(vertical), maximaAxis(horizontal)];
  return max.pool(input, [rows, columns], { ...plainOptions, kernelSize: [rows.kernel, columns.kernel] }).output;
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
    for (let i = 0; i < rowLength; i++) line[i] = filtered(data[above + i]!, data[middle + i]!, data[below + i]!);
    for (const [left, centre, right] of places as [number, number, number][]) {
      for (let c = 0; c < channels; c++) {
        output[at++] = filtered(line[left + c]!, line[centre + c]!, line[right + c]!) / 16;
      }
    }
  }
  return output;
}
