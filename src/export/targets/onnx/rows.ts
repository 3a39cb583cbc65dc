import type { OperatorName } from '../../../core/operators';
import { normOf } from '../../../core/operators/lp';
import { callIn } from '../../../core/operators/operator';
import { equalPairs, noPadding } from '../../../core/options';
import { listText } from '../../../core/pythonText';
import { fillsUp } from '../../lp';
import { InexpressibleError, refuseMedian } from '../../request';
import { node, type Row, windowAttributes } from './row';
import { attributesOf, windowRow } from './window';

const lp: Row = (pooling, from, to) => {
  const norm = normOf(pooling.options);
  if (!(Number.isInteger(norm) && norm > 0)) {
    throw new InexpressibleError('norm_type', 'ONNX takes only whole powers above 0.');
  }
  if (fillsUp(pooling)) {
    throw new InexpressibleError('ceil_mode', 'ONNX does not count a window beyond the picture as if it were full.');
  }
  const power = norm === 2 ? [] : [`p=${norm}`];
  return { nodes: [node('LpPool', [from], to, [...attributesOf(pooling), ...power])] };
};

/** ONNX has no adaptive pooling: the plain one where all windows are equal. */
function evenRow(layer: 'MaxPool' | 'AveragePool'): Row {
  return ({ axes, kernel, stride }, from, to) => {
    if (axes.some(axis => axis.uneven)) {
      throw new InexpressibleError('output_size', 'ONNX has no adaptive pooling, and these windows differ in size.');
    }
    return { nodes: [node(layer, [from], to, windowAttributes(kernel, stride, noPadding, [1, 1]))] };
  };
}

const global: Row = ({ operator }, from, to) => ({ nodes: [node(callIn(operator, 'onnx').layer, [from], to)] });

/** Maxima at stride 1, one reflected around them, then a convolution of each channel with the filter. */
const maxBlur: Row = ({ options: { kernelSize, stride }, input: [, channels] }, from, to) => {
  const [maxima, padded, pads, filter] = [`${to}_maxima`, `${to}_padded`, `${to}_pads`, `${to}_filter`];
  const strides = equalPairs(stride, [1, 1]) ? [] : [`strides=${listText(stride)}`];
  return {
    nodes: [
      node('MaxPool', [from], maxima, [`kernel_shape=${listText(kernelSize)}`]),
      node('Pad', [maxima, pads], padded, ["mode='reflect'"]),
      node('Conv', [padded, filter], to, [...strides, `group=${channels}`]),
    ],
    initializers: [
      `numpy_helper.from_array(np.int64([0, 0, 1, 1, 0, 0, 1, 1]), '${pads}')`,
      `numpy_helper.from_array(np.tile(np.float32(np.outer([1, 2, 1], [1, 2, 1])) / 16, (${channels}, 1, 1, 1)), '${filter}')`,
    ],
  };
};

export const rows: Readonly<Record<OperatorName, Row>> = {
  max: windowRow,
  average: windowRow,
  min: windowRow,
  lp,
  adaptiveMax: evenRow('MaxPool'),
  adaptiveAverage: evenRow('AveragePool'),
  globalMax: global,
  globalAverage: global,
  maxBlur,
  median: refuseMedian,
};
