/** Which function of a framework an expression names, through imports and other names for it. */
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

/** Names of more parts than this, those of the assignments behind them included, are not followed; they may never end. */
const mostSteps = 100;

/** The dotted name that an expression stands for, such as `torch.nn.MaxPool2d`; undefined if it is of the file's own. */
export function pathOf(expression: Expression, isKnown: (path: string) => boolean): string | undefined {
  const path = rawPath(expression, isKnown, 0);
  return path && otherModules.reduce((name, [pattern, module]) => name.replace(pattern, module), path);
}

function rawPath(expression: Expression, isKnown: (path: string) => boolean, steps: number): string | undefined {
  const { node } = expression;
  if (steps > mostSteps) return undefined;
  if (node.name === 'VariableName') return pathOfName(expression, isKnown, steps);
  if (node.name === 'ParenthesizedExpression') {
    const inner = childrenOf(node)[1];
    return inner && rawPath({ ...expression, node: inner }, isKnown, steps + 1);
  }
  if (node.name !== 'MemberExpression') return undefined;
  const [object, dot, property] = childrenOf(node);
  if (dot?.name !== '.' || property?.name !== 'PropertyName') return undefined;
  const path = rawPath({ ...expression, node: object! }, isKnown, steps + 1);
  return path && `${path}.${textOf(expression.code, property)}`;
}

function pathOfName({ code, node, scope }: Expression, isKnown: (path: string) => boolean, steps: number) {
  const name = textOf(code, node);
  const found = scope.enclosing(name);
  if (found) {
    const binding = bindingAt(found.bindingsOf(name), { code, node });
    if (binding.path !== undefined) return binding.path;
    return binding.value && rawPath(binding.value, isKnown, steps + 1);
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
function bindingAt(bindings: readonly Binding[], { code, node }: Pick<Expression, 'code' | 'node'>): Binding {
  const isBefore = (binding: Binding) => {
    // A name's new value is made with its old one: `pool = pool(x)`.
    const from = binding.value?.node.to ?? binding.node.from;
    return binding.code === code ? from <= node.from : binding.code.index < code.index;
  };
  return (
    bindings.findLast(binding => isBefore(binding) && !isFallback(binding)) ??
    bindings.find(binding => !isFallback(binding)) ??
    bindings[0]!
  );
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
