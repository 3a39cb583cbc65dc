import { equalPadding, equalPairs, noPadding, type Padding, type Pair } from '../../../core/options';
import { listText } from '../../../core/pythonText';
import type { Pooling } from '../../job';

/** Nodes of a graph, as code. */
export interface Part {
  readonly nodes: readonly string[];
  /** Constants that the nodes take. */
  readonly initializers?: readonly string[];
}

/** How ONNX' scripts write an operator, between two values of these names. */
export type Row = (pooling: Pooling, from: string, to: string) => Part;

/** The attributes of a node with windows that differ from ONNX's defaults, and the kernel, which has none. */
export function windowAttributes(kernel: Pair, stride: Pair, around: Padding, dilation: Pair): string[] {
  const { top, left, bottom, right } = around;
  return [
    `kernel_shape=${listText(kernel)}`,
    ...(equalPairs(stride, [1, 1]) ? [] : [`strides=${listText(stride)}`]),
    ...(equalPadding(around, noPadding) ? [] : [`pads=${listText([top, left, bottom, right])}`]),
    ...(equalPairs(dilation, [1, 1]) ? [] : [`dilations=${listText(dilation)}`]),
  ];
}

/** A node, with only the attributes that differ from ONNX's defaults. */
export function node(type: string, from: readonly string[], to: string, attributes: readonly string[] = []): string {
  const inputs = from.map(name => `'${name}'`).join(', ');
  return `helper.make_node(${[`'${type}'`, `[${inputs}]`, `['${to}']`, ...attributes].join(', ')})`;
}
