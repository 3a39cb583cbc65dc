/** Where Python names come from: modules, functions, lambdas, comprehensions and classes each have names of their own. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { type Code, childrenOf, split, textOf } from './code';

/** An expression, and where its names are looked up. */
export interface Expression {
  readonly code: Code;
  readonly node: SyntaxNode;
  readonly scope: Scope;
}

/** One place that gives a name its value. */
export interface Binding {
  readonly code: Code;
  readonly node: SyntaxNode;
  /** Where the name has it: behind the value, which may be made with the old one, as in `x = pool(x)`. */
  readonly since: number;
  /** What an import names, dots first if it is relative; absent for all other bindings. */
  readonly path?: string;
  /** What is assigned; absent where nothing simple is: parameters, loops, functions, classes. */
  readonly value?: Expression;
}

export class Scope {
  readonly #bindings = new Map<string, Binding[]>();
  /** Names that a function takes from outside by `global` or `nonlocal`. */
  readonly #foreign = new Map<string, 'global' | 'nonlocal'>();
  /** Modules of which all names were imported. */
  readonly stars: string[] = [];
  readonly module: Scope;

  constructor(
    readonly kind: 'module' | 'function' | 'comprehension' | 'class',
    readonly parent?: Scope,
  ) {
    this.module = parent?.module ?? this;
  }

  /** All places that bind a name here, in the order of the source. */
  bindingsOf(name: string): readonly Binding[] {
    return this.#bindings.get(name) ?? [];
  }

  bind(name: string, binding: Binding): void {
    const scope = this.#target(name);
    const known = scope.#bindings.get(name);
    if (known) known.push(binding);
    else scope.#bindings.set(name, [binding]);
  }

  declare(name: string, kind: 'global' | 'nonlocal'): void {
    this.#foreign.set(name, kind);
  }

  /** The scope whose name it is that is assigned here. */
  #target(name: string): Scope {
    const foreign = this.#foreign.get(name);
    if (foreign === 'global') return this.module;
    if (foreign === 'nonlocal') return this.parent?.enclosing(name) ?? this;
    return this;
  }

  /** The innermost scope that has a name, from here outwards. The names of a class are not seen by what is inside it. */
  enclosing(name: string): Scope | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      if ((scope === this || scope.kind !== 'class') && scope.#bindings.has(name)) return scope;
    }
    return undefined;
  }
}

const scopeKinds: Readonly<Record<string, Scope['kind']>> = {
  FunctionDefinition: 'function',
  LambdaExpression: 'function',
  ClassDefinition: 'class',
  ComprehensionExpression: 'comprehension',
  ArrayComprehensionExpression: 'comprehension',
  SetComprehensionExpression: 'comprehension',
  DictionaryComprehensionExpression: 'comprehension',
};

/** Where the argument lists begin that are generators: `sum(x for x in y)`. */
function generatorsIn({ text, tree }: Code): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const { index } of text.matchAll(/\bfor\b/g)) {
    const { name, parent } = tree.resolveInner(index, 1);
    if (name === 'for' && parent?.name === 'ArgList') starts.add(parent.from);
  }
  return starts;
}

/**
 * Walks through code, collects its names in scopes and tells of all calls. Look names up only afterwards: a function may
 * use what is bound below it.
 *
 * @param module the scope of the file, or of all cells of a notebook
 */
export function walk(code: Code, module: Scope, onCall: (call: Expression) => void): void {
  let scope = module;
  const generators = generatorsIn(code);
  const kindOf = ({ name, from }: SyntaxNodeRef): Scope['kind'] | undefined =>
    name === 'ArgList' && generators.has(from) ? 'comprehension' : scopeKinds[name];
  const binder = new Binder(code);
  code.tree.iterate({
    enter: ref => {
      const kind = kindOf(ref);
      binder.enter(ref, scope);
      if (kind) {
        scope = new Scope(kind, scope);
        binder.enterScope(ref, scope);
      } else if (ref.name === 'CallExpression') {
        onCall({ code, node: ref.node, scope });
      }
      // What stands in a string is text.
      return ref.name !== 'FormatString';
    },
    leave: ref => {
      if (kindOf(ref)) scope = scope.parent!;
    },
  });
}

/** Finds out which names a node binds. */
class Binder {
  constructor(private readonly code: Code) {}

