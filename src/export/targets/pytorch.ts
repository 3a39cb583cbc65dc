import { padText } from '../../core/frameworks/pytorch';
import { applied, callIn } from '../../core/operators/operator';
import { equalPadding, equalPairs, isSymmetric, noPadding, type Padding, type PoolOptions } from '../../core/options';
import { listText, pairText } from '../../core/pythonText';
import type { Shape } from '../../core/tensor';
import { type Job, type Pooling, paddingBeyond, summedWide } from '../job';
import { readingLines, writingLines } from '../pictureFile';
import { pythonScript } from '../python';

/** The pooling in PyTorch. What its layers do not offer ('same', unequal sides) is padded explicitly first. */
export function pytorchCode(job: Job): string {
  const channels = job.shape[1];
  const wide = job.poolings.some(pooling => pooling.wide);
  const blocks = job.poolings.map(pooling => {
    const pooled = `${pooling.name}_pooled`;
    return [
      ...poolingLines(job.options, pooling, job.shape),
      // The exact sums, rounded to float32: what PyTorch's float32 would give if it had enough digits.
      ...(pooling.wide ? [`${pooled} = ${pooled}.float()`] : []),
      `print(list(${pooled}.shape))  # ${listText([1, channels, ...pooling.output])}`,
      ...writingLines(job, pooling.name, `${pooled}${channels === 1 ? '[0, 0]' : '[0].permute(1, 2, 0)'}.numpy()`),
    ];
  });
  const sections = [readingLines(job), tensorLines(job, wide), ...blocks];
  const uses = (module: RegExp) => sections.flat().some(line => module.test(line));
  const imports = ['import cv2', 'import numpy as np', 'import torch'];
  if (uses(/\bF\./)) imports.push('import torch.nn.functional as F');
  if (uses(/\bnn\./)) imports.push('from torch import nn');
  return pythonScript(imports, sections);
}

function tensorLines({ shape, picture }: Job, wide: boolean): string[] {
  // torch.from_numpy takes no uint16.
  const source = picture.bitDepth === 16 ? 'image.astype(np.float32)' : 'image';
  const type = wide ? '.double()' : picture.bitDepth === 16 ? '' : '.float()';
  const axes = shape[1] === 1 ? '.unsqueeze(0).unsqueeze(0)' : '.permute(2, 0, 1).unsqueeze(0)';
  return [
    ...(wide ? [summedWide] : []),
    `x = torch.from_numpy(${source})${type}${axes}`,
    `print(list(x.shape))  # ${listText(shape)}`,
  ];
}

/** Lines that compute, for example, `max_pooled`, `[1, C, H', W']`, from `x`. */
function poolingLines(options: PoolOptions, pooling: Pooling, shape: Shape): string[] {
  const { name, operator, dilation, around } = pooling;
  const call = callIn(operator, 'pytorch');
  const layer = (extra: readonly string[] = []) => `nn.${call.layer}(${[...settingsOf(pooling), ...extra].join(', ')})`;
  const isDilated = !equalPairs(dilation, [1, 1]);
  const takesDilation = call.dilation === 'taken';
  const dilated = isDilated ? [`dilation=${pairText(dilation)}`] : [];

  const own = ownPadding(options, pooling);
  if (own && (!isDilated || takesDilation)) {
    const padded = !equalPairs(own, [0, 0]);
    const extra = [...(padded ? [`padding=${pairText(own)}`] : []), ...dilated];
    if (options.ceilMode && options.padding !== 'same') extra.push('ceil_mode=True');
    if (operator.divides) {
      if (options.divisorOverride !== undefined) extra.push(`divisor_override=${options.divisorOverride}`);
      else if (padded && !options.countIncludePad) extra.push('count_include_pad=False');
    }
    return [`${name}_pooled = ${applied(call, layer(extra), 'x')}`];
  }
  // The script's comment above the padding: its purpose, and the order of the numbers for F.pad.
  const why =
    (options.padding === 'same' ? "'same' is no padding of PyTorch's own, so pad first" : 'Pad explicitly') +
    ' (left, right, top, bottom)';
  if (operator.divides) return averageLines(pooling, shape, why);
  return [
    `# ${why}, with what never wins.`,
    `padded = F.pad(x, ${padText(around)}, value=float('${operator.padding}'))`,
    `${name}_pooled = ${applied(call, layer(dilated), 'padded')}`,
  ];
}

/** Averages of a picture that is padded first: sums, divided by the number of pixels that count. */
function averageLines(pooling: Pooling, [, channels]: Shape, why: string): string[] {
  const { name, operator, kernel, stride, dilation, around, counted, divisor, output } = pooling;
  const layer = `nn.${callIn(operator, 'pytorch').layer}`;
  const settings = settingsOf(pooling);
  const isDilated = !equalPairs(dilation, [1, 1]);
  const sums = isDilated
    ? // AvgPool2d has no dilation.
      (values: string, planes: number) =>
        `F.unfold(${values}, ${[pairText(kernel), `dilation=${pairText(dilation)}`, `stride=${pairText(stride)}`].join(', ')})` +
        `.view(${[1, planes, -1, ...output].join(', ')}).sum(dim=2)`
    : (values: string) => `${layer}(${[...settings, 'divisor_override=1'].join(', ')})(${values})`;
  const padded = equalPadding(around, noPadding) ? 'x' : `F.pad(x, ${padText(around)})`;
  if (divisor !== undefined) {
    const value =
      !isDilated && divisor === kernel[0] * kernel[1]
        ? `${layer}(${settings.join(', ')})(padded)`
        : isDilated
          ? `${sums('padded', channels)} / ${divisor}`
          : `${layer}(${[...settings, `divisor_override=${divisor}`].join(', ')})(padded)`;
    return [`# ${why}.`, `padded = ${padded}`, `${name}_pooled = ${value}`];
  }
  return [
    `# ${why},`,
    '# then divide each sum by the number of pixels that count.',
    `ones = ${onesOf(around, counted)}`,
    `sums = ${sums(padded, channels)}`,
    `counts = ${sums('ones', 1)}`,
    `${name}_pooled = sums / counts`,
  ];
}

/** The arguments that every call begins with. */
function settingsOf({ kernel, stride }: Pooling): string[] {
  const settings = [`kernel_size=${pairText(kernel)}`];
  if (!equalPairs(stride, kernel)) settings.push(`stride=${pairText(stride)}`);
  return settings;
}

/**
 * The layer's own `padding`, if it can express this one: equal sides, and at most half the kernel, as every version
 * allows.
 */
function ownPadding({ padding }: PoolOptions, { around, kernel }: Pooling): readonly [number, number] | undefined {
  if (padding === 'same') return equalPadding(around, noPadding) ? [0, 0] : undefined;
  const { top, left } = padding;
  return isSymmetric(padding) && 2 * top <= kernel[0] && 2 * left <= kernel[1] ? [top, left] : undefined;
}

/** A mask of the pixels that averages count, one channel: ones on the picture and on counted padding, zeros beyond. */
function onesOf(around: Padding, counted: Padding): string {
  let ones = 'torch.ones_like(x[:, :1])';
  if (!equalPadding(counted, noPadding)) ones = `F.pad(${ones}, ${padText(counted)}, value=1.0)`;
  const beyond = paddingBeyond(around, counted);
  return equalPadding(beyond, noPadding) ? ones : `F.pad(${ones}, ${padText(beyond)})`;
}
