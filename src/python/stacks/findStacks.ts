import type { SyntaxNode } from '@lezer/common';
import { isLayer, sequentialOf } from '../signatures/otherLayers';
import { textOf } from '../syntax/code';
import type { Expression, Scope } from '../syntax/scope';
import { type Element, ElementReader, isConditional, nameOf } from './elements';
import type { LayerStack } from './stack';
import { StackBuilder } from './stackBuilder';
import { type Assignment, Statements } from './statements';

/** A call, and the full name of what is called. */
export interface NamedCall extends Expression {
  readonly path: string | undefined;
}

/** A stack, and the index of the cell that it begins in. */
export interface FoundStack {
  readonly cell: number;
  readonly stack: LayerStack;
}

/**
 * Finds layers one after the other: calls of `Sequential`, and layers that an `__init__` assigns to attributes.
 *
 * @param calls all calls of a file, or of all cells of a notebook, in their order
 */
export function findStacks(calls: readonly NamedCall[]): FoundStack[] {
  const statements = new Statements(calls);
  const found: FoundStack[] = [];
  for (const call of calls) {
    const stack = sequentialStack(call, statements);
    if (stack) found.push({ cell: call.code.index, stack });
  }
  for (const [scope, targets] of statements.scopes) {
    const run = attributeStack(scope, targets, statements);
    if (run) found.push(run);
  }
  return found.sort((a, b) => a.cell - b.cell || a.stack.start - b.stack.start);
}

function sequentialStack(call: NamedCall, statements: Statements): LayerStack | undefined {
  const framework = call.path === undefined ? undefined : sequentialOf(call.path);
  if (!framework) return undefined;
  const builder = new StackBuilder(framework);
  for (const element of new ElementReader(statements, false).read(call)) builder.add(element);
  const { from: start, to: end } = call.node;
  return builder.stack({ start, end, name: framework === 'keras' ? 'keras.Sequential' : 'nn.Sequential' });
}

/** Layers that an `__init__` assigns to attributes, in the order of the source. */
function attributeStack(
  scope: Scope,
  targets: ReadonlyMap<string, readonly Assignment[]>,
  statements: Statements,
): FoundStack | undefined {
  const init = initOf(scope, targets);
  if (!init) return undefined;
  const attributes = [...targets]
    .filter(([target]) => target.startsWith(`${init.self}.`))
    .flatMap(([target, assignments]) => assignments.map(assignment => ({ ...assignment, target })))
    .sort((a, b) => a.statement.from - b.statement.from);
  const reader = new ElementReader(statements, true);
  const builder = new StackBuilder();
  const layers: SyntaxNode[] = [];
  for (const attribute of attributes) {
    const { target, statement } = attribute;
    const before = builder.count;
    for (const element of reader.read(attribute, !isConditional(attribute))) {
      if (isLayerOf(element, init.body.includes(`${target}(`))) builder.add(element);
    }
    if (builder.count > before) layers.push(statement);
  }
  const [first, ...more] = layers;
  const last = more.at(-1);
  // A single attribute with all layers is a `Sequential` that is found as such.
  if (!first || !last) return undefined;
  const stack = builder.stack({ start: first.from, end: last.to, name: init.className });
  return stack && { cell: attributes[0]!.code.index, stack };
}

/** Whether an attribute is, or contains, a layer. What is of the file's own is one if it is called as such. */
function isLayerOf(element: Element, isCalled: boolean): boolean {
  const { path } = element;
  if (path !== undefined && isLayer(path)) return true;
  return isCalled && !nameOf(element).endsWith('Loss');
}

/** The class whose `__init__` a scope is of. */
function initOf(scope: Scope, targets: ReadonlyMap<string, readonly Assignment[]>) {
  const [[first] = []] = [...targets.values()];
  if (scope.kind !== 'function' || !first) return undefined;
  const { code } = first;
  const definition = around(first.statement, 'FunctionDefinition');
  const classDefinition = definition && around(definition, 'ClassDefinition');
  const self = definition?.getChild('ParamList')?.getChild('VariableName');
  const [name, className] = [definition, classDefinition].map(node => node?.getChild('VariableName'));
  if (!name || !className || !self || textOf(code, name) !== '__init__') return undefined;
  return { className: textOf(code, className), self: textOf(code, self), body: textOf(code, classDefinition!) };
}

function around(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) if (outer.name === name) return outer;
  return undefined;
}
