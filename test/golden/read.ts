/** Reads the golden files, and compares a pooling with them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type OperatorName, operatorNames, operators } from '../../src/core/operators';
import type { Pooled } from '../../src/core/operators/operator';
import { PoolError } from '../../src/core/options';
import type { Samples, Shape, Tensor } from '../../src/core/tensor';

type Element = 'uint8' | 'uint16' | 'float32';

/** What a framework gave: values (base64 of their bytes, in the product's order), or its refusal. */
type Golden =
  | {
      readonly shape: Shape;
      readonly data: string;
      readonly indices?: string;
      /** The values' own type, where it is not the one that is usual for the operator. */
      readonly type?: Element;
    }
  | { readonly error: string };

interface GoldenCase {
  readonly type: Element;
  readonly shape: Shape;
  readonly input: string;
  readonly max: Golden;
  readonly average: Golden;
  /** What PyTorch makes of it only: the others have no such layer. */
  readonly min?: Golden;
}

export function readGolden<T>(name: string): readonly (GoldenCase & T)[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: (GoldenCase & T)[] }).cases;
}

/** Pools every case's input by each operator that it tells of, and compares shape, bits, indices and refusals. */
export function compareWithGolden<C extends GoldenCase>(
  cases: readonly C[],
  pool: (name: OperatorName, input: Tensor, golden: C) => Pooled,
): void {
  for (const [number, golden] of cases.entries()) {
    const input = { shape: golden.shape, data: decode(golden.type, golden.input) as Samples };
    for (const name of operatorNames) {
      const expected = (golden as Partial<Record<OperatorName, Golden>>)[name];
      if (!expected) continue;
      try {
        check(expected, operators[name].divides ? 'float32' : golden.type, () => pool(name, input, golden));
      } catch (error) {
        const { input: _, max, average, min, ...what } = golden;
        throw new Error(`case ${number}, ${name}: ${JSON.stringify(what)}: ${error}`);
      }
    }
  }
}

const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array, int32: Int32Array };

function decode(type: keyof typeof ARRAYS, base64: string): Samples | Int32Array {
  return new ARRAYS[type](Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

/** The bits of floats, so that −0 differs from 0; NaNs alike, for their payload is no one's promise. */
function bits(values: Samples | Int32Array): Uint32Array | Samples | Int32Array {
  if (!(values instanceof Float32Array)) return values;
  return new Uint32Array(values.map(value => (Number.isNaN(value) ? Number.NaN : value)).buffer);
}

function check(expected: Golden, type: Element, pool: () => Pooled): void {
  if ('error' in expected) {
    assert.throws(pool, error => error instanceof PoolError && error.message === expected.error, expected.error);
    return;
  }
  const { output, indices } = pool();
  assert.deepEqual(output.shape, expected.shape);
  assert.deepEqual(bits(output.data), bits(decode(expected.type ?? type, expected.data)));
  if (indices && expected.indices !== undefined) assert.deepEqual(indices, decode('int32', expected.indices));
}
