import type { Conv } from '../../stackJob';
import { node, type Part, windowAttributes } from './row';

/** A convolution with random weights, which `weights` makes. */
export function convPart({ layer, input: [, channels], around }: Conv, from: string, to: string): Part {
  const { outChannels, kernelSize, stride, dilation, groups = 1, bias = true } = layer;
  const attributes = windowAttributes(kernelSize, stride, around, dilation);
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
