/** The table of convolutions, which stand in stacks. */
import type { ConvLayer } from '../../core/layer';
import { type Framework, noPadding, type Padding } from '../../core/options';
import { padding as kerasPadding } from './keras';
import { boolean, pair, type Reading, type Settings, torchPadding, torchPair, whole } from './settings';

/** What is known of a stack before a layer. */
export interface Before {
  /** The channels that come out of it; undefined if they are those of the picture. */
  readonly channels: number | undefined;
  /** Whether nothing that could have changed the channels was left out, or could not be read. */
  readonly isExact: boolean;
}

/** A row of the table: a class of a framework that convolves pictures. */
export interface ConvolutionSignature {
  /** Its full name, and other full names for the same. */
  readonly paths: readonly string[];
  readonly framework: Framework;
  /** The parameters in their order. */
  readonly parameters: readonly string[];
  /** One convolution, or two that do the same; undefined if that depends on channels that are not known. */
  read(settings: Settings, before: Before): readonly ConvLayer[] | undefined;
}

/** Where the kernel is not known: the commonest one. */
const usualKernel = [3, 3] as const;

const torchConvPadding: Reading<Padding | 'same'> = value =>
  value.type === 'str' && value.value === 'valid' ? noPadding : torchPadding(value);

function readTorch(settings: Settings, before: Before): readonly ConvLayer[] {
  const groups = groupsOf(settings, before);
  const inChannels = settings.valueOf('in_channels');
  const channels = (inChannels && whole(inChannels)) ?? before.channels ?? groups;
  return [
    {
      operator: 'conv',
      framework: 'pytorch',
      outChannels: settings.required('out_channels', whole, channels),
      kernelSize: settings.required('kernel_size', pair, usualKernel),
      stride: settings.optional('stride', torchPair, [1, 1]),
      padding: settings.optional('padding', torchConvPadding, noPadding),
      dilation: settings.optional('dilation', torchPair, [1, 1]),
      groups,
      bias: settings.optional('bias', boolean, true),
    },
  ];
}

function readKeras(settings: Settings, before: Before): readonly ConvLayer[] {
  const groups = groupsOf(settings, before);
  return [
    {
      ...kerasWindow(settings),
      outChannels: settings.required('filters', whole, before.channels ?? groups),
      groups,
      bias: settings.optional('use_bias', boolean, true),
    },
  ];
}

/** Each channel for itself. */
function readDepthwise(settings: Settings, { channels }: Before): readonly ConvLayer[] | undefined {
  if (channels === undefined) return undefined;
  const multiplier = settings.optional('depth_multiplier', whole, 1);
  const bias = settings.optional('use_bias', boolean, true);
  return [{ ...kerasWindow(settings), outChannels: channels * multiplier, groups: channels, bias }];
}

/** Each channel for itself, and then all channels of each pixel. */
function readSeparable(settings: Settings, { channels }: Before): readonly ConvLayer[] | undefined {
  if (channels === undefined) return undefined;
  const multiplier = settings.optional('depth_multiplier', whole, 1);
  return [
    { ...kerasWindow(settings), outChannels: channels * multiplier, groups: channels, bias: false },
    {
      operator: 'conv',
      framework: 'keras',
      outChannels: settings.required('filters', whole, channels),
      kernelSize: [1, 1],
      stride: [1, 1],
      padding: noPadding,
      dilation: [1, 1],
      groups: 1,
      bias: settings.optional('use_bias', boolean, true),
    },
  ];
}

function kerasWindow(settings: Settings) {
  return {
    operator: 'conv',
    framework: 'keras',
    kernelSize: settings.required('kernel_size', pair, usualKernel),
    stride: settings.optional('strides', pair, [1, 1]),
    padding: settings.optional('padding', kerasPadding, noPadding),
    dilation: settings.optional('dilation_rate', pair, [1, 1]),
  } as const;
}

/** Where channels are not those of the source, the source's groups need not divide them: then there are none. */
function groupsOf(settings: Settings, { channels, isExact }: Before): number {
  const groups = settings.optional('groups', whole, 1);
  const isPossible = channels === undefined || isExact || channels % groups === 0;
  return isPossible ? groups : settings.standIn('groups', 1);
}

const torchParameters = ['out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias'];
const kerasWindowParameters = ['kernel_size', 'strides', 'padding'];

const rows: readonly ConvolutionSignature[] = [
  {
    paths: ['torch.nn.Conv2d'],
    framework: 'pytorch',
    parameters: ['in_channels', ...torchParameters],
    read: readTorch,
  },
  { paths: ['torch.nn.LazyConv2d'], framework: 'pytorch', parameters: torchParameters, read: readTorch },
  {
    paths: ['keras.layers.Conv2D', 'keras.layers.Convolution2D'],
    framework: 'keras',
    parameters: [
      'filters',
      ...kerasWindowParameters,
      'data_format',
      'dilation_rate',
      'groups',
      'activation',
      'use_bias',
    ],
    read: readKeras,
  },
  {
    paths: ['keras.layers.DepthwiseConv2D'],
    framework: 'keras',
    parameters: [
      ...kerasWindowParameters,
      'depth_multiplier',
      'data_format',
      'dilation_rate',
      'activation',
      'use_bias',
    ],
    read: readDepthwise,
  },
  {
    paths: ['keras.layers.SeparableConv2D', 'keras.layers.SeparableConvolution2D'],
    framework: 'keras',
    parameters: [
      'filters',
      ...kerasWindowParameters,
      'data_format',
      'dilation_rate',
      'depth_multiplier',
      'activation',
      'use_bias',
    ],
    read: readSeparable,
  },
];

/** By full name. */
export const convolutions: ReadonlyMap<string, ConvolutionSignature> = new Map(
  rows.flatMap(row => row.paths.map(path => [path, row] as const)),
);
