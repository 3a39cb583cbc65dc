import { type Axis, effectiveKernel, paddingOf } from '../axis';
import { applied, callIn, callText, type Operator } from '../operators/operator';
import {
  equalPadding,
  equalPairs,
  frameworkTitles,
  isSymmetric,
  noPadding,
  type Padding,
  type Pair,
  PoolError,
  type PoolOptions,
  symmetricPadding,
} from '../options';
import { listText, pairText, tupleText } from '../pythonText';
import { type FrameworkRules, isPositive, maxInt, otherOptions, strideOf } from './framework';
import { numbersOf, refusedOption, type SidedOptions } from './refusedOption';
import { halfKernel, looksSame } from './same';

export const pytorch: FrameworkRules = {
  title: frameworkTitles.pytorch,
  layout: 'NCHW',
  defaultStride: 'kernel',
  padsBy: 'axes',
  paddingRules: [],
  ceilMode: true,
  countIncludePad: true,
  divisorOverride: true,

  optionsOf(knobs) {
    const { kernel, padding, dilation, ceilMode, countIncludePad, divisorOverride } = knobs;
    const shared = { kernelSize: kernel, stride: strideOf(knobs, pytorch), dilation, ...otherOptions(knobs) };
    // Only Keras has 'same': without a named framework it follows Keras' rule.
    if (typeof padding === 'string') return { ...shared, padding: 'same', ceilMode: false, countIncludePad: false };
    const { top, left } = padding;
    return {
      ...shared,
      framework: 'pytorch',
      padding: symmetricPadding([top, left]),
      ceilMode,
      countIncludePad,
      ...(divisorOverride === null ? {} : { divisorOverride }),
    };
  },

  /**
   * The checks of the argument parser, then of ATen's `pooling_output_shape` for height and width, then of
   * `pool2d_shape_check` (aten/src/ATen/native/Pool.h). Each side of an asymmetric padding has to obey the rule for
   * both.
   */
  check(operator, options, dilation) {
    const { padding } = options;
    const call = callIn(operator, 'pytorch').function;
    if (padding === 'same') {
      throw new PoolError(`${call}: argument 'padding' (position 4) must be tuple of ints, not str`, {
        option: 'padding',
        sides: [],
      });
    }
    const numbers = { ...options, padding, dilation };
    checkIntegers(call, numbers);
    if (operator.divides) checkDivisor(call, options);
    for (const axis of [0, 1] as const) {
      if (numbers.stride[axis] === 0) {
        const about = refusedOption('stride', numbers, value => value === 0);
        throw new PoolError('stride should not be zero', about);
      }
      checkPads(numbers, axis);
    }
    for (const option of ['kernelSize', 'stride', 'dilation'] as const) {
      if (!numbers[option].every(isPositive)) throw notPositive(option, numbers);
    }
  },

  tooSmall([, c, h, w], _, rows, columns) {
    return `Given input size: (${c}x${h}x${w}). Calculated output size: (${c}x${rows}x${columns}). Output size is too small`;
  },

  shapeText: listText,

  callText(operator, options, axes) {
    const call = callIn(operator, 'pytorch');
    const padding = paddingOf(axes);
    const args = settings(operator, options, padding);
    if (call.write) return call.write(args, options, axes);
    const layer = `${call.layer}(${args.join(', ')})`;
    // A layer pads both ends of an axis equally: for other padding the code pads first.
    if (isSymmetric(padding)) return callText(call, layer);
    const value = operator.padding === 0 ? '' : `, value=${operator.padding}`;
    return applied(call, layer, `F.pad(x, ${padText(padding)}${value})`);
  },

  /** PyTorch has no 'same', so the code pads first, unless it is written in a way of its own. */
  stepTexts(operator, options, axes) {
    if (options.padding !== 'same' || callIn(operator, 'pytorch').write)
      return [pytorch.callText(operator, options, axes)];
    const unpadded = axes.map(axis => ({ ...axis, padBefore: 0, padAfter: 0 })) as [Axis, Axis];
    const pool = pytorch.callText(operator, { ...options, framework: 'pytorch', countIncludePad: true }, unpadded);
    const padding = paddingOf(axes);
    if (equalPadding(padding, noPadding)) return [pool];
    // The layer counts the zeros. Dividing by its result for a picture of ones gives the average of real pixels.
    return [`F.pad${padText(padding)}`, operator.divides ? `${pool} / ${pool}(ones)` : pool];
  },

  paddingAlike(options, axes) {
    const padding = paddingOf(axes);
    if (options.padding !== 'same' && isSymmetric(padding)) return padding;
    // What users write here for 'same': half the kernel.
    const half = symmetricPadding([halfKernel(axes[0]), halfKernel(axes[1])]);
    return options.padding === 'same' || axes.every(looksSame) ? half : undefined;
  },
};

