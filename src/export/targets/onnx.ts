import { paddingOf } from '../../core/axis';
import { callIn } from '../../core/operators/operator';
import { countsPadding, equalPadding, equalPairs, noPadding } from '../../core/options';
import { listText } from '../../core/pythonText';
import { type Job, type Pooling, summedNarrow } from '../job';
import { readingLines, writingLines } from '../pictureFile';
import { pythonScript } from '../python';
import { InexpressibleError } from '../request';

/**
 * The pooling as a model of ONNX nodes, run by ONNX Runtime. Padding is always explicit `pads`: runtimes disagree on
 * `auto_pad` if the stride is larger than the kernel.
 *
 * @throws {InexpressibleError} for a divisor override, and for padding as wide as the kernel
 */
export function onnxCode(job: Job): string {
  const { shape, poolings } = job;
  const channels = shape[1];
  const names = poolings.map(({ name }) => name);
  const value = (name: string, size: string) => `helper.make_tensor_value_info('${name}', TensorProto.FLOAT, ${size})`;
  const model = [
    ...autoPadLines(job),
    ...(poolings.some(({ wide }) => wide) ? [summedNarrow] : []),
    'graph = helper.make_graph(',
    '    [',
    ...poolings.flatMap(pooling => nodes(job, pooling)).map(node => `        ${node},`),
    '    ],',
    "    'pooling',",
    `    [${value('x', 'x.shape')}],`,
    `    [${names.map(name => value(name, 'None')).join(',\n     ')}],`,
    ')',
    "model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 19)])",
    'model.ir_version = 9  # the format that belongs to opset 19; older runtimes refuse newer ones',
    "session = onnxruntime.InferenceSession(model.SerializeToString(), providers=['CPUExecutionProvider'])",
    `${names.map(name => `${name}_pooled`).join(', ')}${names.length === 1 ? ',' : ''} = session.run(None, {'x': x})`,
  ];
  const blocks = poolings.map(({ name, output }) => [
    `print(list(${name}_pooled.shape))  # ${listText([1, channels, ...output])}`,
    ...writingLines(job, name, `${name}_pooled${channels === 1 ? '[0, 0]' : '[0].transpose(1, 2, 0)'}`),
  ]);
  const tensor = [
    `x = image.astype(np.float32)${channels === 1 ? '[np.newaxis, np.newaxis]' : '.transpose(2, 0, 1)[np.newaxis]'}`,
    `print(list(x.shape))  # ${listText(shape)}`,
  ];
  const imports = ['import cv2', 'import numpy as np', 'import onnxruntime', 'from onnx import TensorProto, helper'];
  return pythonScript(imports, [readingLines(job), tensor, model, ...blocks]);
}

/** A comment on the padding if it follows from `auto_pad`: why the script has numbers instead, and which. */
function autoPadLines({ options: { autoPad }, poolings: [pooling] }: Job): string[] {
  if (!autoPad || !pooling) return [];
  const { top, left, bottom, right } = paddingOf(pooling.axes);
  return [
    '# auto_pad is deprecated in the ONNX specification, and what it pads depends on the size of the picture:',
    `# for this one, ${autoPad} is pads=${listText([top, left, bottom, right])} (top, left, bottom, right).`,
  ];
}

/** The node of a pooling, between two `Neg` nodes if ONNX has only the opposite operator. */
function nodes(job: Job, pooling: Pooling): string[] {
  const { name, operator } = pooling;
  const { layer, isNegated } = callIn(operator, 'onnx');
  const node = (type: string, from: string, to: string, attributes: readonly string[] = []) =>
    `helper.make_node(${[`'${type}'`, `['${from}']`, `['${to}']`, ...attributes].join(', ')})`;
  const attributes = attributesOf(job, pooling);
  if (!isNegated) return [node(layer, 'x', name, attributes)];
  const [negated, pooled] = [`${name}_negated`, `${name}_negated_pooled`];
  return [node('Neg', 'x', negated), node(layer, negated, pooled, attributes), node('Neg', pooled, name)];
}

/** Only what differs from ONNX's defaults: strides are 1, and averages do not count padding. */
function attributesOf({ options }: Job, { operator, axes, kernel, stride, dilation }: Pooling): string[] {
  if (operator.divides && options.divisorOverride !== undefined) {
    throw new InexpressibleError('divisor_override', 'ONNX cannot set the divisor of an average.');
  }
  const pads = paddingOf(axes);
  const { top, left, bottom, right } = pads;
  if (Math.max(top, bottom) >= kernel[0] || Math.max(left, right) >= kernel[1]) {
    throw new InexpressibleError('padding', 'Pad should be smaller than kernel.');
  }
  const padded = !equalPadding(pads, noPadding);
  const attributes = [`kernel_shape=${listText(kernel)}`];
  if (!equalPairs(stride, [1, 1])) attributes.push(`strides=${listText(stride)}`);
  if (padded) attributes.push(`pads=${listText([top, left, bottom, right])}`);
  if (!equalPairs(dilation, [1, 1])) attributes.push(`dilations=${listText(dilation)}`);
  if (options.ceilMode && options.padding !== 'same') attributes.push('ceil_mode=1');
  if (operator.divides && padded && countsPadding(options)) attributes.push('count_include_pad=1');
  return attributes;
}
