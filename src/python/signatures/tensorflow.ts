import type { PoolingLayer } from '../../core/layer';
import type { OperatorName } from '../../core/operators';
import { noPadding, type Padding, type Pair } from '../../core/options';
import type { Literal } from '../syntax/literal';
import { pair, type Reading, type Settings, torchPair } from './settings';
import type { Signature } from './signature';

/** Four numbers are of batch, height, width and channels, or with the channels second; only height and width pool. */
function heightAt(dataFormat: Literal | undefined): number {
  return dataFormat?.type === 'str' && dataFormat.value === 'NCHW' ? 2 : 1;
}

/** One, two or four numbers; `None` is 1. */
function sizes(settings: Settings): Reading<Pair> {
  const dataFormat = settings.valueOf('data_format');
  const isUnknown = dataFormat === undefined && settings.isGiven('data_format');
  const at = heightAt(dataFormat);
  return value => {
    if (value.type === 'none') return [1, 1];
    if (value.type !== 'sequence' || value.items.length !== 4) return torchPair(value);
    return isUnknown ? undefined : pair({ type: 'sequence', items: value.items.slice(at, at + 2) });
  };
}

/** Unlike Keras, it takes the words in upper case only. Padding by numbers, which it takes too, is not Keras'. */
const padding: Reading<Padding | 'same'> = value => {
  if (value.type !== 'str') return undefined;
  if (value.value === 'SAME') return 'same';
  return value.value === 'VALID' ? noPadding : undefined;
};

function read(operator: OperatorName): Signature['read'] {
  return (settings: Settings): PoolingLayer => {
    const size = sizes(settings);
    const kernelSize = settings.required('ksize', size, [2, 2]);
    return {
      operator,
      framework: 'keras',
      kernelSize,
      stride: settings.required('strides', size, kernelSize),
      padding: settings.required('padding', padding, noPadding),
      dilation: [1, 1],
      ceilMode: false,
      countIncludePad: false,
    };
  };
}

function rows(name: string, operator: OperatorName): Signature[] {
  const row = {
    framework: 'keras',
    parameters: ['input', 'ksize', 'strides', 'padding', 'data_format', 'name'],
    paddingWords: { same: 'SAME', valid: 'VALID' },
    heightAt,
  } as const;
  const readLayer = read(operator);
  return [
    { ...row, callee: `tf.nn.${name}2d`, paths: [`tensorflow.nn.${name}2d`], read: readLayer },
    {
      ...row,
      callee: `tf.nn.${name}`,
      paths: [`tensorflow.nn.${name}`],
      // For inputs of one, two or three dimensions: a window of two or four numbers is of two.
      read: settings => {
        const ksize = settings.valueOf('ksize');
        const isFlat = ksize?.type === 'sequence' && [2, 4].includes(ksize.items.length);
        return isFlat ? readLayer(settings) : undefined;
      },
    },
  ];
}

export const tensorflow: readonly Signature[] = [...rows('max_pool', 'max'), ...rows('avg_pool', 'average')];
