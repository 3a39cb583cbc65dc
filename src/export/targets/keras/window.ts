import { type Axes, effectiveKernel } from '../../../core/axis';
import { applied, callIn } from '../../../core/operators/operator';
import { equalPadding, equalPairs, noPadding } from '../../../core/options';
import { planAxes } from '../../../core/plan';
import { pairText } from '../../../core/pythonText';
import { digitsNotes, type Pooling } from '../../job';
import { numpyNumber } from '../../python';
import { InexpressibleError } from '../../request';
import { type Layer, lambda, layerAround, padLayer, type Row, sidesOf } from './row';

/** Max, min and average. Uses 'valid' and 'same' if they give the same windows, else pads explicitly. */
export const windowRow: Row = {
  notes: float32Note,
  lines(pooling) {
    const { name, operator, around } = pooling;
    const padding = paddingFor(pooling);
    const pool = (values: string) =>
      `${name}_pooled = ${applied(callIn(operator, 'keras'), layerText(pooling, padding), values)}`;
    if (padding !== 'explicit') return [pool('x')];
    const value = operator.padding === 0 ? '' : `, constant_values=${numpyNumber(operator.padding as '-inf' | 'inf')}`;
    return [
      '# Keras pads by no number of pixels, so pad first: (top, bottom), (left, right).',
      `padded = np.pad(x, ${sidesOf(around)}${value})`,
      pool('padded'),
    ];
  },
  layers(pooling) {
    const { operator, input, around } = pooling;
    const padding = paddingFor(pooling);
    const negated = callIn(operator, 'keras').isNegated ? lambda('-x') : undefined;
    const layers: Layer[] = negated ? [{ text: negated, output: input }] : [];
    if (padding === 'explicit') layers.push(padLayer(input, around, operator.padding === 0 ? 0 : '-inf'));
    layers.push(layerAround(pooling, layerText(pooling, padding)));
    if (negated) layers.push(layerAround(pooling, negated));
    return layers;
  },
};

/** Keras sums in float32: what there is to say of that. */
export function float32Note(pooling: Pooling): string[] {
  return digitsNotes([pooling], 'float32');
}

/** The layer, with the padding that its windows have without any padding before it. */
export function layerText(pooling: Pooling, padding: ReturnType<typeof paddingFor>, layer?: string): string {
  const { operator, kernel, stride } = pooling;
  const settings = [`pool_size=${pairText(kernel)}`];
  if (!equalPairs(stride, kernel)) settings.push(`strides=${pairText(stride)}`);
  if (padding === 'same') settings.push("padding='same'");
  return `keras.layers.${layer ?? callIn(operator, 'keras').layer}(${settings.join(', ')})`;
}

/**
 * How the layer comes to its padding.
 * @throws {InexpressibleError} for dilation, a divisor override, and averages whose divisor at the border is not that
 * of 'same'
 */
function paddingFor(pooling: Pooling): 'valid' | 'same' | 'explicit' {
  const { operator, options, dilation, around, divisor } = pooling;
  if (!equalPairs(dilation, [1, 1])) {
    throw new InexpressibleError('dilation', 'Keras has no dilation for pooling.');
  }
  if (operator.divides && options.divisorOverride !== undefined) {
    throw new InexpressibleError('divisor_override', 'Keras cannot set the divisor of an average.');
  }
  if (equalPadding(around, noPadding)) return 'valid';
  if ((!operator.divides || divisor === undefined) && realPixelsOnly(pooling) && hasSameWindows(pooling)) return 'same';
  if (operator.divides && divisor === undefined) {
    throw options.ceilMode
      ? new InexpressibleError('ceil_mode', 'Keras has no average with ceil_mode.')
      : new InexpressibleError('count_include_pad', 'Keras has no average that leaves out this padding.');
  }
  return 'explicit';
}

/** Whether Keras' 'same' makes the windows of this pooling, as far as these lie in the picture. */
export function hasSameWindows({ axes, input, options }: Pooling): boolean {
  return sameWindows(
    axes,
    planAxes('max', input, { ...options, padding: 'same', ceilMode: false, framework: 'keras', dilation: [1, 1] }),
  );
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