  /** Names that are bound where the node stands. */
  enter(ref: SyntaxNodeRef, scope: Scope): void {
    switch (ref.name) {
      case 'AssignStatement':
        this.#assign(ref.node, scope);
        break;
      case 'ImportStatement':
        this.#import(ref.node, scope);
        break;
      case 'UpdateStatement':
      case 'CapturePattern':
        this.#bindNames(childrenOf(ref.node).slice(0, 1), scope);
        break;
      case 'AssignOp':
        if (this.code.text[ref.from] === ':') this.#name(ref.node, scope);
        break;
      case 'ForStatement':
        this.#bindNames(between(childrenOf(ref.node), 'for', 'in'), scope);
        break;
      case 'WithStatement':
      case 'TryStatement':
      case 'AsPattern':
        this.#bindAfterAs(ref.node, scope);
        break;
      case 'FunctionDefinition':
      case 'ClassDefinition':
      case 'TypeDefinition':
        this.#bindNames(
          childrenOf(ref.node)
            .filter(({ name }) => name === 'VariableName')
            .slice(0, 1),
          scope,
        );
        break;
      case 'ScopeStatement': {
        const [kind, ...names] = childrenOf(ref.node);
        for (const name of names.filter(({ name }) => name === 'VariableName')) {
          scope.declare(textOf(this.code, name), kind!.name as 'global' | 'nonlocal');
        }
        break;
      }
    }
  }

  /** Names that are bound inside the node. */
  enterScope({ name, node }: SyntaxNodeRef, scope: Scope): void {
    const children = childrenOf(node);
    if (scope.kind === 'comprehension') {
      for (let at = children.findIndex(child => child.name === 'for'); at >= 0; ) {
        this.#bindNames(between(children.slice(at), 'for', 'in'), scope);
        const next = children.slice(at + 1).findIndex(child => child.name === 'for');
        at = next < 0 ? -1 : at + 1 + next;
      }
    } else if (name !== 'ClassDefinition') {
      const list = node.getChild('ParamList');
      if (!list) return;
      for (const parameter of split(childrenOf(list), ',')) {
        this.#bindNames(parameter.filter(child => child.name === 'VariableName').slice(0, 1), scope);
      }
    }
  }

  #assign(node: SyntaxNode, scope: Scope): void {
    const groups = split(
      childrenOf(node).filter(({ name }) => name !== 'TypeDef'),
      'AssignOp',
    );
    const value = groups.pop()!;
    for (const targets of groups) this.#bindTargets(targets, value, scope);
  }

  /** Targets with a value, or in brackets: each name in them. */
  #bindTargets(targets: readonly SyntaxNode[], value: readonly SyntaxNode[], scope: Scope): void {
    const pending = [[targets, value] as const];
    for (const [some, given] of pending) {
      for (const [target, part] of paired(some, given)) {
        if (target.name === 'VariableName') this.#bindName(target, part, scope);
        else if (isSequence(target)) pending.push([[target], part ? [part] : []]);
      }
    }
  }

  /** `name := value`, in brackets of its own or as an argument. */
  #name({ prevSibling, nextSibling }: SyntaxNode, scope: Scope): void {
    let target = scope;
    while (target.kind === 'comprehension') target = target.parent!;
    if (prevSibling?.name === 'VariableName') this.#bindName(prevSibling, nextSibling ?? undefined, target);
  }

  #bindName(name: SyntaxNode, value: SyntaxNode | undefined, scope: Scope): void {
    const { code } = this;
    const binding = { code, node: name, since: value ? value.to : name.from };
    scope.bind(textOf(code, name), value ? { ...binding, value: { code, node: value, scope } } : binding);
  }

  /** Names without a known value, also those inside brackets. */
  #bindNames(targets: readonly SyntaxNode[], scope: Scope): void {
    for (const target of targets) this.#bindTargets([target], [], scope);
  }

  #bindAfterAs(node: SyntaxNode, scope: Scope): void {
    const children = childrenOf(node);
    this.#bindNames(
      children.filter((_, i) => children[i - 1]?.name === 'as'),
      scope,
    );
  }

  #import(node: SyntaxNode, scope: Scope): void {
    const children = childrenOf(node);
    const isFrom = children[0]?.name === 'from';
    const at = children.findIndex(({ name }) => name === 'import');
    const module = isFrom ? this.#joined(children.slice(1, at)) : '';
    const items = children.slice(at + 1).filter(({ name }) => name !== '(' && name !== ')');
    for (const item of split(items, ',')) {
      const [path = [], [alias] = []] = split(item, 'as');
      const first = path[0];
      if (!first) continue;
      if (first.name === '*') {
        scope.stars.push(module);
        continue;
      }
      const name = alias ?? first;
      const imported = this.#joined(path);
      // `import torch.nn` binds `torch`.
      const whole = isFrom ? `${module}.${imported}` : alias ? imported : textOf(this.code, first);
      scope.bind(textOf(this.code, name), {
        code: this.code,
        node: name,
        since: name.from,
        path: whole,
      });
    }
  }

  #joined(nodes: readonly SyntaxNode[]): string {
    return nodes.map(node => textOf(this.code, node)).join('');
  }
}

/** Targets and what each is given, if as many values as targets are written out. */
function paired(targets: readonly SyntaxNode[], value: readonly SyntaxNode[]): [SyntaxNode, SyntaxNode | undefined][] {
  const [names, values] = [elementsOf(targets), elementsOf(value)];
  const [first] = targets;
  // A name that takes a whole tuple.
  if (targets.length === 1 && names[0] === first) return [[first!, value.length === 1 ? value[0] : undefined]];
  const isPaired = names.length === values.length && ![...names, ...values].some(({ name }) => name === '*');
  return names.map((name, i) => [name, isPaired ? values[i] : undefined]);
}

function isSequence({ name }: SyntaxNode): boolean {
  return name === 'TupleExpression' || name === 'ArrayExpression';
}

/** The elements of a tuple or list, with or without brackets; any other single node alone. */
function elementsOf(nodes: readonly SyntaxNode[]): SyntaxNode[] {
  const [first] = nodes;
  const inner = nodes.length === 1 && isSequence(first!) ? childrenOf(first!).slice(1, -1) : nodes;
  return inner.filter(({ name }) => name !== ',');
}

function between(nodes: readonly SyntaxNode[], start: string, end: string): SyntaxNode[] {
  const from = nodes.findIndex(({ name }) => name === start) + 1;
  const to = nodes.findIndex(({ name }, i) => i >= from && name === end);
  return nodes.slice(from, to < 0 ? undefined : to);
}
