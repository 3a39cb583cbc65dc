import { listText } from '../../../core/pythonText';
import { digitsNotes, type FileJob, type Job, type Pooling, sumType } from '../../job';
import { readingLines, writingLastLines, writingLines } from '../../pictureFile';
import { indented, pythonScript } from '../../python';
import type { StackJob } from '../../stackJob';
import { convModules } from './conv';
import { rows } from './rows';

const imports = [
  'import cv2',
  'import numpy as np',
  'import torch',
  'import torch.nn.functional as F',
  'from torch import nn',
];

/** Poolings of one picture in PyTorch. */
export function pytorchCode(job: Job): string {
  const channels = job.shape[1];
  const wide = sumType(job.poolings) === 'float64';
  const blocks = job.poolings.map(pooling => {
    const pooled = `${pooling.variable}_pooled`;
    return [
      ...rows[pooling.name].lines(pooling),
      // The exact sums, rounded to float32: what PyTorch's float32 would give if it had enough digits.
      ...(wide && pooling.largestSum !== undefined ? [`${pooled} = ${pooled}.float()`] : []),
      `print(list(${pooled}.shape))  # ${listText([1, channels, ...pooling.output])}`,
      ...writingLines(job, pooling, pictureOf(job, pooled)),
    ];
  });
  return pythonScript(imports, [readingLines(job), tensorLines(job, job.poolings), ...blocks]);
}

/**
 * A stack as one `nn.Sequential`.
 * @throws {InexpressibleError} for what modules cannot express
 */
export function pytorchStackCode(job: StackJob): string {
  const { steps, output, pooled } = job;
  // Weights are float32, and random: there are no exact values to keep.
  const poolings = pooled ? steps.flatMap(({ pooling }) => pooling ?? []) : [];
  const wide = sumType(poolings) === 'float64';
  const modules = steps.flatMap(step =>
    step.conv ? convModules(step.conv) : rows[step.pooling.name].modules(step.pooling),
  );
  const network = [
    ...(pooled ? [] : ["# The convolutions' weights are random: only the shapes matter."]),
    'network = nn.Sequential(',
    ...indented(modules.map(({ text, output }) => `${text},  # ${listText(output)}`)),
    wide ? ').double()' : ')',
    'with torch.no_grad():',
    '    for module in network:',
    '        x = module(x)',
    '        print(type(module).__name__, list(x.shape))',
  ];
  const features = output[1] * output[2] * output[3];
  const head = [
    `# What a classifier goes on with: nn.Flatten(), nn.Linear(in_features=${features}, out_features=...).`,
    `print(nn.Flatten()(x).shape[1])  # ${features}`,
  ];
  const picture = pooled
    ? [writingLastLines(job, [output[2], output[3]], pictureOf(job, wide ? 'x.float()' : 'x'))]
    : [];
  return pythonScript(
    imports,
    [readingLines(job), tensorLines(job, poolings), network, head, ...picture],
    definitions.filter(lines => modules.some(({ text }) => text.startsWith(lines.name))).map(({ lines }) => lines),
  );
}

/** What a network needs that `nn` lacks, by the name that it is called by. */
const definitions = [
  { name: 'Negative', lines: ['class Negative(nn.Module):', '    def forward(self, x):', '        return -x'] },
  {
    name: 'blur',
    lines: [
      'def blur(channels, stride):',
      '    weights = torch.tensor([1.0, 2.0, 1.0])',
      '    conv = nn.Conv2d(channels, channels, kernel_size=3, stride=stride, groups=channels, bias=False)',
      '    conv.weight.data[:] = torch.outer(weights, weights) / 16',
      '    return conv',
    ],
  },
] as const;

function tensorLines({ shape, picture }: FileJob, poolings: readonly Pooling[]): string[] {
  const sums = sumType(poolings);
  // torch.from_numpy takes no uint16.
  const source = picture.bitDepth === 16 ? 'image.astype(np.float32)' : 'image';
  const type = sums === 'float64' ? '.double()' : picture.bitDepth === 16 ? '' : '.float()';
  const axes = shape[1] === 1 ? '.unsqueeze(0).unsqueeze(0)' : '.permute(2, 0, 1).unsqueeze(0)';
  return [
    ...digitsNotes(poolings, sums),
    `x = torch.from_numpy(${source})${type}${axes}`,
    `print(list(x.shape))  # ${listText(shape)}`,
  ];
}

/** An expression for the picture in a tensor. */
function pictureOf({ shape }: FileJob, tensor: string): string {
  return `${tensor}${shape[1] === 1 ? '[0, 0]' : '[0].permute(1, 2, 0)'}.numpy()`;
}
