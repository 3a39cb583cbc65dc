import type { PoolingLayer } from '../../core/layer';
import type { OperatorName } from '../../core/operators';
import { noPadding, type Padding } from '../../core/options';
import type { Literal } from '../syntax/literal';
import { outputSize, pair, type Reading, type Settings } from './settings';
import type { Signature } from './signature';

const framework = 'keras';

/** Keras takes the word in upper case as well. */
export const padding: Reading<Padding | 'same'> = (value: Literal) => {
  const word = value.type === 'str' ? value.value.toLowerCase() : undefined;
  if (word === 'same') return 'same';
  return word === 'valid' ? noPadding : undefined;
};

function row(names: readonly string[], parameters: readonly string[], read: Signature['read']): Signature {
  return {
    callee: `keras.layers.${names[0]}`,
    paths: names.map(name => `keras.layers.${name}`),
    framework,
    parameters,
    paddingWords: { same: 'same', valid: 'valid' },
    read,
  };
}

function window(operator: OperatorName): Signature['read'] {
  return (settings: Settings): PoolingLayer => {
    const kernelSize = settings.optional('pool_size', pair, [2, 2]);
    return {
      operator,
      framework,
      kernelSize,
      stride: settings.optional('strides', pair, kernelSize, true),
      padding: settings.optional('padding', padding, noPadding),
      dilation: [1, 1],
      ceilMode: false,
      countIncludePad: false,
    };
  };
}

function adaptive(operator: 'adaptiveMax' | 'adaptiveAverage'): Signature['read'] {
  return settings => ({ operator, framework, outputSize: settings.required('output_size', outputSize, [null, null]) });
}

const windowParameters = ['pool_size', 'strides', 'padding', 'data_format', 'name'];

export const keras: readonly Signature[] = [
  row(['MaxPooling2D', 'MaxPool2D'], windowParameters, window('max')),
  row(['AveragePooling2D', 'AvgPool2D'], windowParameters, window('average')),
  row(['GlobalMaxPooling2D', 'GlobalMaxPool2D'], ['data_format', 'keepdims'], () => ({
    operator: 'globalMax',
    framework,
  })),
  row(['GlobalAveragePooling2D', 'GlobalAvgPool2D'], ['data_format', 'keepdims'], () => ({
    operator: 'globalAverage',
    framework,
  })),
  row(['AdaptiveMaxPooling2D'], ['output_size', 'data_format'], adaptive('adaptiveMax')),
  row(['AdaptiveAveragePooling2D'], ['output_size', 'data_format'], adaptive('adaptiveAverage')),
];
