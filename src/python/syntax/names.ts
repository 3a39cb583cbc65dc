/** Which function of a framework an expression names, through imports and other names for it. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf } from './code';
import type { Binding, Expression } from './scope';

/** What these names stand for where the source does not say: in snippets, and cells that are run after others. */
const customary: Readonly<Record<string, string>> = {
  torch: 'torch',
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  tensorflow: 'tensorflow',
  tf: 'tensorflow',
  keras: 'keras',
  layers: 'keras.layers',
  models: 'keras.models',
};

/** Modules that have the same names as another one, the longer ones first. */
const otherModules: readonly (readonly [name: RegExp, module: string])[] = [
  [/^tensorflow\.compat\.v[12](?=\.|$)/, 'tensorflow'],
  [/^(?:tensorflow\.(?:python\.)?keras|tf_keras|keras_core)(?=\.|$)/, 'keras'],
  [/^keras\.(?:api(?:\._v[12]\.keras)?|src|_tf_keras\.keras)(?=\.|$)/, 'keras'],
  [/^keras\.layers\.(?:pooling|convolutional)(?:\.\w+)?(?=\.)/, 'keras.layers'],
  [/^torch\.nn\.modules(?:\.(?:pooling|conv|container))?(?=\.)/, 'torch.nn'],
];

/** Assignments that lead to one another longer than this lead nowhere. */
const mostSteps = 20;

/** The dotted name that an expression stands for, such as `torch.nn.MaxPool2d`; undefined if it is of the file's own. */
export function pathOf(expression: Expression, isKnown: (path: string) => boolean): string | undefined {
  const path = rawPath(expression, isKnown, 0);
  return path && otherModules.reduce((name, [pattern, module]) => name.replace(pattern, module), path);
}

function rawPath({ code, node, scope }: Expression, isKnown: (path: string) => boolean, steps: number) {
  let head: SyntaxNode | undefined = node;
  let properties = '';
  while (head?.name === 'MemberExpression' || head?.name === 'ParenthesizedExpression') {
    if (head.name === 'ParenthesizedExpression') {
      head = childrenOf(head)[1];
      continue;
    }
    const property: SyntaxNode = head.lastChild!;
    if (property.name !== 'PropertyName') return undefined;
    properties = `.${textOf(code, property)}${properties}`;
    head = head.firstChild!;
  }
  if (head?.name !== 'VariableName') return undefined;
  const path = pathOfName({ code, node: head, scope }, isKnown, steps);
  return path && path + properties;
}

function pathOfName(
  { code, node, scope }: Expression,
  isKnown: (path: string) => boolean,
  steps: number,
): string | undefined {
  const name = textOf(code, node);
  const found = scope.enclosing(name);
  if (found) {
    const binding = bindingAt(found.bindingsOf(name), { code, node });
    if (binding.path !== undefined) return binding.path;
    return binding.value && steps < mostSteps ? rawPath(binding.value, isKnown, steps + 1) : undefined;
  }
  for (const star of scope.module.stars) {
    const path = `${star}.${name}`;
    const known = otherModules.reduce((whole, [pattern, module]) => whole.replace(pattern, module), path);
    if (isKnown(known)) return path;
  }
  return Object.hasOwn(customary, name) ? customary[name] : undefined;
}

/**
 * The binding that counts at a place: the last one before it in the source, else the first one; for functions, too, since
 * imports stand above them and names are used again below. What stands in for a module that is not installed does not
 * count.
 */
function bindingAt(bindings: readonly Binding[], place: Pick<Expression, 'code' | 'node'>): Binding {
  const next = countBefore(bindings, place);
  for (let i = next - 1; i >= 0; i--) if (!isFallback(bindings[i]!)) return bindings[i]!;
  for (let i = next; i < bindings.length; i++) if (!isFallback(bindings[i]!)) return bindings[i]!;
  return bindings[0]!;
}

/** How many bindings, which are in order, are before a place. */
function countBefore(bindings: readonly Binding[], { code, node }: Pick<Expression, 'code' | 'node'>): number {
  let [low, high] = [0, bindings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const binding = bindings[middle]!;
    const isBefore = binding.code === code ? binding.since <= node.from : binding.code.index < code.index;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a name is bound to None, or in an `except` clause. */
function isFallback({ node, value }: Binding): boolean {
  if (value?.node.name === 'None') return true;
  for (let inner = node; inner.parent; inner = inner.parent) {
    if (inner.name !== 'Body' || inner.parent.name !== 'TryStatement') continue;
    const clauses = childrenOf(inner.parent);
    const keyword = clauses
      .slice(
        0,
        clauses.findIndex(({ from }) => from === inner.from),
      )
      .findLast(({ name }) => ['try', 'except', 'else', 'finally'].includes(name));
    if (keyword?.name === 'except') return true;
  }
  return false;
}

/** The value of a name that is assigned exactly once. */
export function onlyValueOf({ code, node, scope }: Expression): Expression | undefined {
  const name = textOf(code, node);
  const bindings = scope.enclosing(name)?.bindingsOf(name) ?? [];
  return bindings.length === 1 ? bindings[0]!.value : undefined;
}
