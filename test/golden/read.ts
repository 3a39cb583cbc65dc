/** Reads the golden files, and compares a pooling with them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Layer } from '../../src/core/layer';
import { type OperatorName, operatorNames, operators } from '../../src/core/operators';
import type { Pooled } from '../../src/core/operators/operator';
import { PoolError } from '../../src/core/options';
import type { StackRow } from '../../src/core/stack';
import type { Samples, Shape, Tensor } from '../../src/core/tensor';

type Element = 'uint8' | 'uint16' | 'float32';

/** What a framework gave: values (base64 of their bytes, in the product's order), or its refusal. */
export type Golden =
  | {
      readonly shape: Shape;
      readonly data: string;
      readonly indices?: string;
      /** The values' own type, where it is not the one that is usual for the operator. */
      readonly type?: Element;
      /** To one part in a million, where a digit depends on the machine. */
      readonly close?: true;
    }
  | { readonly error: string };

export interface GoldenInput {
  readonly type: Element;
  readonly shape: Shape;
  /** Base64 of the values' bytes. */
  readonly input: string;
}

interface GoldenCase extends GoldenInput {
  readonly max: Golden;
  readonly average: Golden;
  /** What PyTorch makes of it only: the others have no such layer. */
  readonly min?: Golden;
}

export function readGolden<T>(name: string): readonly (GoldenCase & T)[] {
  return readCases(name);
}

export type Interval = readonly [start: number, end: number];

/** Layers one after the other, and what PyTorch makes of them. */
export interface StackCase {
  readonly shape: Shape;
  readonly layers: readonly Layer[];
  readonly rows: readonly StackRow[];
  readonly error?: string;
  readonly layer?: number;
  /** What each row and each column of the last output sees. */
  readonly fields?: readonly [rows: readonly Interval[], columns: readonly Interval[]];
  readonly uncovered?: readonly [rows: readonly Interval[], columns: readonly Interval[]];
}

/** The cases of a golden file, whatever they are. */
export function readCases<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: T[] }).cases;
}

/** Pools every case's input by each operator that it tells of, and compares shape, bits, indices and refusals. */
export function compareWithGolden<C extends GoldenCase>(
  cases: readonly C[],
  pool: (name: OperatorName, input: Tensor, golden: C) => Pooled,
): void {
  for (const [number, golden] of cases.entries()) {
    const input = inputOf(golden);
    for (const name of operatorNames) {
      const expected = (golden as Partial<Record<OperatorName, Golden>>)[name];
      if (!expected) continue;
      try {
        comparePooled(expected, operators[name].divides ? 'float32' : golden.type, () => pool(name, input, golden));
      } catch (error) {
        const { input: _, max, average, min, ...what } = golden;
        throw new Error(`case ${number}, ${name}: ${JSON.stringify(what)}: ${error}`);
      }
    }
  }
}

/** A case's input. */
export function inputOf({ type, shape, input }: GoldenInput): Tensor {
  return { shape, data: decode(type, input) as Samples };
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

/**
 * Compares a pooling with what a framework gave: shape, element type, values, indices, or the refusal.
 * @param type the values' type where the case does not tell it
 */
export function comparePooled(expected: Golden, type: Element, pool: () => Pooled): void {
  if ('error' in expected) {
    assert.throws(pool, error => error instanceof PoolError && error.message === expected.error, expected.error);
    return;
  }
  const { output, indices } = pool();
  assert.deepEqual(output.shape, expected.shape);
  const data = decode(expected.type ?? type, expected.data);
  if (expected.close) {
    assert.ok(output.data instanceof Float32Array);
    assert.equal(output.data.length, data.length);
    for (const [i, value] of output.data.entries()) assertClose(value, data[i]!);
  } else {
    assert.deepEqual(bits(output.data), bits(data));
  }
  if (indices && expected.indices !== undefined) assert.deepEqual(indices, decode('int32', expected.indices));
}

function assertClose(value: number, expected: number): void {
  const difference = Math.abs(value - expected);
  // The difference of two infinities or of two NaNs is NaN: then they have to be the same.
  const isClose = Number.isNaN(difference) ? Object.is(value, expected) : difference <= 1e-6 * Math.abs(expected);
  assert.ok(isClose, `${value} instead of ${expected}`);
}
