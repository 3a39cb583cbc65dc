import { equalPadding, equalPairs, isSymmetric, noPadding } from '../../../core/options';
import { pairText } from '../../../core/pythonText';
import type { Conv } from '../../stackJob';
import { type Module, zeroModule } from './row';

/** A convolution, with zeros around the picture first if its padding is not equal on both ends of each axis. */
export function convModules({ layer, input, output, around }: Conv): Module[] {
  const { outChannels, kernelSize, stride, dilation, groups = 1, bias = true } = layer;
  const [, channels] = input;
  const { top, left } = around;
  const settings = [`${channels}`, `${outChannels}`, `kernel_size=${pairText(kernelSize)}`];
  if (!equalPairs(stride, [1, 1])) settings.push(`stride=${pairText(stride)}`);
  const isOwn = isSymmetric(around);
  if (isOwn && !equalPadding(around, noPadding)) settings.push(`padding=${pairText([top, left])}`);
  if (!equalPairs(dilation, [1, 1])) settings.push(`dilation=${pairText(dilation)}`);
  if (groups !== 1) settings.push(`groups=${groups}`);
  if (!bias) settings.push('bias=False');
  const conv = { text: `nn.Conv2d(${settings.join(', ')})`, output };
  if (isOwn) return [conv];
  return [zeroModule(input, around), conv];
}
