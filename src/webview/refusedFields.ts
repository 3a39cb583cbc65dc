/** Which of the page's fields a refusal is about, and which are empty. */
import { frameworks } from '../core/frameworks';
import type { Knobs } from '../core/knobs';
import type { Setting } from '../core/operators/operator';
import type { Padding, PoolError } from '../core/options';

const paddingFields = {
  top: 'paddingTop',
  bottom: 'paddingBottom',
  left: 'paddingLeft',
  right: 'paddingRight',
} as const satisfies Record<keyof Padding, string>;

/**
 * The number fields of each setting, height before width; `paddingRule` is the choice of a padding that follows a rule
 * such as 'same'.
 */
export const fieldsOf = {
  kernelSize: ['kernelHeight', 'kernelWidth'],
  stride: ['strideHeight', 'strideWidth'],
  padding: [...Object.values(paddingFields), 'paddingRule'],
  dilation: ['dilationHeight', 'dilationWidth'],
  divisorOverride: ['divisorOverride'],
  norm: ['norm'],
  outputSize: ['outputHeight', 'outputWidth'],
} as const satisfies Partial<Record<Setting, readonly string[]>>;

export type FieldName = (typeof fieldsOf)[keyof typeof fieldsOf][number];

/**
 * The fields at fault. None if the refusal is about no single option, or about one that has no field. A stride that
 * follows the kernel has no number of its own: then the kernel's fields are at fault.
 */
export function refusedFields({ about }: PoolError, knobs: Knobs): readonly FieldName[] {
  switch (about?.option) {
    case 'kernelSize':
    case 'dilation':
    case 'outputSize': {
      const fields = fieldsOf[about.option];
      return about.sides.map(side => fields[side]);
    }
    case 'stride':
      return about.sides.map(side => fieldsOf[followsKernel(knobs) ? 'kernelSize' : 'stride'][side]);
    case 'padding':
      if (typeof knobs.padding === 'string') return ['paddingRule'];
      return about.sides.map(side => paddingFields[side]);
    case 'norm':
    case 'divisorOverride':
      return fieldsOf[about.option];
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
export function emptyFields({ kernel, stride, dilation, padding, norm }: Knobs): readonly FieldName[] {
  const pairs = [
    ['kernelSize', kernel],
    ['stride', stride],
    ['dilation', dilation],
  ] as const;
  const sides = Object.keys(paddingFields) as (keyof Padding)[];
  return [
    ...pairs.flatMap(([setting, value]) =>
      value === 'default' ? [] : fieldsOf[setting].filter((_, side) => Number.isNaN(value[side])),
    ),
    ...(typeof padding === 'string'
      ? []
      : sides.filter(side => Number.isNaN(padding[side])).map(side => paddingFields[side])),
    ...(Number.isNaN(norm) ? fieldsOf.norm : []),
  ];
}

function followsKernel({ stride, framework }: Knobs): boolean {
  return stride === 'default' && frameworks[framework].defaultStride === 'kernel';
}
