/** A call's arguments under the names of the parameters. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, split, textOf } from './code';
import { evaluate, type Literal } from './literal';
import type { Expression } from './scope';

/** What a parameter is given: where it stands, and what it is if that stands there too. */
export interface Argument {
  readonly node: SyntaxNode;
  readonly value: Literal | undefined;
}

export interface GivenArguments {
  readonly byName: ReadonlyMap<string, Argument>;
  /** Parameters that may be among `*args` or `**kwargs`. */
  readonly perhaps: ReadonlySet<string>;
}

/**
 * @param call a call that ends with a bracket
 * @param parameters in their order
 */
export function argumentsOf(call: Expression, parameters: readonly string[]): GivenArguments {
  const byName = new Map<string, Argument>();
  const perhaps = new Set<string>();
  const evaluateNode = (node: SyntaxNode) => evaluate({ ...call, node });
  const list = call.node.getChild('ArgList');
  let position = 0;
  let isStarred = false;
  for (const group of split(list ? childrenOf(list).slice(1, -1) : [], ',')) {
    const [first, second] = group;
    if (!first) continue;
    if (first.name === '**' || first.name === '*') {
      const isPositional = first.name === '*';
      isStarred ||= isPositional;
      for (const name of isPositional ? parameters.slice(position) : parameters) perhaps.add(name);
      continue;
    }
    const isNamed = first.name === 'VariableName' && second?.name === 'AssignOp' && textOf(call.code, second) === '=';
    // How many `*args` are is not known, nor which parameter comes after them.
    if (!isNamed && isStarred) continue;
    const name = isNamed ? textOf(call.code, first) : parameters[position++];
    const [node, ...more] = isNamed ? group.slice(2) : group;
    if (name === undefined || !node || byName.has(name)) continue;
    // More nodes are a generator, or what is only half-written.
    byName.set(name, { node, value: more.length === 0 ? evaluateNode(node) : undefined });
  }
  for (const name of byName.keys()) perhaps.delete(name);
  return { byName, perhaps };
}