function settings(operator: Operator, options: PoolOptions, around: Padding): string[] {
  const { kernelSize, stride, dilation, ceilMode, countIncludePad, divisorOverride } = options;
  const args = [pairText(kernelSize)];
  if (!equalPairs(stride, kernelSize)) args.push(`stride=${pairText(stride)}`);
  const padding: Pair = [around.top, around.left];
  if (isSymmetric(around) && !equalPairs(padding, [0, 0])) args.push(`padding=${pairText(padding)}`);
  if (callIn(operator, 'pytorch').dilation === 'taken' && !equalPairs(dilation, [1, 1])) {
    args.push(`dilation=${pairText(dilation)}`);
  }
  if (ceilMode) args.push('ceil_mode=True');
  if (operator.divides && !countIncludePad) args.push('count_include_pad=False');
  if (operator.divides && divisorOverride !== undefined) args.push(`divisor_override=${divisorOverride}`);
  return args;
}

/** The numbers for F.pad, from the last axis to the first. */
export function padText({ left, right, top, bottom }: Padding): string {
  return tupleText([left, right, top, bottom]);
}

/** The options in the order of the arguments, and what these are called. */
const argumentNames = [
  ['kernelSize', 'kernel_size'],
  ['stride', 'stride'],
  ['padding', 'padding'],
  ['dilation', 'dilation'],
] as const;

function checkIntegers(call: string | undefined, numbers: SidedOptions): void {
  for (const [position, [option, name]] of argumentNames.entries()) {
    const values = numbersOf(option, numbers);
    const wrong = values.findIndex(value => !Number.isInteger(value));
    if (wrong >= 0) {
      // The parser checks a list's first element while it matches arguments, and the others later, counting them from
      // 1.
      const [place, at] = wrong === 0 ? [` (position ${position + 2})`, 0] : ['', wrong + 1];
      throw new PoolError(
        `${call}: argument '${name}'${place} must be tuple of ints, but found element of type float at pos ${at}`,
        refusedOption(option, numbers, value => !Number.isInteger(value)),
      );
    }
    const isTooLarge = (value: number) => Math.abs(value) > maxInt;
    if (values.some(isTooLarge)) {
      throw new PoolError('integer out of range', refusedOption(option, numbers, isTooLarge));
    }
  }
}

/**
 * @param call the function that the message names
 * @throws {PoolError} for a divisor that is 0 or not a whole number
 */
export function checkDivisor(call: string | undefined, { divisorOverride }: PoolOptions): void {
  if (divisorOverride === undefined) return;
  const about = { option: 'divisorOverride' } as const;
  if (!Number.isInteger(divisorOverride)) {
    throw new PoolError(`${call}: argument 'divisor_override' (position 7) must be int, not float`, about);
  }
  if (divisorOverride === 0) throw new PoolError('divisor must be not zero', about);
}

/** Checks both ends of one axis. What is at fault for the same reason on the other axis is reported with it. */
function checkPads(numbers: SidedOptions, axis: 0 | 1): void {
  const { kernelSize, dilation, padding } = numbers;
  const pads = axis === 0 ? [padding.top, padding.bottom] : [padding.left, padding.right];
  const isNegative = (pad: number) => pad < 0;
  const isTooLarge = (pad: number, at: 0 | 1) =>
    pad > Math.trunc(effectiveKernel({ kernel: kernelSize[at], dilation: dilation[at] }) / 2);
  const negative = pads.find(isNegative);
  if (negative !== undefined) {
    const about = refusedOption('padding', numbers, isNegative);
    throw new PoolError(`pad must be non-negative, but got pad: ${negative}`, about);
  }
  const large = pads.find(pad => isTooLarge(pad, axis));
  if (large !== undefined) {
    throw new PoolError(
      `pad should be at most half of effective kernel size, but got pad=${large}, ` +
        `kernel_size=${kernelSize[axis]} and dilation=${dilation[axis]}`,
      refusedOption('padding', numbers, isTooLarge),
    );
  }
}

const axisNames = {
  kernelSize: ['kernel size', 'kH', 'kW'],
  stride: ['stride', 'dH', 'dW'],
  dilation: ['dilation', 'dilationH', 'dilationW'],
} as const;

/** PyTorch's error for a pair with a number that is not above 0. */
export function notPositive(option: keyof typeof axisNames, numbers: SidedOptions): PoolError {
  const [name, h, w] = axisNames[option];
  const [height, width] = numbers[option];
  return new PoolError(
    `${name} should be greater than zero, but got ${h}: ${height} ${w}: ${width}`,
    refusedOption(option, numbers, value => !isPositive(value)),
  );
}
