import { noPadding } from '../core/options';
import { countsPadding } from '../core/window';
import { equalPadding, type Job, type Pooling } from './job';
import { readingLines, writingLines } from './pictureFile';
import { pythonList } from './python';
import { InexpressibleError } from './request';

/**
 * The pooling as a model of ONNX nodes, run by ONNX Runtime. Padding is always explicit `pads`: runtimes disagree on
 * `auto_pad` where the stride is larger than the kernel.
 *
 * @throws {InexpressibleError} for a divisor of one's own, and for padding as wide as the kernel
 */
export function onnxCode(job: Job): string {
  const { shape, poolings } = job;
  const channels = shape[1];
  const names = poolings.map(({ kind }) => kind);
  const value = (name: string, size: string) => `helper.make_tensor_value_info('${name}', TensorProto.FLOAT, ${size})`;
  const model = [
    ...(poolings.some(({ kind, wide }) => kind === 'average' && wide)
      ? ['# The sum of so large a window has more digits than float32 holds: averages may differ from the preview.']
      : []),
    'graph = helper.make_graph(',
    '    [',
    ...poolings.map(pooling => `        ${node(job, pooling)},`),
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
  const blocks = poolings.map(({ kind, output }) => [
    `print(list(${kind}_pooled.shape))  # ${pythonList([1, channels, ...output])}`,
    ...writingLines(job, kind, `${kind}_pooled${channels === 1 ? '[0, 0]' : '[0].transpose(1, 2, 0)'}`),
  ]);
  const tensor = [
    `x = image.astype(np.float32)${channels === 1 ? '[np.newaxis, np.newaxis]' : '.transpose(2, 0, 1)[np.newaxis]'}`,
    `print(list(x.shape))  # ${pythonList(shape)}`,
  ];
  const body = [readingLines(job), tensor, model, ...blocks].map(lines => lines.join('\n')).join('\n\n');
  const imports = ['import cv2', 'import numpy as np', 'import onnxruntime', 'from onnx import TensorProto, helper'];
  return `${imports.join('\n')}\n\n${body}\n`;
}

/** Only what differs from ONNX' defaults, where strides are 1 and averages leave padding out. */
function node({ options }: Job, { kind, axes, kernel, stride, dilation }: Pooling): string {
  if (kind === 'average' && options.divisorOverride !== undefined) {
    throw new InexpressibleError('onnx', 'divisor_override', 'ONNX cannot set the divisor of an average.');
  }
  const [vertical, horizontal] = axes;
  const pads = {
    top: vertical.padBefore,
    left: horizontal.padBefore,
    bottom: vertical.padAfter,
    right: horizontal.padAfter,
  };
  if (Math.max(pads.top, pads.bottom) >= kernel[0] || Math.max(pads.left, pads.right) >= kernel[1]) {
    throw new InexpressibleError('onnx', 'padding', 'Pad should be smaller than kernel.');
  }
  const padded = !equalPadding(pads, noPadding);
  const attributes = [`kernel_shape=${pythonList(kernel)}`];
  if (stride[0] !== 1 || stride[1] !== 1) attributes.push(`strides=${pythonList(stride)}`);
  if (padded) attributes.push(`pads=${pythonList([pads.top, pads.left, pads.bottom, pads.right])}`);
  if (dilation[0] !== 1 || dilation[1] !== 1) attributes.push(`dilations=${pythonList(dilation)}`);
  if (options.ceilMode && options.padding !== 'same') attributes.push('ceil_mode=1');
  if (kind === 'average' && padded && countsPadding(options)) {
    attributes.push('count_include_pad=1');
  }
  return `helper.make_node('${kind === 'max' ? 'MaxPool' : 'AveragePool'}', ['x'], ['${kind}'], ${attributes.join(', ')})`;
}
