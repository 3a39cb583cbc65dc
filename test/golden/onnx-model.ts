/**
 * ONNX models of a single pooling node, written by hand: the few fields of onnx.proto that such a model needs, in protocol
 * buffers' wire format (https://protobuf.dev/programming-guides/encoding/).
 */

/** ONNX's numbers for element types. */
export const ELEMENT_TYPES = { float32: 1, uint8: 2 } as const;

export interface PoolNode {
  readonly operator: 'MaxPool' | 'AveragePool' | 'LpPool' | 'GlobalMaxPool' | 'GlobalAveragePool';
  readonly opset: number;
  readonly elementType: keyof typeof ELEMENT_TYPES;
  readonly shape: readonly number[];
  readonly attributes: Readonly<Record<string, number | string | readonly number[]>>;
  /** Ask MaxPool for its second output, `Indices`. */
  readonly indices: boolean;
}

/** The bytes of a model with the input `X` and the outputs `Y` and, if asked for, `Indices`. */
export function poolModel({ operator, opset, elementType, shape, attributes, indices }: PoolNode): Uint8Array {
  const outputs = indices ? ['Y', 'Indices'] : ['Y'];
  const node = [
    ...text(1, 'X'),
    ...outputs.flatMap(name => text(2, name)),
    ...text(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) => message(5, attribute(name, value))),
  ];
  const dimensions = shape.flatMap(size => message(1, field(1, size)));
  const graph = [
    ...message(1, node),
    ...text(2, 'pool'),
    ...message(11, valueInfo('X', [...field(1, ELEMENT_TYPES[elementType]), ...message(2, dimensions)])),
    ...message(12, valueInfo('Y', field(1, ELEMENT_TYPES[elementType]))),
    ...(indices ? message(12, valueInfo('Indices', field(1, 7))) : []),
  ];
  const model = [...field(1, 9), ...message(7, graph), ...message(8, field(2, opset))];
  return Uint8Array.from(model);
}

function valueInfo(name: string, tensorType: readonly number[]): number[] {
  return [...text(1, name), ...message(2, message(1, tensorType))];
}

function attribute(name: string, value: number | string | readonly number[]): number[] {
  if (typeof value === 'number') return [...text(1, name), ...field(3, value), ...field(20, 2)];
  if (typeof value === 'string') return [...text(1, name), ...text(4, value), ...field(20, 3)];
  return [...text(1, name), ...value.flatMap(item => field(8, item)), ...field(20, 7)];
}

/** A whole number; negative ones as protocol buffers write an int64, in ten bytes. */
function field(number: number, value: number): number[] {
  return [...varint(BigInt(number << 3)), ...varint(BigInt.asUintN(64, BigInt(value)))];
}

function text(number: number, value: string): number[] {
  return message(number, [...new TextEncoder().encode(value)]);
}

function message(number: number, bytes: readonly number[]): number[] {
  return [...varint(BigInt((number << 3) | 2)), ...varint(BigInt(bytes.length)), ...bytes];
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest < 0x80n) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
