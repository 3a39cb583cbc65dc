import type { OperatorName } from '../../../core/operators';
import { outputSizeText } from '../../../core/operators/adaptive';
import { normOf } from '../../../core/operators/lp';
import { callIn } from '../../../core/operators/operator';
import { equalPadding, equalPairs, noPadding } from '../../../core/options';
import { pairText } from '../../../core/pythonText';
import type { Pooling } from '../../job';
import { fillsUp } from '../../lp';
import { InexpressibleError, refuseMedian } from '../../request';
import { lambda, layerAround, layerRow, type Row, sidesOf, zeroLayers } from './row';
import { float32Note, hasSameWindows, layerText, windowRow } from './window';

const adaptive = layerRow(
  // It has no None: the size that is kept is written out.
  ({ operator, options, output }) =>
    `keras.layers.${callIn(operator, 'keras').layer}(${outputSizeText({ ...options, outputSize: output })})`,
  ({ largestSum }) => [
    '# Needs Keras 3.12. With the JAX backend, Keras 3.15 takes wrong windows for some sizes, 7 among them.',
    ...(largestSum === undefined
      ? []
      : [
          '# Keras averages rows and then columns, each rounded: averages may differ from the preview in their last bits.',
        ]),
  ],
);

const global = layerRow(
  ({ operator }) => `keras.layers.${callIn(operator, 'keras').layer}(keepdims=True)`,
  float32Note,
);

/** Keras has no layer for it: averages of powers, times the number of pixels. */
const lp: Row = {
  notes: float32Note,
  lines(pooling) {
    const { variable, kernel, around } = pooling;
    const norm = normOf(pooling.options);
    const padding = lpPadding(pooling);
    const padded =
      padding === 'explicit' ? [`padded = np.pad(x, ${sidesOf(around)})  # zeros add nothing to a sum`] : [];
    const powers = `${padding === 'explicit' ? 'padded' : 'x'} ** ${norm}`;
    return [
      ...padded,
      `averages = ${layerText(pooling, padding, 'AveragePooling2D')}(${powers})`,
      `${variable}_pooled = (averages * ${kernel[0] * kernel[1]}) ** (1 / ${norm})`,
    ];
  },
  layers(pooling) {
    const { kernel, around, input } = pooling;
    const norm = normOf(pooling.options);
    const padding = lpPadding(pooling);
    const padded = padding === 'explicit' ? zeroLayers(input, around) : [];
    return [
      ...padded,
      { text: lambda(`x ** ${norm}`), output: padded.at(-1)?.output ?? input },
      layerAround(pooling, layerText(pooling, padding, 'AveragePooling2D')),
      layerAround(pooling, lambda(`(x * ${kernel[0] * kernel[1]}) ** (1 / ${norm})`)),
    ];
  },
};

/** @throws {InexpressibleError} for dilation, and ceil_mode beyond 'same' */
function lpPadding(pooling: Pooling): 'valid' | 'same' | 'explicit' {
  if (!equalPairs(pooling.dilation, [1, 1])) {
    throw new InexpressibleError('dilation', 'Keras has no dilation for pooling.');
  }
  if (equalPadding(pooling.around, noPadding)) return 'valid';
  if (!fillsUp(pooling)) return 'explicit';
  // The average of 'same', too, is one of real pixels.
  if (hasSameWindows(pooling)) return 'same';
  throw new InexpressibleError('ceil_mode', 'Keras has no average with ceil_mode.');
}

/** Max pooling at stride 1, then `blur`. */
const maxBlur: Row = {
  lines: ({ variable, options: { kernelSize, stride } }) => [
    '# Maxima at stride 1, blurred by the binomial filter before the stride takes its part.',
    `maxima = keras.layers.MaxPooling2D(pool_size=${pairText(kernelSize)}, strides=1)(x)`,
    `${variable}_pooled = blur(maxima)${takes(stride)}`,
  ],
  layers(pooling) {
    const { input, options } = pooling;
    const { kernelSize, stride } = options;
    const [, channels, height, width] = input;
    return [
      {
        text: `keras.layers.MaxPooling2D(pool_size=${pairText(kernelSize)}, strides=1)`,
        output: [1, channels, height - kernelSize[0] + 1, width - kernelSize[1] + 1],
      },
      layerAround(pooling, lambda(`blur(x)${takes(stride)}`)),
    ];
  },
};

/** Every `stride`th value. */
function takes([down, across]: readonly [number, number]): string {
  return down === 1 && across === 1 ? '' : `[:, ::${down}, ::${across}]`;
}

export const rows: Readonly<Record<OperatorName, Row>> = {
  max: windowRow,
  average: windowRow,
  min: windowRow,
  lp,
  adaptiveMax: adaptive,
  adaptiveAverage: adaptive,
  globalMax: global,
  globalAverage: global,
  maxBlur,
  median: { lines: refuseMedian, layers: refuseMedian },
};
