import type { Padding, PoolOptions, RefusedOption } from '../options';

/** The options that consist of a number for each side. */
export interface SidedOptions extends Pick<PoolOptions, 'kernelSize' | 'stride' | 'dilation'> {
  readonly padding: Padding;
}

const paddingSides = [
  ['top', 0],
  ['bottom', 0],
  ['left', 1],
  ['right', 1],
] as const;

/** An option's numbers; those of padding are top, bottom, left and right. */
export function numbersOf(option: keyof SidedOptions, options: SidedOptions): readonly number[] {
  return option === 'padding' ? paddingSides.map(([side]) => options.padding[side]) : options[option];
}

/**
 * An option, and which of its numbers are at fault.
 * @param isWrong gets each number, and its axis: 0 for heights, 1 for widths
 */
export function refusedOption(
  option: keyof SidedOptions,
  options: SidedOptions,
  isWrong: (value: number, axis: 0 | 1) => boolean,
): Extract<RefusedOption, { sides: unknown }> {
  if (option === 'padding') {
    const wrong = paddingSides.filter(([side, axis]) => isWrong(options.padding[side], axis));
    return { option, sides: wrong.map(([side]) => side) };
  }
  return { option, sides: ([0, 1] as const).filter(axis => isWrong(options[option][axis], axis)) };
}
