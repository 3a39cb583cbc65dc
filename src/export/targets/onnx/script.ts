import { paddingOf } from '../../../core/axis';
import { listText } from '../../../core/pythonText';
import { digitsNotes, type FileJob, type Job } from '../../job';
import { readingLines, writingLastLines, writingLines } from '../../pictureFile';
import { indented, pythonScript } from '../../python';
import type { StackJob } from '../../stackJob';
import { convPart } from './conv';
import { rows } from './rows';

/**
 * Poolings of one picture as a model of ONNX nodes, run by ONNX Runtime. Padding is always explicit `pads`: runtimes
 * disagree on `auto_pad` if the stride is larger than the kernel.
 *
 * @throws {InexpressibleError} for what ONNX lacks
 */
export function onnxCode(job: Job): string {
  const { shape, poolings } = job;
  const channels = shape[1];
  const names = poolings.map(({ variable }) => variable);
  const parts = poolings.map(pooling => rows[pooling.name](pooling, 'x', pooling.variable));
  const initializers = parts.flatMap(part => part.initializers ?? []);
  const model = [
    ...autoPadLines(job),
    ...digitsNotes(poolings, 'float32'),
    'graph = helper.make_graph(',
    '    [',
    ...indented(
      parts.flatMap(({ nodes }) => nodes).map(node => `${node},`),
      2,
    ),
    '    ],',
    "    'pooling',",
    `    [${value('x', 'x.shape')}],`,
    `    [${names.map(name => value(name, 'None')).join(',\n     ')}],`,
    ...initializerLines(initializers),
    ')',
    ...sessionLines,
    `${names.map(name => `${name}_pooled`).join(', ')}${names.length === 1 ? ',' : ''} = session.run(None, {'x': x})`,
  ];
  const blocks = poolings.map(pooling => [
    `print(list(${pooling.variable}_pooled.shape))  # ${listText([1, channels, ...pooling.output])}`,
    ...writingLines(job, pooling, pictureOf(job, `${pooling.variable}_pooled`)),
  ]);
  return pythonScript(importsFor(model), [readingLines(job), tensorLines(job), model, ...blocks]);
}

/**
 * A stack as one graph with an output for each layer.
 * @throws {InexpressibleError} for what ONNX lacks
 */
export function onnxStackCode(job: StackJob): string {
  const { steps, output, pooled } = job;
  const parts = steps.map((step, i) => {
    const [from, to] = [i === 0 ? 'x' : `layer_${i}`, `layer_${i + 1}`];
    return step.conv ? convPart(step.conv, from, to) : rows[step.pooling.name](step.pooling, from, to);
  });
  // The shape stands behind the node that makes a layer's output, which is its last.
  const nodes = parts.flatMap((part, i) =>
    part.nodes.map((node, at) =>
      at === part.nodes.length - 1 ? `${node},  # ${listText(steps[i]!.output)}` : `${node},`,
    ),
  );
  const model = [
    ...(pooled
      ? digitsNotes(
          steps.flatMap(({ pooling }) => pooling ?? []),
          'float32',
        )
      : []),
    `layers = [f'layer_{i}' for i in range(1, ${steps.length + 1})]`,
    'graph = helper.make_graph(',
    '    [',
    ...indented(nodes, 2),
    '    ],',
    "    'stack',",
    `    [${value('x', 'x.shape')}],`,
    '    [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in layers],',
    ...initializerLines(parts.flatMap(part => part.initializers ?? [])),
    ')',
    ...sessionLines,
    "outputs = session.run(None, {'x': x})",
    'for layer in outputs:',
    '    print(list(layer.shape))',
  ];
  const last = steps.length > 0 ? 'outputs[-1]' : 'x';
  const picture = pooled ? [writingLastLines(job, [output[2], output[3]], pictureOf(job, last))] : [];
  const sections = [readingLines(job), tensorLines(job), ...(steps.length > 0 ? [model] : []), ...picture];
  return pythonScript(importsFor(model), sections, pooled ? [] : [weightsFunction]);
}

const weightsFunction = [
  'def weights(name, *shape):',
  '    # Random: only the shapes matter.',
  '    return numpy_helper.from_array(np.random.standard_normal(shape).astype(np.float32), name)',
];

const sessionLines = [
  "model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 19)])",
  'model.ir_version = 9  # the format that belongs to opset 19; older runtimes refuse newer ones',
  "session = onnxruntime.InferenceSession(model.SerializeToString(), providers=['CPUExecutionProvider'])",
];

function value(name: string, size: string): string {
  return `helper.make_tensor_value_info('${name}', TensorProto.FLOAT, ${size})`;
}

function initializerLines(initializers: readonly string[]): string[] {
  if (initializers.length === 0) return [];
  return [
    '    initializer=[',
    ...indented(
      initializers.map(line => `${line},`),
      2,
    ),
    '    ],',
  ];
}

function importsFor(model: readonly string[]): string[] {
  const helpers = ['TensorProto', 'helper'];
  if (model.some(line => line.includes('initializer='))) helpers.push('numpy_helper');
  return ['import cv2', 'import numpy as np', 'import onnxruntime', `from onnx import ${helpers.join(', ')}`];
}

function tensorLines({ shape }: FileJob): string[] {
  const axes = shape[1] === 1 ? '[np.newaxis, np.newaxis]' : '.transpose(2, 0, 1)[np.newaxis]';
  return [`x = image.astype(np.float32)${axes}`, `print(list(x.shape))  # ${listText(shape)}`];
}

function pictureOf({ shape }: FileJob, tensor: string): string {
  return `${tensor}${shape[1] === 1 ? '[0, 0]' : '[0].transpose(1, 2, 0)'}`;
}

/** A comment on the padding if it follows from `auto_pad`: why the script has numbers instead, and which. */
function autoPadLines({ poolings: [pooling] }: Job): string[] {
  if (!pooling?.options.autoPad) return [];
  const { top, left, bottom, right } = paddingOf(pooling.axes);
  return [
    '# auto_pad is deprecated in the ONNX specification, and what it pads depends on the size of the picture:',
    `# for this one, ${pooling.options.autoPad} is pads=${listText([top, left, bottom, right])} (top, left, bottom, right).`,
  ];
}
