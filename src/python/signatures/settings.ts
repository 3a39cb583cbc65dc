/** Reads a call's arguments as the settings of a layer, and notes which cannot be read. */
import type { OutputSize, Padding, Pair } from '../../core/options';
import { symmetricPadding } from '../../core/options';
import type { Argument, GivenArguments } from '../syntax/arguments';
import { isTrue, type Literal } from '../syntax/literal';

/** The settings that parameters stand for, in the words of `Layer`. Others, such as `name`, change no value and no shape. */
export const settingNames: Readonly<Record<string, string>> = {
  kernel_size: 'kernelSize',
  pool_size: 'kernelSize',
  ksize: 'kernelSize',
  stride: 'stride',
  strides: 'stride',
  padding: 'padding',
  dilation: 'dilation',
  return_indices: 'returnIndices',
  ceil_mode: 'ceilMode',
  count_include_pad: 'countIncludePad',
  divisor_override: 'divisorOverride',
  norm_type: 'norm',
  output_size: 'outputSize',
  out_channels: 'outChannels',
  filters: 'outChannels',
  depth_multiplier: 'outChannels',
  dilation_rate: 'dilation',
  groups: 'groups',
  bias: 'bias',
  use_bias: 'bias',
};

/** What a literal says for a setting; undefined if the framework takes no such literal there. */
export type Reading<T> = (value: Literal) => T | undefined;

export class Settings {
  readonly #unknown: string[] = [];

  constructor(private readonly given: GivenArguments) {}

  /** The settings that could not be read. */
  get unknown(): readonly string[] {
    return this.#unknown;
  }

  /** What a parameter is given, if that stands in the source. */
  valueOf(parameter: string): Literal | undefined {
    return this.given.byName.get(parameter)?.value;
  }

  /** Whether the call gives a parameter, or may give it. */
  isGiven(parameter: string): boolean {
    return this.given.byName.has(parameter) || this.given.perhaps.has(parameter);
  }

  /** A parameter that the call must give. */
  required<T>(parameter: string, reading: Reading<T>, standIn: T): T {
    return this.#read(parameter, reading) ?? this.standIn(parameter, standIn);
  }

  /** A parameter with a default. `None` is that default, too, if the framework takes it. */
  optional<T>(parameter: string, reading: Reading<T>, standard: T, takesNone = false): T {
    if (takesNone && this.valueOf(parameter)?.type === 'none') return standard;
    if (!this.isGiven(parameter)) return standard;
    return this.#read(parameter, reading) ?? this.standIn(parameter, standard);
  }

  /** A value in place of what a parameter is given, which is then not known. */
  standIn<T>(parameter: string, value: T): T {
    this.#unknown.push(settingNames[parameter]!);
    return value;
  }

  #read<T>(parameter: string, reading: Reading<T>): T | undefined {
    const value = this.valueOf(parameter);
    return value && reading(value);
  }
}

/** Where each setting's value stands. */
export function rangesOf(byName: ReadonlyMap<string, Argument>): Record<string, readonly [number, number]> {
  const ranges: Record<string, readonly [number, number]> = {};
  for (const [name, { node }] of byName) {
    const setting = Object.hasOwn(settingNames, name) ? settingNames[name] : undefined;
    if (setting) ranges[setting] = [node.from, node.to];
  }
  return ranges;
}

export const whole: Reading<number> = value => (value.type === 'int' ? value.value : undefined);

export const number: Reading<number> = value =>
  value.type === 'int' || value.type === 'float' ? value.value : undefined;

export const boolean: Reading<boolean> = value => (value.type === 'bool' ? value.value : undefined);

/** Whatever Python takes for true. */
export const truth: Reading<boolean> = isTrue;

/** One number for both axes, or two. */
export const pair: Reading<Pair> = value => {
  const both = whole(value);
  if (both !== undefined) return [both, both];
  if (value.type !== 'sequence' || value.items.length !== 2) return undefined;
  const [height, width] = value.items.map(item => item && whole(item));
  return height === undefined || width === undefined ? undefined : [height, width];
};

/** PyTorch also takes a sequence of one for both axes. */
export const torchPair: Reading<Pair> = value => {
  if (value.type !== 'sequence' || value.items.length !== 1) return pair(value);
  const [both] = value.items;
  return both && pair(both);
};

/** No sequence at all is the kernel size, too. */
export function torchStride(kernel: Pair): Reading<Pair> {
  return value => (value.type === 'sequence' && value.items.length === 0 ? kernel : torchPair(value));
}

/** `'same'` is read as such, so that PyTorch can refuse it. */
export const torchPadding: Reading<Padding | 'same'> = value => {
  if (value.type === 'str') return value.value === 'same' ? 'same' : undefined;
  const sides = torchPair(value);
  return sides && symmetricPadding(sides);
};

/** None keeps the input's size. */
export const outputSize: Reading<OutputSize> = value => {
  const both = whole(value);
  if (both !== undefined) return [both, both];
  if (value.type !== 'sequence' || value.items.length !== 2) return undefined;
  const [height, width] = value.items.map(item => (item?.type === 'none' ? null : item && whole(item)));
  return height === undefined || width === undefined ? undefined : [height, width];
};
