/** What stands in a stack, in its order: read through lists, names and stacks in stacks. */
import type { SyntaxNode } from '@lezer/common';
import { isKnown } from '../signatures';
import { isWrapper, sequentialOf } from '../signatures/otherLayers';
import { childrenOf, itemsIn, textOf } from '../syntax/code';
import { pathOf } from '../syntax/names';
import type { Expression } from '../syntax/scope';
import type { Statements } from './statements';

/** A layer, or an expression that cannot be read. */
export interface Element {
  readonly expression: Expression;
  /** What is called; undefined if that is of the file's own, or nothing is. */
  readonly path: string | undefined;
  /** Whether every run has it, and once. */
  readonly isCertain: boolean;
}

/** Expressions in one another, through names too, deeper than this are not read. */
const mostSteps = 50;

/** Expressions of one stack, at most: names that stand for several others can multiply them without end. */
const mostExpressions = 1000;

/** Methods of a layer that return the layer. */
const chained = /^(?:to|cuda|cpu|float|double|half|eval|train|requires_grad_|apply)$/;

/** Functions that return what is in a list. */
const collections = /^(?:(?:collections\.)?OrderedDict|dict|list|tuple)$/;

const branches = /^(?:If|For|While|Match)Statement$/;

export class ElementReader {
  #left = mostExpressions;

  /**
   * @param statements those of the whole file
   * @param skipsAttributes whether attributes that are assigned in the same function are left out
   */
  constructor(
    private readonly statements: Statements,
    private readonly skipsAttributes: boolean,
  ) {}

  *read(expression: Expression, isCertain = true, steps = 0): Generator<Element> {
    if (this.#left-- <= 0) return;
    if (steps > mostSteps) {
      yield { expression, path: undefined, isCertain };
      return;
    }
    switch (expression.node.name) {
      case 'String':
      case 'ContinuedString':
      case 'FormatString':
      case 'Number':
      case 'None':
        return;
      case 'CallExpression':
        yield* this.#readCall(expression, isCertain, steps);
        return;
      case 'VariableName':
        yield* this.#readName(expression, isCertain, steps);
        return;
      case 'MemberExpression':
        yield* this.#readAttribute(expression, isCertain, steps);
        return;
    }
    const parts = partsOf(expression);
    if (!parts) yield { expression, path: undefined, isCertain };
    for (const node of parts?.nodes ?? []) {
      yield* this.read({ ...expression, node }, isCertain && parts!.areCertain, steps + 1);
    }
  }

  *#readCall(call: Expression, isCertain: boolean, steps: number): Generator<Element> {
    const { code, node, scope } = call;
    const callee = node.firstChild!;
    const path = pathOf({ ...call, node: callee }, isKnown);
    if (path !== undefined && sequentialOf(path)) {
      yield* this.#readArguments(call, isCertain, steps);
      for (const target of this.statements.targetsOf(call)) {
        const assigned = this.statements.assignmentsTo(target, scope);
        const next = assigned[firstAfter(assigned, call)];
        const added = this.statements.additionsTo(target, scope);
        yield* this.#readAdded(added, call, next, isCertain, steps);
      }
      return;
    }
    if (path === undefined || collections.test(path)) {
      const [object, , method] = childrenOf(callee);
      if (method?.name === 'PropertyName' && chained.test(textOf(code, method))) {
        yield* this.read({ ...call, node: object! }, isCertain, steps + 1);
        return;
      }
    }
    const isCollection = collections.test(path ?? textOf(code, callee));
    if (isCollection || (path !== undefined && isWrapper(path))) yield* this.#readArguments(call, isCertain, steps);
    else yield { expression: call, path, isCertain };
  }

