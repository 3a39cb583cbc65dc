import { padText } from '../../../core/frameworks/pytorch';
import type { OperatorName } from '../../../core/operators';
import { outputSizeText } from '../../../core/operators/adaptive';
import { normOf } from '../../../core/operators/lp';
import { callIn } from '../../../core/operators/operator';
import { equalPadding, equalPairs, frameworkOf, noPadding } from '../../../core/options';
import { pairText } from '../../../core/pythonText';
import type { Pooling } from '../../job';
import { fillsUp } from '../../lp';
import { InexpressibleError, refuseMedian } from '../../request';
import { moduleAround, moduleRow, type Row, zeroModule } from './row';
import { settingsOf, windowRow } from './window';

const adaptive = moduleRow(
  ({ operator, options }) => `nn.${callIn(operator, 'pytorch').layer}(${outputSizeText(options)})`,
);

const global = moduleRow(({ operator }) => `nn.${callIn(operator, 'pytorch').layer}(1)`);

/** LPPool2d has ceil_mode, which fills up windows; zeros around the picture add nothing to a sum. */
const lp: Row = {
  lines(pooling) {
    const { variable, kernel, stride, dilation, around, input, output } = pooling;
    const norm = normOf(pooling.options);
    const isPadded = !fillsUp(pooling) && !equalPadding(around, noPadding);
    const padded = isPadded
      ? ['# Zeros add nothing to a sum (left, right, top, bottom).', `padded = F.pad(x, ${padText(around)})`]
      : [];
    const values = isPadded ? 'padded' : 'x';
    if (equalPairs(dilation, [1, 1])) return [...padded, `${variable}_pooled = ${lpLayer(pooling)}(${values})`];
    const settings = [pairText(kernel), `dilation=${pairText(dilation)}`, `stride=${pairText(stride)}`];
    return [
      '# LPPool2d has no dilation.',
      ...padded,
      `windows = F.unfold(${values}, ${settings.join(', ')}).view(${[1, input[1], -1, ...output].join(', ')})`,
      `${variable}_pooled = windows.pow(${norm}).sum(dim=2).pow(1 / ${norm})`,
    ];
  },
  modules(pooling) {
    const { dilation, around, input } = pooling;
    if (!equalPairs(dilation, [1, 1])) throw new InexpressibleError('dilation', 'LPPool2d has no dilation.');
    const layer = moduleAround(pooling, lpLayer(pooling));
    if (fillsUp(pooling) || equalPadding(around, noPadding)) return [layer];
    return [zeroModule(input, around), layer];
  },
};

function lpLayer(pooling: Pooling): string {
  const { ceilMode } = pooling.options;
  const settings = [`norm_type=${normOf(pooling.options)}`, ...settingsOf(pooling)];
  if (ceilMode && frameworkOf(pooling.options) === 'pytorch') settings.push('ceil_mode=True');
  return `nn.LPPool2d(${settings.join(', ')})`;
}

/** Max pooling at stride 1, then the filter at the stride. */
const maxBlur: Row = {
  lines({ variable, input: [, channels], options: { kernelSize, stride } }) {
    return [
      '# Maxima at stride 1, blurred by the binomial filter before the stride takes its part.',
      `maxima = nn.MaxPool2d(kernel_size=${pairText(kernelSize)}, stride=1)(x)`,
      "maxima = F.pad(maxima, (1, 1, 1, 1), mode='reflect')",
      'weights = torch.tensor([1, 2, 1], dtype=x.dtype)',
      `blur = (torch.outer(weights, weights) / 16).expand(${channels}, 1, 3, 3)`,
      `${variable}_pooled = F.conv2d(maxima, blur, stride=${pairText(stride)}, groups=${channels})`,
    ];
  },
  modules(pooling) {
    const { input, options } = pooling;
    const [, channels, height, width] = input;
    const [rows, columns] = [height - options.kernelSize[0] + 1, width - options.kernelSize[1] + 1];
    return [
      {
        text: `nn.MaxPool2d(kernel_size=${pairText(options.kernelSize)}, stride=1)`,
        output: [1, channels, rows, columns],
      },
      { text: 'nn.ReflectionPad2d(1)', output: [1, channels, rows + 2, columns + 2] },
      moduleAround(pooling, `blur(${channels}, stride=${pairText(options.stride)})`),
    ];
  },
};

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
  median: { lines: refuseMedian, modules: refuseMedian },
};
