import { paddingOf } from '../axis';
import { callIn, callText, type Operator } from '../operators/operator';
import {
  equalPadding,
  equalPairs,
  frameworkTitles,
  noPadding,
  PoolError,
  type PoolOptions,
  type RefusedOption,
} from '../options';
import { pairText, tupleText } from '../pythonText';
import { type FrameworkRules, isPositive, maxInt, otherOptions, strideOf } from './framework';
import { checkDivisor, notPositive } from './pytorch';
import { numbersOf, refusedOption, type SidedOptions } from './refusedOption';
import { looksSame } from './same';

export const keras: FrameworkRules = {
  title: frameworkTitles.keras,
  layout: 'NHWC',
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
      ...otherOptions(knobs),
    };
  },

  /**
   * The checks of Keras 3's `standardize_tuple` for the layer's arguments, and the base layer's refusal of unknown
   * arguments.
   */
  check(operator, options, dilation) {
    const { padding } = options;
    const numbers = { ...options, padding: padding === 'same' ? noPadding : padding, dilation };
    // Without a named framework, 'same' is our own addition to PyTorch's options: refuse unknown arguments only if
    // Keras is named.
    if (options.framework === 'keras') refuseUnknown(operator, options, numbers);
    else checkBorrowed(operator, options, numbers);
    checkTuple('pool_size', 'kernelSize', numbers, 1);
    checkTuple('strides', 'stride', numbers, 0);
    // The layer accepts a stride of 0; this is TensorFlow's message for it.
    if (numbers.stride.includes(0)) {
      throw new PoolError(
        'Stride must be > 0, but got 0',
        refusedOption('stride', numbers, value => value === 0),
      );
    }
    const pads = numbersOf('padding', numbers);
    if (pads.some(pad => pad !== 0)) {
      throw new PoolError(
        `\`padding\` must be either \`'valid'\` or \`'same'\`. Received ${tupleText(pads)}.`,
        refusedOption('padding', numbers, pad => pad !== 0),
      );
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

  callText(operator, options, axes) {
    const { kernelSize, stride, padding } = options;
    const args = [pairText(kernelSize)];
    if (!equalPairs(stride, kernelSize)) args.push(`strides=${pairText(stride)}`);
    if (padding === 'same') args.push('padding="same"');
    const call = callIn(operator, 'keras');
    if (call.write) return call.write(args, options, axes);
    const layer = `${call.layer}(${args.join(', ')})`;
    return callText(call, layer);
  },

  paddingAlike(options, axes) {
    const padding = paddingOf(axes);
    if (options.padding !== 'same' && equalPadding(padding, noPadding)) return padding;
    return axes.every(looksSame) ? 'same' : undefined;
  },
};

/** The message names every unknown argument; the error is about the first one. */
function refuseUnknown(
  operator: Operator,
  { ceilMode, divisorOverride }: PoolOptions,
  { dilation, ...numbers }: SidedOptions,
): void {
  const unknown: [text: string, about: RefusedOption][] = [];
  if (dilation.some(value => value !== 1)) {
    const about = refusedOption('dilation', { ...numbers, dilation }, value => value !== 1);
    unknown.push([`'dilation': ${tupleText(dilation)}`, about]);
  }
  if (ceilMode) unknown.push([`'ceil_mode': True`, { option: 'ceilMode' }]);
  if (operator.divides && divisorOverride !== undefined) {
    unknown.push([`'divisor_override': ${divisorOverride}`, { option: 'divisorOverride' }]);
  }
  const [first] = unknown;
  if (!first) return;
  const texts = unknown.map(([text]) => text).join(', ');
  throw new PoolError(
    `Unrecognized keyword arguments passed to ${callIn(operator, 'keras').layer}: {${texts}}`,
    first[1],
  );
}

/** Checks the PyTorch options that 'same' without a named framework allows. */
function checkBorrowed(operator: Operator, options: PoolOptions, numbers: SidedOptions): void {
  if (!numbers.dilation.every(value => Number.isInteger(value) && isPositive(value))) {
    throw notPositive('dilation', numbers);
  }
  if (operator.divides) checkDivisor(callIn(operator, 'pytorch').function, options);
}

function checkTuple(name: string, option: 'kernelSize' | 'stride', numbers: SidedOptions, least: 0 | 1): void {
  const values = numbers[option];
  const isWrong = (value: number) => !(Number.isInteger(value) && value >= least && value <= maxInt);
  if (!values.some(isWrong)) return;
  const received = `The \`${name}\` argument must be a tuple of 2 integers. Received ${name}=${tupleText(values)}`;
  const refused = [...new Set(values.filter(value => value < least))];
  throw new PoolError(
    refused.length > 0
      ? `${received}, including values {${refused.join(', ')}} that do not satisfy \`value ${least ? '> 0' : '>= 0'}\``
      : received,
    refusedOption(option, numbers, isWrong),
  );
}
