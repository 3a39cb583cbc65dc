import { paddingOf, samePadding } from '../axis';
import type { Knobs } from '../knobs';
import { callIn, callText } from '../operators/operator';
import {
  countsPadding,
  equalPadding,
  equalPairs,
  frameworkTitles,
  noPadding,
  type Padding,
  PoolError,
} from '../options';
import { listText } from '../pythonText';
import type { Shape } from '../tensor';
import { type FrameworkRules, isPositive, maxInt, otherOptions, strideOf } from './framework';
import { refusedOption } from './refusedOption';

/** ONNX's words for the rules for padding. */
const autoPads = { same: 'SAME_UPPER', sameLower: 'SAME_LOWER' } as const;

export const onnx: FrameworkRules = {
  title: frameworkTitles.onnx,
  layout: 'NCHW',
  defaultStride: 1,
  padsBy: 'sides',
  paddingRules: [
    ['none', 'pads'],
    ['same', autoPads.same],
    ['sameLower', autoPads.sameLower],
  ],
  ceilMode: true,
  countIncludePad: false,
  divisorOverride: false,

  optionsOf(knobs, shape) {
    const { kernel, dilation, ceilMode, countIncludePad } = knobs;
    return {
      framework: 'onnx',
      kernelSize: kernel,
      stride: strideOf(knobs, onnx),
      padding: paddingFor(knobs, shape),
      ...(typeof knobs.padding === 'string' && { autoPad: autoPads[knobs.padding] }),
      dilation,
      ceilMode,
      countIncludePad,
      ...otherOptions(knobs),
    };
  },

  /** ONNX's checks when it infers shapes, then ONNX Runtime's when it creates the node (cpu/nn/pool_attributes.h). */
  check(operator, options, dilation) {
    const { kernelSize, stride, padding, divisorOverride } = options;
    if (operator.divides && divisorOverride !== undefined) {
      throw new PoolError(`Unrecognized attribute: divisor_override for operator ${callIn(operator, 'onnx').layer}`, {
        option: 'divisorOverride',
      });
    }
    const numbers = { ...options, padding: padding === 'same' ? noPadding : padding, dilation };
    const { top, left, bottom, right } = numbers.padding;
    const lists = { kernelSize, stride, padding: [top, left, bottom, right], dilation };
    const isFraction = (value: number) => !Number.isInteger(value) || value > maxInt;
    for (const [option, name] of attributeNames) {
      const fraction = lists[option].find(isFraction);
      if (fraction !== undefined) {
        throw new PoolError(
          `Attribute ${name} must only contain integers, but got ${fraction}`,
          refusedOption(option, numbers, isFraction),
        );
      }
    }
    for (const [option, name] of attributeNames) {
      const isWrong = (value: number) => (option === 'padding' ? value < 0 : !isPositive(value));
      if (!lists[option].some(isWrong)) continue;
      const rule = option === 'padding' ? 'must not contain negative values' : 'must only contain positive values';
      throw new PoolError(`Attribute ${name} ${rule}`, refusedOption(option, numbers, isWrong));
    }
    const tooLarge = refusedOption('padding', numbers, (pad, axis) => pad >= kernelSize[axis]);
    if (tooLarge.sides.length > 0) throw new PoolError('Pad should be smaller than kernel.', tooLarge);
  },

  /**
   * For an output of exactly 0, the runtime also makes an empty tensor. It rounds a negative quotient towards zero,
   * whereas ONNX and `planAxes` round down: so in the runtime a kernel larger than the picture can result in one
   * window.
   */
  tooSmall([n, c], _, rows, columns) {
    return `Invalid dimension: ${Math.min(rows, columns)} in the output shape {${n},${c},${rows},${columns}}`;
  },

  shapeText: listText,

  callText(operator, options, axes) {
    const { kernelSize, stride, dilation, ceilMode } = options;
    const args = [`kernel_shape=${listText(kernelSize)}`];
    if (!equalPairs(stride, [1, 1])) args.push(`strides=${listText(stride)}`);
    const padding = paddingOf(axes);
    const { top, left, bottom, right } = padding;
    if (!equalPadding(padding, noPadding)) args.push(`pads=${listText([top, left, bottom, right])}`);
    if (!equalPairs(dilation, [1, 1])) args.push(`dilations=${listText(dilation)}`);
    if (ceilMode) args.push('ceil_mode=1');
    if (operator.divides && countsPadding(options)) args.push('count_include_pad=1');
    const call = callIn(operator, 'onnx');
    if (call.write) return call.write(args, options, axes);
    const node = `${call.layer}(${args.join(', ')})`;
    return callText(call, node);
  },

  paddingAlike(options, axes) {
    return options.padding === 'same' ? 'same' : paddingOf(axes);
  },
};

/** The options in the order in which their attributes are checked, and what these are called. */
const attributeNames = [
  ['kernelSize', 'kernel_shape'],
  ['stride', 'strides'],
  ['padding', 'pads'],
  ['dilation', 'dilations'],
] as const;

/** Padding by numbers as it is, and `auto_pad` computed for the picture. */
function paddingFor(knobs: Knobs, [, , height, width]: Shape): Padding {
  const { kernel, padding, dilation } = knobs;
  if (typeof padding !== 'string') return padding;
  const stride = strideOf(knobs, onnx);
  const axis = (input: number, side: 0 | 1) => {
    const sizes = { input, kernel: kernel[side], stride: stride[side], dilation: dilation[side] };
    // No padding: planAxes refuses these numbers with ONNX's message.
    if (!Object.values(sizes).every(value => Number.isInteger(value) && value > 0)) return [0, 0] as const;
    const total = samePadding(sizes);
    const less = Math.floor(total / 2);
    // An odd pixel goes after the picture (UPPER) or before it (LOWER).
    return padding === 'same' ? ([less, total - less] as const) : ([total - less, less] as const);
  };
  const [top, bottom] = axis(height, 0);
  const [left, right] = axis(width, 1);
  return { top, bottom, left, right };
}
