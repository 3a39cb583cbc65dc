import { noPadding } from '../core/options';
import type { Axis } from '../core/window';
import { effectiveKernel, planAxes } from '../core/window';
import { equalPadding, type Job, type Pooling } from './job';
import { readingLines, writingLines } from './pictureFile';
import { pythonPair, pythonTuple } from './python';
import { InexpressibleError } from './request';

/**
 * The pooling in Keras 3, channels last. Its own 'valid' and 'same' where the windows are those, else padded explicitly.
 *
 * @throws {InexpressibleError} for dilation, a divisor of one's own, and averages whose divisor differs at the border in
 *   another way than 'same' makes it
 */
export function kerasCode(job: Job): string {
  const [, channels, height, width] = job.shape;
  const blocks = job.poolings.map(pooling => {
    const pooled = `${pooling.kind}_pooled`;
    return [
      ...poolingLines(job, pooling),
      `print(${pooled}.shape)  # ${pythonTuple([1, ...pooling.output, channels])}`,
      ...writingLines(job, pooling.kind, `keras.ops.convert_to_numpy(${pooled})[0${channels === 1 ? ', ..., 0' : ''}]`),
    ];
  });
  const tensor = [
    `x = image.astype(np.float32)[np.newaxis${channels === 1 ? ', ..., np.newaxis' : ''}]`,
    `print(x.shape)  # ${pythonTuple([1, height, width, channels])}`,
  ];
  const body = [readingLines(job), tensor, ...blocks].map(lines => lines.join('\n')).join('\n\n');
  return `import cv2\nimport keras\nimport numpy as np\n\n${body}\n`;
}

function poolingLines({ shape, options }: Job, pooling: Pooling): string[] {
  const { kind, kernel, stride, dilation, around, divisor, axes } = pooling;
  if (dilation[0] !== 1 || dilation[1] !== 1) {
    throw new InexpressibleError('keras', 'dilation', 'Keras has no dilation for pooling.');
  }
  if (kind === 'average' && options.divisorOverride !== undefined) {
    throw new InexpressibleError('keras', 'divisor_override', 'Keras cannot set the divisor of an average.');
  }
  const layer = kind === 'max' ? 'MaxPooling2D' : 'AveragePooling2D';
  const settings = [`pool_size=${pythonPair(kernel)}`];
  if (stride[0] !== kernel[0] || stride[1] !== kernel[1]) settings.push(`strides=${pythonPair(stride)}`);
  const pool = (values: string) => `${kind}_pooled = keras.layers.${layer}(${settings.join(', ')})(${values})`;
  const note =
    kind === 'average' && pooling.wide
      ? ['# The sum of so large a window has more digits than float32 holds: averages may differ from the preview.']
      : [];

  if (equalPadding(around, noPadding)) return [...note, pool('x')];
  const same = planAxes(kind, shape, { ...options, padding: 'same', ceilMode: false, framework: 'keras' });
  if ((kind === 'max' || divisor === undefined) && realPixelsOnly(pooling) && sameWindows(axes, same)) {
    settings.push("padding='same'");
    return [...note, pool('x')];
  }
  if (kind === 'average' && divisor === undefined) {
    throw options.ceilMode
      ? new InexpressibleError('keras', 'ceil_mode', 'Keras has no average with ceil_mode.')
      : new InexpressibleError('keras', 'count_include_pad', 'Keras has no average that leaves out this padding.');
  }
  const sides = `((0, 0), (${around.top}, ${around.bottom}), (${around.left}, ${around.right}), (0, 0))`;
  const value = kind === 'max' ? ', constant_values=-np.inf' : '';
  return [
    ...note,
    '# Keras pads by no number of pixels, so pad first: (top, bottom), (left, right).',
    `padded = np.pad(x, ${sides}${value})`,
    pool('padded'),
  ];
}

/** Whether a pooling's padding is only to be looked past, as in 'same'. */
function realPixelsOnly({ kind, counted }: Pooling): boolean {
  return kind === 'max' || equalPadding(counted, noPadding);
}

/** Whether two geometries look through windows at the same places, as far as these lie in the picture. */
function sameWindows(a: readonly [Axis, Axis], b: readonly [Axis, Axis]): boolean {
  return a.every((axis, i) => {
    const other = b[i]!;
    return (
      axis.output === other.output &&
      axis.padBefore === other.padBefore &&
      effectiveKernel(axis) === effectiveKernel(other)
    );
  });
}
