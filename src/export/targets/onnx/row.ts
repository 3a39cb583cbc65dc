import type { Pooling } from '../../job';

/** Nodes of a graph, as code. */
export interface Part {
  readonly nodes: readonly string[];
  /** Constants that the nodes take. */
  readonly initializers?: readonly string[];
}

/** How ONNX' scripts write an operator, between two values of these names. `constant` and `blur_filter` may be used. */
export type Row = (pooling: Pooling, from: string, to: string) => Part;

/** A node, with only the attributes that differ from ONNX's defaults. */
export function node(type: string, from: readonly string[], to: string, attributes: readonly string[] = []): string {
  const inputs = from.map(name => `'${name}'`).join(', ');
  return `helper.make_node(${[`'${type}'`, `[${inputs}]`, `['${to}']`, ...attributes].join(', ')})`;
}
