import { tapsInside } from '../axis';
import { adaptiveInKeras, adaptiveInPyTorch, adaptiveWindows, isOnePixel } from './adaptive';
import { averageOfWhole, averages, exactly, sumOf, sumRounding } from './average';
import type { Operator } from './operator';

/**
 * The average of each of the windows that divide the input, in float32. PyTorch divides the sum by the window's height
 * and then by its width, each time rounded to float32 (aten/src/ATen/native/AdaptiveAveragePooling.cpp); only for an
 * output of 1×1 it takes the mean, with one division. Sums are as in average pooling, but that of the mean, whose
 * order depends on the processor there, is in float64.
 */
export const adaptiveAverage: Operator = {
  ...adaptiveWindows,
  title: 'Adaptive average',
  longTitle: 'Adaptive average pooling',
  calls: {
    pytorch: adaptiveInPyTorch(
      'AdaptiveAvgPool2d',
      'adaptive_avg_pool2d',
      ([height, width]) =>
        'adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but received ' +
        `{${height}, ${width}}`,
    ),
    keras: adaptiveInKeras('AdaptiveAveragePooling2D'),
    onnx: undefined,
  },
  numpy: 'mean',
  padding: 0,
  divides: false,

  pool(input, axes, options) {
    // Not by the axes: those of a part of an output may be 1×1, too.
    if (isOnePixel(options)) return averageOfWhole(input);
    const lengths = axes.map(axis => Float64Array.from({ length: axis.output }, (_, i) => tapsInside(axis, i)));
    return averages(input, axes, { rows: lengths[0]!, columns: lengths[1]!, inTwo: true });
  },

  divisor: ([vertical, horizontal], _, { x, y }) => tapsInside(vertical, y) * tapsInside(horizontal, x),

  explain(input, axes, options, window, channel) {
    const [vertical, horizontal] = axes;
    const rounded = isOnePixel(options) ? exactly : sumRounding(input.data);
    const sum = sumOf(input, axes, window, channel, rounded);
    const [height, width] = [tapsInside(vertical, window.y), tapsInside(horizontal, window.x)];
    const divisor = height * width;
    if (isOnePixel(options)) {
      return { kind: 'averaged', value: Math.fround(sum / divisor), sum, divisor };
    }
    const value = Math.fround(Math.fround(sum / height) / width);
    return { kind: 'averaged', value, sum, divisor, inTwo: [height, width] };
  },
};
