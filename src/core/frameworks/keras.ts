import { paddingOf } from '../axis';
import { callText, type Operator } from '../operators/operator';
import { equalPadding, equalPairs, noPadding, type Pair, PoolError, type PoolOptions } from '../options';
import { pairText, tupleText } from '../pythonText';
import { type FrameworkRules, isPositive, maxInt, strideOf } from './framework';
import { checkDivisor, notPositive } from './pytorch';
import { looksSame } from './same';

export const keras: FrameworkRules = {
  title: 'Keras',
  defaultStride: 'kernel',
  padsBy: 'nothing',
  paddingRules: [
    ['none', 'valid'],
    ['same', 'same'],
  ],
  ceilMode: false,
  divisorOverride: false,

  optionsOf(knobs) {
    return {
      framework: 'keras',
      kernelSize: knobs.kernel,
      stride: strideOf(knobs, keras),
      padding: typeof knobs.padding === 'string' ? 'same' : noPadding,
      dilation: [1, 1],
      ceilMode: false,
      countIncludePad: false,
    };
  },

  /**
   * The checks of Keras 3's `standardize_tuple` for the layer's arguments, and the base layer's refusal of unknown
   * arguments.
   */
  check(operator, options, dilation) {
    const { kernelSize, stride, padding } = options;
    // Without a named framework, 'same' is our own addition to PyTorch's options: refuse unknown arguments only if
    // Keras is named.
    if (options.framework === 'keras') refuseUnknown(operator, options, dilation);
    else checkBorrowed(operator, options, dilation);
    checkTuple('pool_size', kernelSize, 1);
    checkTuple('strides', stride, 0);
    // The layer accepts a stride of 0; this is TensorFlow's message for it.
    if (stride.includes(0)) throw new PoolError('Stride must be > 0, but got 0');
    if (padding !== 'same' && !equalPadding(padding, noPadding)) {
      const pads = [padding.top, padding.bottom, padding.left, padding.right];
      throw new PoolError(`\`padding\` must be either \`'valid'\` or \`'same'\`. Received ${tupleText(pads)}.`);
    }
  },

  /**
   * For an output of exactly 0, Keras makes an empty tensor. There is no picture of that, so it is refused like a
   * negative one.
   */
  tooSmall([n, c, h, w], { kernelSize }) {
    return (
      `Computed output size would be negative. Received: \`inputs.shape=[${n} ${h} ${w} ${c}]\` ` +
      `and \`pool_size=[${kernelSize.join(' ')}]\`.`
    );
  },

  shapeText([n, c, h, w]) {
    return tupleText([n, h, w, c]);
  },

  callText(operator, { kernelSize, stride, padding }) {
    const args = [pairText(kernelSize)];
    if (!equalPairs(stride, kernelSize)) args.push(`strides=${pairText(stride)}`);
    if (padding === 'same') args.push('padding="same"');
    const call = operator.calls.keras;
    const layer = `${call.layer}(${args.join(', ')})`;
    return callText(call, layer);
  },

  paddingAlike(options, axes) {
    const padding = paddingOf(axes);
    if (options.padding !== 'same' && equalPadding(padding, noPadding)) return padding;
    return axes.every(looksSame) ? 'same' : undefined;
  },
};

function refuseUnknown(operator: Operator, { ceilMode, divisorOverride }: PoolOptions, dilation: Pair): void {
  const unknown: string[] = [];
  if (dilation.some(value => value !== 1)) unknown.push(`'dilation': ${tupleText(dilation)}`);
  if (ceilMode) unknown.push(`'ceil_mode': True`);
  if (operator.divides && divisorOverride !== undefined) unknown.push(`'divisor_override': ${divisorOverride}`);
  if (unknown.length === 0) return;
  throw new PoolError(
    `Unrecognized keyword arguments passed to ${operator.calls.keras.layer}: {${unknown.join(', ')}}`,
  );
}

/** Checks the PyTorch options that 'same' without a named framework allows. */
function checkBorrowed(operator: Operator, options: PoolOptions, dilation: Pair): void {
  if (!dilation.every(value => Number.isInteger(value) && isPositive(value))) throw notPositive('dilation', dilation);
  if (operator.divides) checkDivisor(operator.calls.pytorch.function, options);
}

function checkTuple(name: string, values: Pair, least: 0 | 1): void {
  if (values.every(value => Number.isInteger(value) && value >= least && value <= maxInt)) return;
  const received = `The \`${name}\` argument must be a tuple of 2 integers. Received ${name}=${tupleText(values)}`;
  const refused = [...new Set(values.filter(value => value < least))];
  throw new PoolError(
    refused.length > 0
      ? `${received}, including values {${refused.join(', ')}} that do not satisfy \`value ${least ? '> 0' : '>= 0'}\``
      : received,
  );
}
