import { paddingOf } from '../../../core/axis';
import { callIn } from '../../../core/operators/operator';
import { countsPadding, equalPadding, noPadding } from '../../../core/options';
import type { Pooling } from '../../job';
import { InexpressibleError } from '../../request';
import { node, type Row, windowAttributes } from './row';

/** Max, min and average: one node, between two `Neg` nodes if ONNX has only the opposite operator. */
export const windowRow: Row = (pooling, from, to) => {
  const { layer, isNegated } = callIn(pooling.operator, 'onnx');
  const attributes = attributesOf(pooling);
  if (!isNegated) return { nodes: [node(layer, [from], to, attributes)] };
  const [negated, pooled] = [`${to}_negated`, `${to}_negated_pooled`];
  return {
    nodes: [node('Neg', [from], negated), node(layer, [negated], pooled, attributes), node('Neg', [pooled], to)],
  };
};

/**
 * Only what differs from ONNX's defaults: strides are 1, and averages do not count padding.
 * @throws {InexpressibleError} for a divisor override, and for padding as wide as the kernel
 */
export function attributesOf({ operator, options, axes, kernel, stride, dilation }: Pooling): string[] {
  if (operator.divides && options.divisorOverride !== undefined) {
    throw new InexpressibleError('divisor_override', 'ONNX cannot set the divisor of an average.');
  }
  const pads = paddingOf(axes);
  const { top, left, bottom, right } = pads;
  if (Math.max(top, bottom) >= kernel[0] || Math.max(left, right) >= kernel[1]) {
    throw new InexpressibleError('padding', 'Pad should be smaller than kernel.');
  }
  const attributes = windowAttributes(kernel, stride, pads, dilation);
  if (options.ceilMode && options.padding !== 'same') attributes.push('ceil_mode=1');
  if (operator.divides && !equalPadding(pads, noPadding) && countsPadding(options))
    attributes.push('count_include_pad=1');
  return attributes;
}
