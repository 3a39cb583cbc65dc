/**
 * The layers of well-known networks: torchvision's numbers where it has the network, else the paper's. Of residual
 * networks the main path: shortcuts change no shape.
 */
import { symmetricPadding } from '../../core/options';
import type { Shape } from '../../core/tensor';
import { type LayerChoice, type LayerKind, newLayer } from './layerChoice';

/** A layer without its id. */
type Draft = readonly [kind: LayerKind, changes: Partial<LayerChoice>];

interface StackPreset {
  /** The network's name, which is the same in every language. */
  readonly network: string;
  readonly layers: readonly Draft[];
  /** What torchvision adds so that the network takes pictures of other sizes: no part of its own poolings. */
  readonly fitting?: Draft;
  /** The input that the network is made for: channels, height, width. */
  readonly input: readonly [channels: number, height: number, width: number];
  /** The outputs of the linear layer behind it. */
  readonly outFeatures: number;
  /**
   * How many layers are the network's own. One convolution stands for each group of those behind them: only shapes and
   * steps are the network's there.
   */
  readonly own?: number;
}

function square(size: number, stride: number, pad: number): Partial<LayerChoice> {
  return { kernel: [size, size], stride: [stride, stride], padding: symmetricPadding([pad, pad]) };
}

function conv(
  outChannels: number,
  size: number,
  stride = 1,
  pad = (size - 1) / 2,
  changes: Partial<LayerChoice> = {},
): Draft {
  return ['conv', { outChannels, ...square(size, stride, pad), ...changes }];
}

function pool(
  kind: 'max' | 'average',
  size: number,
  stride: number,
  pad = 0,
  changes: Partial<LayerChoice> = {},
): Draft {
  return [kind, { ...square(size, stride, pad), ...changes }];
}

function adaptive(size: number): Draft {
  return ['adaptiveAverage', { outputSize: [size, size] }];
}

/** Networks with batch normalization have convolutions without a bias. */
const unbiased = { bias: false } as const;

/** Convolutions of 3×3 in a row. */
function convs(count: number, channels: number): Draft[] {
  return Array.from({ length: count }, () => conv(channels, 3));
}

/** Two blocks of two convolutions. */
function residual(channels: number, stride: number): Draft[] {
  return [stride, 1, 1, 1].map(step => conv(channels, 3, step, 1, unbiased));
}

/** A convolution of each channel by itself, then one of 1×1 (MobileNetV1, Howard et al. 2017, table 1). */
function separable(channels: number, outChannels: number, stride: number): Draft[] {
  return [conv(channels, 3, stride, 1, { ...unbiased, groups: channels }), conv(outChannels, 1, 1, 0, unbiased)];
}

const imageNet = [3, 224, 224] as const;
const stem = [conv(64, 7, 2, 3, unbiased), pool('max', 3, 2, 1)];

export const stackPresets = {
  lenet: {
    network: 'LeNet-5',
    layers: [conv(6, 5, 1, 0), pool('average', 2, 2), conv(16, 5, 1, 0), pool('average', 2, 2)],
    input: [1, 32, 32],
    outFeatures: 120,
  },
  alexnet: {
    network: 'AlexNet',
    layers: [
      conv(64, 11, 4, 2),
      pool('max', 3, 2),
      conv(192, 5),
      pool('max', 3, 2),
      conv(384, 3),
      conv(256, 3),
      conv(256, 3),
      pool('max', 3, 2),
    ],
    fitting: adaptive(6),
    input: imageNet,
    outFeatures: 4096,
  },
  vgg16: {
    network: 'VGG-16',
    layers: [
      ...[64, 128].flatMap(channels => [...convs(2, channels), pool('max', 2, 2)]),
      ...[256, 512, 512].flatMap(channels => [...convs(3, channels), pool('max', 2, 2)]),
    ],
    fitting: adaptive(7),
    input: imageNet,
    outFeatures: 4096,
  },
  resnet18: {
    network: 'ResNet-18',
    layers: [...stem, ...residual(64, 1), ...residual(128, 2), ...residual(256, 2), ...residual(512, 2), adaptive(1)],
    input: imageNet,
    outFeatures: 1000,
  },
  // Its 49 convolutions exceed the table.
  resnet50: {
    network: 'ResNet-50',
    layers: [
      ...stem,
      ...[256, 512, 1024, 2048].map((channels, i) => conv(channels, 1, i === 0 ? 1 : 2, 0, unbiased)),
      adaptive(1),
    ],
    input: imageNet,
    outFeatures: 1000,
    own: 2,
  },
  // The branch with pooling of the first Inception block (inception3a), which reads 192 channels of 28×28.
  inception: {
    network: 'Inception',
    layers: [pool('max', 3, 1, 1, { ceilMode: true }), conv(32, 1, 1, 0, unbiased)],
    input: [192, 28, 28],
    outFeatures: 1000,
  },
  mobilenet: {
    network: 'MobileNetV1',
    layers: [
      conv(32, 3, 2, 1, unbiased),
      ...separable(32, 64, 1),
      ...separable(64, 128, 2),
      ...separable(128, 128, 1),
      ...separable(128, 256, 2),
      ...separable(256, 256, 1),
      ...separable(256, 512, 2),
      ...Array.from({ length: 5 }, () => separable(512, 512, 1)).flat(),
      ...separable(512, 1024, 2),
      ...separable(1024, 1024, 1),
      adaptive(1),
    ],
    input: imageNet,
    outFeatures: 1000,
  },
} satisfies Record<string, StackPreset>;

export type StackPresetName = keyof typeof stackPresets;

export const stackPresetNames = Object.keys(stackPresets) as StackPresetName[];

/** A preset's part: the whole network on its own input, or only its poolings, which can be computed on the picture. */
export interface PresetChoice {
  readonly name: StackPresetName;
  readonly part: 'network' | 'poolings';
}

/** The layers of a preset, numbered from `firstId` on. */
export function layersOf({ name, part }: PresetChoice, firstId = 1): LayerChoice[] {
  const { layers, fitting }: StackPreset = stackPresets[name];
  const drafts =
    part === 'network' ? [...layers, ...(fitting ? [fitting] : [])] : layers.filter(([kind]) => kind !== 'conv');
  return drafts.map(([kind, changes], i) => newLayer(firstId + i, kind, changes));
}

/** The input's shape that a preset brings; undefined for the picture's. */
export function inputOf({ name, part }: PresetChoice): Shape | undefined {
  const [channels, height, width] = stackPresets[name].input;
  return part === 'network' ? [1, channels, height, width] : undefined;
}

/** How many of a preset's layers are the network's own, and do not stand for several. */
export function ownLayers(preset: PresetChoice | null): number {
  if (preset?.part !== 'network') return Number.POSITIVE_INFINITY;
  const { own }: StackPreset = stackPresets[preset.name];
  return own ?? Number.POSITIVE_INFINITY;
}
