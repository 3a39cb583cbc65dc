import { globalCall, globalWindow } from './adaptive';
import { max } from './max';
import type { Operator } from './operator';

/** The maximum of each channel; ties, NaN and element type as in max pooling. */
export const globalMax: Operator = {
  ...max,
  ...globalWindow,
  title: 'Global max',
  longTitle: 'Global max pooling',
  calls: {
    pytorch: globalCall('AdaptiveMaxPool2d', 'AdaptiveMaxPool2d(1)'),
    keras: globalCall('GlobalMaxPooling2D', 'GlobalMaxPooling2D(keepdims=True)'),
    onnx: globalCall('GlobalMaxPool'),
  },
};
