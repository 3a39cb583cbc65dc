/** Classes of the frameworks that stand among poolings and convolutions. */
import type { Framework } from '../../core/options';

/**
 * Layers of which a table of shapes says nothing: they keep the shape, or follow when the picture has become a list of
 * numbers.
 */
const plain: Readonly<Record<'pytorch' | 'keras', readonly string[]>> = {
  pytorch: [
    ...['ReLU', 'ReLU6', 'LeakyReLU', 'PReLU', 'RReLU', 'ELU', 'SELU', 'CELU', 'GELU', 'SiLU', 'Mish'],
    ...['Sigmoid', 'LogSigmoid', 'Hardsigmoid', 'Tanh', 'Hardtanh', 'Tanhshrink', 'Hardswish'],
    ...['Hardshrink', 'Softshrink', 'Softplus', 'Softsign', 'Threshold'],
    ...['Softmax', 'Softmax2d', 'Softmin', 'LogSoftmax'],
    ...['BatchNorm1d', 'BatchNorm2d', 'LazyBatchNorm1d', 'LazyBatchNorm2d', 'SyncBatchNorm'],
    ...['InstanceNorm1d', 'InstanceNorm2d', 'LazyInstanceNorm1d', 'LazyInstanceNorm2d'],
    ...['GroupNorm', 'LayerNorm', 'RMSNorm', 'LocalResponseNorm', 'CrossMapLRN2d'],
    ...['Dropout', 'Dropout1d', 'Dropout2d', 'AlphaDropout', 'FeatureAlphaDropout'],
    ...['Identity', 'ChannelShuffle'],
    ...['Flatten', 'Linear', 'LazyLinear'],
  ],
  keras: [
    ...['Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax'],
    ...['BatchNormalization', 'LayerNormalization', 'GroupNormalization', 'UnitNormalization', 'RMSNormalization'],
    ...['Normalization', 'Rescaling', 'ActivityRegularization', 'Identity', 'Masking'],
    ...['Dropout', 'SpatialDropout2D', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise'],
    ...['RandomFlip', 'RandomRotation', 'RandomTranslation', 'RandomZoom', 'RandomShear', 'RandomPerspective'],
    ...['RandomBrightness', 'RandomContrast', 'RandomHue', 'RandomSaturation', 'RandomColorJitter', 'RandomErasing'],
    ...['Input', 'InputLayer'],
    ...['Flatten', 'Dense'],
  ],
};

/** Of `torch.nn`, what is no layer. */
const notLayers = /Loss(?:2d)?$|^(?:Uninitialized)?(?:Parameter|Buffer)|^Module$/;

/** A layer's class, wherever in the framework it is kept: `keras.layers.core.Dense` is `Dense`. */
function classOf(path: string): readonly [keyof typeof plain, string] | undefined {
  const [, torch, keras] =
    /^(?:torch\.nn\.(?:modules\.\w+\.)?([A-Z]\w*)|keras\.(?:layers\.(?:\w+\.)*)?([A-Z]\w*))$/.exec(path) ?? [];
  if (torch !== undefined) return notLayers.test(torch) ? undefined : ['pytorch', torch];
  return keras === undefined ? undefined : ['keras', keras];
}

/** Whether a path is that of a layer of a framework, known to us or not. */
export function isLayer(path: string): boolean {
  return classOf(path) !== undefined;
}

/** Whether a layer is left out of a stack without a word. */
export function isPlain(path: string): boolean {
  const found = classOf(path);
  return found !== undefined && plain[found[0]].includes(found[1]);
}

const sequential: readonly (readonly [path: RegExp, framework: Framework])[] = [
  [/^torch\.nn\.Sequential$/, 'pytorch'],
  [/^keras\.(?:models\.|engine\.\w+\.)?Sequential$/, 'keras'],
];

/** The framework of a class for layers one after the other; undefined for all other classes. */
export function sequentialOf(path: string): Framework | undefined {
  return sequential.find(([pattern]) => pattern.test(path))?.[1];
}

/** Functions that return the layer they are given. */
export function isWrapper(path: string): boolean {
  return /^torch\.nn\.utils\.(?:parametrizations\.)?(?:spectral_norm|weight_norm|orthogonal)$/.test(path);
}
