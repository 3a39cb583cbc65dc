/** A call's arguments under the names of the parameters. */
import type { SyntaxNode } from '@lezer/common';
import { itemsIn, textOf } from './code';
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
  const reader = new ArgumentReader(call, parameters);
  const list = call.node.getChild('ArgList');
  for (const argument of list ? itemsIn(list) : []) reader.read(argument);
  return reader.given;
}

class ArgumentReader {
  readonly #byName = new Map<string, Argument>();
  readonly #perhaps = new Set<string>();
  /** The parameters that arguments by position can still be for: none behind `*args`, whose number is not known. */
  #positional: readonly string[];

  constructor(
    private readonly call: Expression,
    private readonly parameters: readonly string[],
  ) {
    this.#positional = parameters;
  }

  get given(): GivenArguments {
    const perhaps = [...this.#perhaps].filter(name => !this.#byName.has(name));
    return { byName: this.#byName, perhaps: new Set(perhaps) };
  }

  /** Reads one argument; those that are written out behind a star, such as `*(2, 2)`, one by one. */
  read(nodes: readonly SyntaxNode[]): void {
    const [first, second, ...rest] = nodes;
    if (first?.name === '*') this.#readSequence(second);
    else if (first?.name === '**') this.#readDictionary(second);
    else if (second?.name !== 'AssignOp') this.#givePositional(nodes);
    else if (textOf(this.call.code, second) === '=') this.#give(textOf(this.call.code, first!), rest);
    // In `size := 2` only the value is the argument.
    else this.#givePositional(rest);
  }

  #readSequence(node: SyntaxNode | undefined): void {
    if (node?.name === 'TupleExpression' || node?.name === 'ArrayExpression') {
      for (const item of itemsIn(node)) {
        if (item[0]?.name === '*') this.#readSequence(undefined);
        else this.#givePositional(item);
      }
      return;
    }
    for (const name of this.#positional) this.#perhaps.add(name);
    this.#positional = [];
  }

  #readDictionary(node: SyntaxNode | undefined): void {
    const entries = node?.name === 'DictionaryExpression' ? itemsIn(node) : [[]];
    for (const [key, colon, ...value] of entries) {
      const name = key && colon?.name === ':' ? this.#evaluate(key) : undefined;
      if (name?.type === 'str') this.#give(name.value, value);
      else for (const parameter of this.parameters) this.#perhaps.add(parameter);
    }
  }

  #givePositional(nodes: readonly SyntaxNode[]): void {
    const [name, ...others] = this.#positional;
    this.#positional = others;
    if (name !== undefined) this.#give(name, nodes);
  }

  /** More than one node is a generator, or what is only half-written; a node without text is still to be written. */
  #give(name: string, [node, ...more]: readonly SyntaxNode[]): void {
    if (!node || node.from === node.to || this.#byName.has(name) || !this.parameters.includes(name)) return;
    this.#byName.set(name, { node, value: more.length === 0 ? this.#evaluate(node) : undefined });
  }

  #evaluate(node: SyntaxNode): Literal | undefined {
    return evaluate({ ...this.call, node });
  }
}
