import { globalCall, globalWindow } from './adaptive';
import { adaptiveAverage } from './adaptiveAverage';
import type { Operator } from './operator';

/** The mean of each channel in float32: the exact sum, divided once. */
export const globalAverage: Operator = {
  ...adaptiveAverage,
  ...globalWindow,
  title: 'Global average',
  longTitle: 'Global average pooling',
  calls: {
    pytorch: globalCall('AdaptiveAvgPool2d', 'AdaptiveAvgPool2d(1)'),
    keras: globalCall('GlobalAveragePooling2D', 'GlobalAveragePooling2D(keepdims=True)'),
    onnx: globalCall('GlobalAveragePool'),
  },
};
