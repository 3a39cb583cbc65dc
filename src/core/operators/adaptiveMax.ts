import { adaptiveInKeras, adaptiveInPyTorch, adaptiveWindows } from './adaptive';
import { max } from './max';
import type { Operator } from './operator';

/** The maximum of each of the windows that divide the input; ties, NaN and element type as in max pooling. */
export const adaptiveMax: Operator = {
  ...max,
  ...adaptiveWindows,
  title: 'Adaptive max',
  longTitle: 'Adaptive max pooling',
  calls: {
    pytorch: adaptiveInPyTorch(
      'AdaptiveMaxPool2d',
      'adaptive_max_pool2d',
      ([height, width], [, channels]) =>
        `Trying to create tensor with negative dimension ${height < 0 ? height : width}: ` +
        `[1, ${channels}, ${height}, ${width}]`,
    ),
    keras: adaptiveInKeras('AdaptiveMaxPooling2D'),
    onnx: undefined,
  },
};
