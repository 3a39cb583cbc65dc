/** What the tools take: shapes and layers in PyTorch's words, from a model, which may write anything. */
import * as v from 'valibot';
import { frameworkNames } from '../../core/frameworks';
import { layerNames, type OperatorName } from '../../core/operators';
import type { Framework, OutputSize, Pair } from '../../core/options';
import type { Shape } from '../../core/tensor';
import * as schema from '../../schema';

/** The poolings by name, spelled as PyTorch spells names: `adaptive_max`. */
export const operatorsByWord: ReadonlyMap<string, OperatorName> = new Map(
  layerNames.map(name => [name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), name]),
);

const isNumber = (value: unknown): value is number => v.is(schema.number, value);

const isNumbers = (value: unknown, ...lengths: readonly number[]) =>
  Array.isArray(value) && lengths.includes(value.length) && value.every(isNumber);

const number = v.custom<number>(isNumber, 'must be a number');
const boolean = v.boolean('must be true or false');

const pair = v.pipe(
  v.custom<number | Pair>(value => isNumber(value) || isNumbers(value, 2), 'must be an integer or [height, width]'),
  v.transform((value): Pair => (typeof value === 'number' ? [value, value] : value)),
);

const outputSize = v.pipe(
  v.custom<number | null | OutputSize>(
    value => v.is(v.union([v.nullable(schema.number), schema.outputSize]), value),
    "must be an integer or [height, width], with null for the input's",
  ),
  v.transform((value): OutputSize => (typeof value === 'object' && value ? value : [value, value])),
);

type FourSides = readonly [top: number, left: number, bottom: number, right: number];
export type GivenPadding = number | Pair | FourSides | 'same' | 'valid';

const padding = v.custom<GivenPadding>(
  value => value === 'same' || value === 'valid' || isNumber(value) || isNumbers(value, 2, 4),
  'must be an integer, [height, width], "same", "valid" or, for ONNX, [top, left, bottom, right]',
);

/** An object with these fields and no others. What is missing is reported as any other wrong value. */
export function object<const E extends v.ObjectEntries>(entries: E) {
  const names = Object.keys(entries);
  const nothing = Object.fromEntries(names.map(name => [name, undefined]));
  return v.pipe(
    v.custom<object>(
      value => typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be an object',
    ),
    v.transform((value): unknown => ({ ...nothing, ...value })),
    v.strictObject(entries, `is not a field: there are ${names.join(', ')}`),
  );
}

/** A field that may be left out; models also write null for that. */
function optional<S extends v.GenericSchema>(schema: S) {
  return v.pipe(
    v.nullish(schema),
    v.transform(value => value ?? undefined),
  );
}

function operatorBeside(...others: readonly string[]) {
  const words = [...operatorsByWord.keys()];
  return v.picklist(words, `must be one of ${[...words, ...others].join(', ')}`);
}

/** A pooling's fields. Which of them it takes, and which it needs, depends on the operator. */
export const poolingFields = {
  operator: operatorBeside(),
  kernel_size: optional(pair),
  stride: optional(pair),
  padding: optional(padding),
  dilation: optional(pair),
  ceil_mode: optional(boolean),
  count_include_pad: optional(boolean),
  divisor_override: optional(number),
  norm_type: optional(number),
  output_size: v.optional(outputSize),
};

const pooling = object({ ...poolingFields, operator: operatorBeside('conv') });

export type GivenPooling = v.InferOutput<typeof pooling>;

const convFields = {
  operator: v.literal('conv'),
  out_channels: number,
  kernel_size: pair,
  stride: optional(pair),
  padding: optional(padding),
  dilation: optional(pair),
  groups: optional(number),
  bias: optional(boolean),
};

const conv = object(convFields);

export type GivenConv = v.InferOutput<typeof conv>;

/** A pooling or a convolution. */
export const layer: v.GenericSchema<unknown, GivenPooling | GivenConv> = v.lazy(value =>
  v.is(v.object({ operator: v.literal('conv') }), value) ? conv : pooling,
);

/** What all tools are asked about: whose rules apply, and the shape of the input. */
export const commonFields = {
  framework: v.nullish(
    v.picklist(frameworkNames, `must be one of ${frameworkNames.join(', ')}`),
    'pytorch' satisfies Framework,
  ),
  input_shape: v.pipe(
    v.custom<readonly number[]>(
      value =>
        Array.isArray(value) && [2, 3, 4].includes(value.length) && value.every(size => v.is(schema.count, size)),
      'must be [N, C, H, W], [C, H, W] or [H, W], of positive integers',
    ),
    v.transform((sizes): InputShape => {
      const [batch, ...shape] = [1, 1, ...sizes].slice(-4) as [number, number, number, number];
      return { batch, shape: [1, ...shape] };
    }),
  ),
};

/** The pictures of a batch are pooled alike: what is computed is one of them. */
export interface InputShape {
  readonly batch: number;
  readonly shape: Shape;
}

/**
 * Reads what a model wrote.
 * @throws {Error} for malformed input; the message names the field and says what is legal
 */
export function parse<S extends v.GenericSchema>(fields: S, input: unknown): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(fields, input);
  if (success) return output;
  const [issue] = issues;
  const { message, expected, input: got } = issue;
  const field = v.getDotPath(issue) ?? 'the input';
  throw new Error(expected === 'never' ? `${field} ${message}` : `${field} ${message}, but got ${JSON.stringify(got)}`);
}
