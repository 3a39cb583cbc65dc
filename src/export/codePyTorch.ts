import { noPadding, type Padding, type PoolOptions } from '../core/options';
import { equalPadding, type Job, type Pooling, paddingBeyond } from './job';
import { readingLines, writingLines } from './pictureFile';
import { pythonList, pythonPair, pythonTuple } from './python';

/** The pooling in PyTorch. What its layers do not offer ('same', unequal sides) is padded explicitly first. */
export function pytorchCode(job: Job): string {
  const channels = job.shape[1];
  const wide = job.poolings.some(pooling => pooling.kind === 'average' && pooling.wide);
  const blocks = job.poolings.map(pooling => {
    const pooled = `${pooling.kind}_pooled`;
    return [
      ...poolingLines(job.options, pooling, job.shape),
      // Rounded to float32, exact sums give what PyTorch's float32 would give with enough digits.
      ...(pooling.kind === 'average' && wide ? [`${pooled} = ${pooled}.float()`] : []),
      `print(list(${pooled}.shape))  # ${pythonList([1, channels, ...pooling.output])}`,
      ...writingLines(job, pooling.kind, `${pooled}${channels === 1 ? '[0, 0]' : '[0].permute(1, 2, 0)'}.numpy()`),
    ];
  });
  const body = [readingLines(job), tensorLines(job, wide), ...blocks].map(lines => lines.join('\n')).join('\n\n');
  const imports = ['import cv2', 'import numpy as np', 'import torch'];
  if (body.includes('F.')) imports.push('import torch.nn.functional as F');
  if (body.includes('nn.MaxPool2d') || body.includes('nn.AvgPool2d')) imports.push('from torch import nn');
  return `${imports.join('\n')}\n\n${body}\n`;
}

function tensorLines({ shape, picture }: Job, wide: boolean): string[] {
  // torch.from_numpy takes no uint16.
  const source = picture.bitDepth === 16 ? 'image.astype(np.float32)' : 'image';
  const type = wide ? '.double()' : picture.bitDepth === 16 ? '' : '.float()';
  const axes = shape[1] === 1 ? '.unsqueeze(0).unsqueeze(0)' : '.permute(2, 0, 1).unsqueeze(0)';
  return [
    ...(wide ? ['# float64, because the sum of so large a window has more digits than float32 holds.'] : []),
    `x = torch.from_numpy(${source})${type}${axes}`,
    `print(list(x.shape))  # ${pythonList(shape)}`,
  ];
}

/** Gives `max_pooled` or `average_pooled`, `[1, C, H', W']`, from `x`. */
function poolingLines(options: PoolOptions, pooling: Pooling, [, channels]: Job['shape']): string[] {
  const { kind, kernel, stride, dilation, around, counted, divisor, output } = pooling;
  const layer = kind === 'max' ? 'nn.MaxPool2d' : 'nn.AvgPool2d';
  const settings = [`kernel_size=${pythonPair(kernel)}`];
  if (stride[0] !== kernel[0] || stride[1] !== kernel[1]) settings.push(`stride=${pythonPair(stride)}`);
  const dilated = dilation[0] !== 1 || dilation[1] !== 1;

  const own = ownPadding(options, pooling);
  if (own && !(dilated && kind === 'average')) {
    const padded = own[0] > 0 || own[1] > 0;
    if (padded) settings.push(`padding=${pythonPair(own)}`);
    if (dilated) settings.push(`dilation=${pythonPair(dilation)}`);
    if (options.ceilMode && options.padding !== 'same') settings.push('ceil_mode=True');
    if (kind === 'average') {
      if (options.divisorOverride !== undefined) settings.push(`divisor_override=${options.divisorOverride}`);
      else if (padded && !options.countIncludePad) settings.push('count_include_pad=False');
    }
    return [`${kind}_pooled = ${layer}(${settings.join(', ')})(x)`];
  }

  // The comment above the padding: what it is for, and the order that F.pad takes its numbers in.
  const why =
    (options.padding === 'same' ? "'same' is no padding of PyTorch's own, so pad first" : 'Pad explicitly') +
    ' (left, right, top, bottom)';
  if (kind === 'max') {
    if (dilated) settings.push(`dilation=${pythonPair(dilation)}`);
    return [
      `# ${why}, with what never wins.`,
      `padded = F.pad(x, ${sides(around)}, value=float('-inf'))`,
      `max_pooled = ${layer}(${settings.join(', ')})(padded)`,
    ];
  }

  const sums = dilated
    ? // AvgPool2d has no dilation.
      (values: string, planes: number) =>
        `F.unfold(${values}, ${[pythonPair(kernel), `dilation=${pythonPair(dilation)}`, `stride=${pythonPair(stride)}`].join(', ')})` +
        `.view(${[1, planes, -1, ...output].join(', ')}).sum(dim=2)`
    : (values: string) => `${layer}(${[...settings, 'divisor_override=1'].join(', ')})(${values})`;
  const padded = equalPadding(around, noPadding) ? 'x' : `F.pad(x, ${sides(around)})`;
  if (divisor !== undefined) {
    const average =
      !dilated && divisor === kernel[0] * kernel[1]
        ? `${layer}(${settings.join(', ')})(padded)`
        : dilated
          ? `${sums('padded', channels)} / ${divisor}`
          : `${layer}(${[...settings, `divisor_override=${divisor}`].join(', ')})(padded)`;
    return [`# ${why}.`, `padded = ${padded}`, `average_pooled = ${average}`];
  }
  return [
    `# ${why},`,
    '# then divide each sum by the number of pixels that count.',
    `ones = ${onesOf(around, counted)}`,
    `sums = ${sums(padded, channels)}`,
    `counts = ${sums('ones', 1)}`,
    'average_pooled = sums / counts',
  ];
}

/** The layer's own `padding` where it says the same: equal sides, and no more than half a kernel, as every version allows. */
function ownPadding({ padding }: PoolOptions, { around, kernel }: Pooling): readonly [number, number] | undefined {
  if (padding === 'same') return equalPadding(around, noPadding) ? [0, 0] : undefined;
  const { top, bottom, left, right } = padding;
  return top === bottom && left === right && 2 * top <= kernel[0] && 2 * left <= kernel[1] ? [top, left] : undefined;
}

/** A mask of what averages count, one channel: ones on the picture and on counted padding, zeros beyond. */
function onesOf(around: Padding, counted: Padding): string {
  let ones = 'torch.ones_like(x[:, :1])';
  if (!equalPadding(counted, noPadding)) ones = `F.pad(${ones}, ${sides(counted)}, value=1.0)`;
  const beyond = paddingBeyond(around, counted);
  return equalPadding(beyond, noPadding) ? ones : `F.pad(${ones}, ${sides(beyond)})`;
}

/** From the last axis to the first, as F.pad takes them. */
function sides({ left, right, top, bottom }: Padding): string {
  return pythonTuple([left, right, top, bottom]);
}
