/** The geometry of a convolution: its shape and how many parameters it has. */
import { type Axes, effectiveKernel, windowAxes } from './axis';
import { refusedOption, type SidedOptions } from './frameworks/refusedOption';
import type { ConvLayer } from './layer';
import { noPadding, PoolError } from './options';
import type { Shape } from './tensor';

/** A checked convolution of a picture of known shape. */
export interface PlannedConv {
  readonly axes: Axes;
  readonly output: Shape;
  /** Weights, and a bias for each output channel if there are any. */
  readonly parameters: number;
}

/** Rows times columns of an output, at most: what pixels see is followed along whole rows and columns. */
const mostPixels = 2 ** 29;

/**
 * The shape is `⌊(I + before + after − e)/s⌋ + 1` with `e = d·(k − 1) + 1`. `'same'` is Keras' rule in Keras and ONNX; in
 * PyTorch, which has it for stride 1 only, that is the same.
 *
 * @throws {PoolError} for what `nn.Conv2d` refuses, with PyTorch's message; also for outputs beyond {@link mostPixels}
 */
export function planConv(layer: ConvLayer, input: Shape): PlannedConv {
  checkArguments(layer, input);
  const [, inChannels] = input;
  const { outChannels, kernelSize, groups = 1, bias = true } = layer;
  const axes = windowAxes(input, layer, layer.dilation, false);
  if (axes.some(({ output }) => output < 1)) throw tooLarge(axes);
  checkPositive(layer);
  const output: Shape = [1, outChannels, axes[0].output, axes[1].output];
  if (output[2] * output[3] > mostPixels) throw new PoolError(`Output size is too large: [${output.join(', ')}]`);
  const [kernelHeight, kernelWidth] = kernelSize;
  const weights = outChannels * (inChannels / groups) * kernelHeight * kernelWidth;
  return {
    axes,
    output,
    parameters: weights + (bias ? outChannels : 0),
  };
}

/**
 * The checks of `_ConvNd` (torch/nn/modules/conv.py), which makes the weights, then those of ATen's
 * `check_shape_forward` (aten/src/ATen/native/Convolution.cpp) before it looks at the input's size. PyTorch lists a
 * call's types where a number is not whole: that is said in our own words.
 */
function checkArguments(layer: ConvLayer, [, inChannels]: Shape): void {
  const { outChannels, kernelSize, stride, padding, groups = 1 } = layer;
  const isFraction = (value: number) => !Number.isInteger(value);
  for (const [option, name] of names) {
    refuse(layer, `conv2d(): argument '${name}' must be tuple of ints`, option, isFraction);
  }
  if (isFraction(outChannels)) throw new PoolError('out_channels must be a whole number', { option: 'outChannels' });

  if (isFraction(groups) || groups < 1) {
    throw new PoolError('groups must be a positive integer', { option: 'groups' });
  }
  if (inChannels % groups !== 0) throw new PoolError('in_channels must be divisible by groups', { option: 'groups' });
  if (outChannels % groups !== 0) throw new PoolError('out_channels must be divisible by groups', { option: 'groups' });
  const isStrided = stride.some(step => step !== 1);
  if (padding === 'same' && isStrided && (layer.framework ?? 'pytorch') === 'pytorch') {
    throw new PoolError("padding='same' is not supported for strided convolutions", { option: 'padding', sides: [] });
  }
  const weights = [outChannels, inChannels / groups, ...kernelSize];
  const negative = weights.find(size => size < 0);
  if (negative !== undefined) {
    const message = `Trying to create tensor with negative dimension ${negative}: [${weights.join(', ')}]`;
    if (outChannels < 0) throw new PoolError(message, { option: 'outChannels' });
    refuse(layer, message, 'kernelSize', value => value < 0);
  }
  refuse(layer, 'negative padding is not supported', 'padding', value => value < 0);
  refuse(layer, 'non-positive stride is not supported', 'stride', value => value < 1);
  if (outChannels === 0) {
    throw new PoolError(
      `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size ` +
        `[${weights.join(', ')}] instead`,
      { option: 'outChannels' },
    );
  }
}

/** The checks that follow that of the input's size. */
function checkPositive(layer: ConvLayer): void {
  const { kernelSize, dilation } = layer;
  const [height, width] = kernelSize;
  refuse(
    layer,
    `kernel size should be greater than zero, but got kernel_height: ${height} kernel_width: ${width}`,
    'kernelSize',
    value => value < 1,
  );
  refuse(
    layer,
    `dilation should be greater than zero, but got [${dilation.join(', ')}]`,
    'dilation',
    value => value < 1,
  );
}

/** @throws {PoolError} if one of an option's numbers is wrong */
function refuse(
  { kernelSize, stride, padding, dilation }: ConvLayer,
  message: string,
  option: keyof SidedOptions,
  isWrong: (value: number) => boolean,
): void {
  const numbers = { kernelSize, stride, dilation, padding: padding === 'same' ? noPadding : padding };
  const about = refusedOption(option, numbers, isWrong);
  if (about.sides.length > 0) throw new PoolError(message, about);
}

/** The options in the order of the arguments, and what these are called. */
const names = [
  ['kernelSize', 'kernel_size'],
  ['stride', 'stride'],
  ['padding', 'padding'],
  ['dilation', 'dilation'],
] as const;

function tooLarge(axes: Axes): PoolError {
  const padded = axes.map(({ padBefore, input, padAfter }) => padBefore + input + padAfter);
  const kernels = axes.map(effectiveKernel);
  const sides = ([0, 1] as const).filter(side => axes[side].output < 1);
  return new PoolError(
    `Calculated padded input size per channel: (${padded.join(' x ')}). Kernel size: (${kernels.join(' x ')}). ` +
      "Kernel size can't be greater than actual input size",
    { option: 'kernelSize', sides },
  );
}
