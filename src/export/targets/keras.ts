import { type Axes, effectiveKernel } from '../../core/axis';
import { applied, callIn } from '../../core/operators/operator';
import { equalPadding, equalPairs, noPadding } from '../../core/options';
import { planAxes } from '../../core/plan';
import { pairText, tupleText } from '../../core/pythonText';
import { type Job, type Pooling, summedNarrow } from '../job';
import { readingLines, writingLines } from '../pictureFile';
import { numpyNumber, pythonScript } from '../python';
import { InexpressibleError } from '../request';

/**
 * The pooling in Keras 3, channels last. Uses 'valid' and 'same' if they give the same windows, else pads explicitly.
 *
 * @throws {InexpressibleError} for dilation, a divisor override, and averages whose divisor at the border is not that
 * of 'same'
 */
export function kerasCode(job: Job): string {
  const [, channels, height, width] = job.shape;
  const blocks = job.poolings.map(pooling => {
    const pooled = `${pooling.name}_pooled`;
    return [
      ...poolingLines(job, pooling),
      `print(${pooled}.shape)  # ${tupleText([1, ...pooling.output, channels])}`,
      ...writingLines(job, pooling.name, `keras.ops.convert_to_numpy(${pooled})[0${channels === 1 ? ', ..., 0' : ''}]`),
    ];
  });
  const tensor = [
    `x = image.astype(np.float32)[np.newaxis${channels === 1 ? ', ..., np.newaxis' : ''}]`,
    `print(x.shape)  # ${tupleText([1, height, width, channels])}`,
  ];
  return pythonScript(['import cv2', 'import keras', 'import numpy as np'], [readingLines(job), tensor, ...blocks]);
}

function poolingLines({ shape, options }: Job, pooling: Pooling): string[] {
  const { name, operator, kernel, stride, dilation, around, divisor, axes } = pooling;
  if (!equalPairs(dilation, [1, 1])) {
    throw new InexpressibleError('dilation', 'Keras has no dilation for pooling.');
  }
  if (operator.divides && options.divisorOverride !== undefined) {
    throw new InexpressibleError('divisor_override', 'Keras cannot set the divisor of an average.');
  }
  const call = callIn(operator, 'keras');
  const settings = [`pool_size=${pairText(kernel)}`];
  if (!equalPairs(stride, kernel)) settings.push(`strides=${pairText(stride)}`);
  const pool = (values: string) =>
    `${name}_pooled = ${applied(call, `keras.layers.${call.layer}(${settings.join(', ')})`, values)}`;
  const note = pooling.wide ? [summedNarrow] : [];

  if (equalPadding(around, noPadding)) return [...note, pool('x')];
  const same = planAxes(name, shape, { ...options, padding: 'same', ceilMode: false, framework: 'keras' });
  if ((!operator.divides || divisor === undefined) && realPixelsOnly(pooling) && sameWindows(axes, same)) {
    settings.push("padding='same'");
    return [...note, pool('x')];
  }
  if (operator.divides && divisor === undefined) {
    throw options.ceilMode
      ? new InexpressibleError('ceil_mode', 'Keras has no average with ceil_mode.')
      : new InexpressibleError('count_include_pad', 'Keras has no average that leaves out this padding.');
  }
  const sides = `((0, 0), (${around.top}, ${around.bottom}), (${around.left}, ${around.right}), (0, 0))`;
  const value = operator.padding === 0 ? '' : `, constant_values=${numpyNumber(operator.padding as '-inf' | 'inf')}`;
  return [
    ...note,
    '# Keras pads by no number of pixels, so pad first: (top, bottom), (left, right).',
    `padded = np.pad(x, ${sides}${value})`,
    pool('padded'),
  ];
}

/** Whether padding adds nothing to the pooling's values and divisors, as with 'same'. */
function realPixelsOnly({ operator, counted }: Pooling): boolean {
  return !operator.divides || equalPadding(counted, noPadding);
}

/** Whether two geometries have the same windows, as far as these lie in the picture. */
function sameWindows(a: Axes, b: Axes): boolean {
  return a.every((axis, i) => {
    const other = b[i]!;
    return (
      axis.output === other.output &&
      axis.padBefore === other.padBefore &&
      effectiveKernel(axis) === effectiveKernel(other)
    );
  });
}
