import { paddingOf, windowAxes } from '../../../core/axis';
import { equalPadding, equalPairs, noPadding } from '../../../core/options';
import { pairText } from '../../../core/pythonText';
import { InexpressibleError } from '../../request';
import type { Conv } from '../../stackJob';
import { type Layer, zeroLayers } from './row';

/**
 * A convolution, with zeros around the picture first if its padding is not that of 'same'.
 * @throws {InexpressibleError} for stride and dilation together
 */
export function convLayers({ layer, input, output, around }: Conv): Layer[] {
  const { outChannels, kernelSize, stride, dilation, groups = 1, bias = true } = layer;
  const isDilated = !equalPairs(dilation, [1, 1]);
  if (isDilated && !equalPairs(stride, [1, 1])) {
    throw new InexpressibleError('dilation', 'Keras has no convolution with both stride and dilation.');
  }
  const same = paddingOf(windowAxes(input, { ...layer, padding: 'same' }, dilation, false));
  const isSame = !equalPadding(around, noPadding) && equalPadding(around, same);
  const settings = [`${outChannels}`, `kernel_size=${pairText(kernelSize)}`];
  if (!equalPairs(stride, [1, 1])) settings.push(`strides=${pairText(stride)}`);
  if (isSame) settings.push("padding='same'");
  if (isDilated) settings.push(`dilation_rate=${pairText(dilation)}`);
  if (groups !== 1) settings.push(`groups=${groups}`);
  if (!bias) settings.push('use_bias=False');
  return [
    ...(isSame ? [] : zeroLayers(input, around)),
    { text: `keras.layers.Conv2D(${settings.join(', ')})`, output },
  ];
}