  /** Arguments by position, and what Keras calls `layers`. */
  *#readArguments(call: Expression, isCertain: boolean, steps: number): Generator<Element> {
    const list = call.node.getChild('ArgList');
    for (const group of list ? itemsIn(list) : []) {
      const isNamed = group[1]?.name === 'AssignOp';
      const node = group.at(-1);
      if (!node || (isNamed && textOf(call.code, group[0]!) !== 'layers')) continue;
      yield* this.read({ ...call, node }, isCertain, steps + 1);
    }
  }

  /** A name that is assigned once, or last in the same scope; with what is added to a list before it is used. */
  *#readName(use: Expression, isCertain: boolean, steps: number): Generator<Element> {
    const name = textOf(use.code, use.node);
    const home = use.scope.enclosing(name);
    const bindings = home?.bindingsOf(name) ?? [];
    const assigned = bindings.filter(({ node }) => node.parent?.name !== 'UpdateStatement');
    const isHere = home === use.scope;
    const before = isHere ? assigned.filter(({ code, node, value }) => endsBefore(value ?? { code, node }, use)) : [];
    const binding = isHere ? before.at(-1) : assigned.length === 1 ? assigned[0] : undefined;
    const value = binding?.value;
    if (!value || (assigned.length > 1 && isConditional(value, use))) {
      yield { expression: use, path: undefined, isCertain };
      return;
    }
    yield* this.read(value, isCertain, steps + 1);
    // What is added to a stack is read with the stack.
    if (value.node.name === 'CallExpression') return;
    const updates = bindings
      .filter(({ node }) => node.parent?.name === 'UpdateStatement')
      .map(({ code, node }) => ({ code, node: node.parent!.lastChild!, scope: home! }));
    const added = [...this.statements.additionsTo(name, home!), ...updates].sort((a, b) => (isBefore(a, b) ? -1 : 1));
    yield* this.#readAdded(added, value, isHere ? use : undefined, isCertain, steps);
  }

  /** What is added after one place and before another, of what is in order. */
  *#readAdded(
    added: readonly Expression[],
    after: Expression,
    until: Expression | undefined,
    isCertain: boolean,
    steps: number,
  ): Generator<Element> {
    const end = until ? firstAfter(added, until) : undefined;
    for (const expression of added.slice(firstAfter(added, after), end)) {
      yield* this.read(expression, isCertain && !isConditional(expression, after), steps + 1);
    }
  }

  *#readAttribute(use: Expression, isCertain: boolean, steps: number): Generator<Element> {
    const assignments = this.statements.assignmentsTo(textOf(use.code, use.node), use.scope);
    if (assignments.length > 0 && this.skipsAttributes) return;
    const [only, ...more] = assignments;
    if (only && more.length === 0) yield* this.read(only, isCertain, steps + 1);
    else yield { expression: use, path: undefined, isCertain };
  }
}

/** What an expression consists of, and whether all of that is there in every run, once; undefined if it cannot be read. */
function partsOf({ code, node }: Expression) {
  const children = childrenOf(node);
  const parts = (nodes: readonly (SyntaxNode | undefined)[], areCertain = true) => ({
    nodes: nodes.filter(part => part !== undefined),
    areCertain,
  });
  switch (node.name) {
    case 'ParenthesizedExpression':
      return parts(children.slice(1, 2));
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'DictionaryExpression':
      // Of `*list`, `**dictionary` and `key: value` the last node is what counts.
      return parts(itemsIn(node).map(group => group.at(-1)));
    case 'ConditionalExpression':
      return parts([children[0], children[4]], false);
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
      return parts(children.slice(1, 2), false);
    case 'BinaryExpression':
      return parts([children[0], children[2]], children[1] && textOf(code, children[1]) === '+');
    default:
      return undefined;
  }
}

/** What an element is called: the last name of what it calls, or its text. */
export function nameOf({ expression: { code, node } }: Element): string {
  const callee = node.name === 'CallExpression' ? node.firstChild! : undefined;
  const property = callee?.lastChild;
  const text = textOf(code, property?.name === 'PropertyName' ? property : (callee ?? node));
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/**
 * Whether an expression is under an `if` or in a loop.
 *
 * @param beside what is under the same ones does not count
 */
export function isConditional(expression: Expression, beside?: Expression): boolean {
  for (let { node } = expression; node.parent && node.name !== 'FunctionDefinition'; node = node.parent) {
    if (node.name !== 'Body' || !branches.test(node.parent.name)) continue;
    const { from, to } = node;
    const isShared = beside?.code === expression.code && from <= beside.node.from && beside.node.to <= to;
    if (!isShared) return true;
  }
  return false;
}

type Place = Pick<Expression, 'code' | 'node'>;

function isBefore(a: Place, b: Place): boolean {
  return a.code === b.code ? a.node.from < b.node.from : a.code.index < b.code.index;
}

/** The index of the first of some places in order that is behind a place; their number if none is. */
function firstAfter(places: readonly Place[], place: Place): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(place, places[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function endsBefore(a: Place, b: Place): boolean {
  return a.code === b.code ? a.node.to <= b.node.from : a.code.index < b.code.index;
}
