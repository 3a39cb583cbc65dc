import { equalPadding, equalPairs, noPadding } from '../../../core/options';
import { listText } from '../../../core/pythonText';
import type { Conv } from '../../stackJob';
import { node, type Part } from './row';

/** A convolution with random weights, which `weights` makes. */
export function convPart({ layer, input: [, channels], around }: Conv, from: string, to: string): Part {
  const { outChannels, kernelSize, stride, dilation, groups = 1, bias = true } = layer;
  const { top, left, bottom, right } = around;
  const attributes = [`kernel_shape=${listText(kernelSize)}`];
  if (!equalPairs(stride, [1, 1])) attributes.push(`strides=${listText(stride)}`);
  if (!equalPadding(around, noPadding)) attributes.push(`pads=${listText([top, left, bottom, right])}`);
  if (!equalPairs(dilation, [1, 1])) attributes.push(`dilations=${listText(dilation)}`);
  if (groups !== 1) attributes.push(`group=${groups}`);
  const [weight, offsets] = [`${to}_weight`, `${to}_bias`];
  return {
    nodes: [node('Conv', [from, weight, ...(bias ? [offsets] : [])], to, attributes)],
    initializers: [
      `weights('${weight}', ${[outChannels, channels / groups, ...kernelSize].join(', ')})`,
      ...(bias ? [`weights('${offsets}', ${outChannels})`] : []),
    ],
  };
}
