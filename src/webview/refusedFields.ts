/** Which of the page's fields a refusal is about, and which are empty. */
import { frameworks } from '../core/frameworks';
import type { Knobs } from '../core/knobs';
import type { Padding, PoolError } from '../core/options';

type PairName = 'kernel' | 'stride' | 'dilation';

const pairFields = {
  kernel: ['kernelHeight', 'kernelWidth'],
  stride: ['strideHeight', 'strideWidth'],
  dilation: ['dilationHeight', 'dilationWidth'],
} as const satisfies Record<PairName, readonly [string, string]>;

const paddingFields = {
  top: 'paddingTop',
  bottom: 'paddingBottom',
  left: 'paddingLeft',
  right: 'paddingRight',
} as const satisfies Record<keyof Padding, string>;

/** A number field of the toolbar, or `paddingRule`: the choice of a padding that follows a rule such as 'same'. */
export type FieldName = (typeof pairFields)[PairName][number] | (typeof paddingFields)[keyof Padding] | 'paddingRule';

/**
 * The fields at fault. None if the refusal is about no single option, or about one that has no field. A stride that
 * follows the kernel has no number of its own: then the kernel's fields are at fault.
 */
export function refusedFields({ about }: PoolError, knobs: Knobs): readonly FieldName[] {
  switch (about?.option) {
    case 'kernelSize':
      return about.sides.map(side => pairFields.kernel[side]);
    case 'stride':
      return about.sides.map(side => pairFields[followsKernel(knobs) ? 'kernel' : 'stride'][side]);
    case 'dilation':
      return about.sides.map(side => pairFields.dilation[side]);
    case 'padding':
      if (typeof knobs.padding === 'string') return ['paddingRule'];
      return about.sides.map(side => paddingFields[side]);
    default:
      return [];
  }
}

/**
 * What the framework's message needs to be understood: it speaks of the stride (PyTorch's for a kernel of 0 is "stride
 * should not be zero"), but the user has set only the kernel, which the stride follows.
 */
export function refusalRemark({ about }: PoolError, knobs: Knobs): 'strideFollowsKernel' | undefined {
  return about?.option === 'stride' && followsKernel(knobs) ? 'strideFollowsKernel' : undefined;
}

/** The fields without a number (NaN), for example while the user retypes it. */
export function emptyFields({ kernel, stride, dilation, padding }: Knobs): readonly FieldName[] {
  const pairs = Object.entries({ kernel, stride, dilation }) as [PairName, Knobs['stride']][];
  const sides = Object.keys(paddingFields) as (keyof Padding)[];
  return [
    ...pairs.flatMap(([name, value]) =>
      value === 'default' ? [] : pairFields[name].filter((_, side) => Number.isNaN(value[side])),
    ),
    ...(typeof padding === 'string'
      ? []
      : sides.filter(side => Number.isNaN(padding[side])).map(side => paddingFields[side])),
  ];
}

function followsKernel({ stride, framework }: Knobs): boolean {
  return stride === 'default' && frameworks[framework].defaultStride === 'kernel';
}
