/** Which calls are assigned to what, and which add to what is assigned. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, itemsIn, split, textOf } from '../syntax/code';
import type { Expression, Scope } from '../syntax/scope';

/** What a statement assigns: a call, or a choice of calls. */
export interface Assignment extends Expression {
  readonly statement: SyntaxNode;
}

/** Methods that add to a list or a stack, and which of their arguments they add. */
const addingMethods: ReadonlyMap<string, number> = new Map([
  ['add', 0],
  ['append', 0],
  ['extend', 0],
  ['add_module', 1],
]);

/** By scope, and by the text of what is assigned or added to: `model`, `self.features`. */
type ByTarget<T> = Map<Scope, Map<string, T[]>>;

export class Statements {
  readonly #assignments: ByTarget<Assignment> = new Map();
  readonly #additions: ByTarget<Expression> = new Map();

  /** @param calls all calls of a file, or of all cells of a notebook, in their order */
  constructor(calls: readonly Expression[]) {
    for (const call of calls) {
      const statement = assignmentOf(call.node);
      const value = statement && childrenOf(statement).at(-1);
      for (const target of statement ? targetsOf(call, statement) : []) {
        const known = listIn(this.#assignments, call.scope, target);
        // Of a chain of calls, or of a choice, each call leads here.
        const last = known.at(-1);
        if (last?.code === call.code && last.statement.from === statement!.from) continue;
        known.push({ ...call, node: value!, statement: statement! });
      }
      const addition = additionOf(call);
      if (addition) listIn(this.#additions, call.scope, addition.target).push({ ...call, node: addition.node });
    }
  }

  /** Functions and modules in which something is assigned, each with all targets. */
  get scopes(): Iterable<readonly [Scope, ReadonlyMap<string, readonly Assignment[]>]> {
    return this.#assignments;
  }

  assignmentsTo(target: string, scope: Scope): readonly Assignment[] {
    return this.#assignments.get(scope)?.get(target) ?? [];
  }

  /** What is added to a target, wherever in the scope. */
  additionsTo(target: string, scope: Scope): readonly Expression[] {
    return this.#additions.get(scope)?.get(target) ?? [];
  }

  /** What a call is assigned to; nothing if it is part of something else. */
  targetsOf(call: Expression): readonly string[] {
    const statement = assignmentOf(call.node);
    return statement ? targetsOf(call, statement) : [];
  }
}

function listIn<T>(all: ByTarget<T>, scope: Scope, target: string): T[] {
  const targets = all.get(scope) ?? new Map<string, T[]>();
  const list = targets.get(target) ?? [];
  all.set(scope, targets.set(target, list));
  return list;
}

/** What a call adds, and to what. */
function additionOf({ code, node }: Expression): { readonly target: string; readonly node: SyntaxNode } | undefined {
  const callee = node.firstChild!;
  const method = callee.lastChild;
  const place = method?.name === 'PropertyName' ? addingMethods.get(textOf(code, method)) : undefined;
  const list = place === undefined ? null : node.getChild('ArgList');
  const added = list && itemsIn(list)[place!]?.at(-1);
  return added ? { target: textOf(code, callee.firstChild!), node: added } : undefined;
}

/** The statement that assigns a call as it is, what a method of it returns, or one of several. */
function assignmentOf(call: SyntaxNode): SyntaxNode | undefined {
  let node = call;
  for (let parent = node.parent; parent; node = parent, parent = node.parent) {
    if (parent.name === 'AssignStatement') return node.nextSibling === null ? parent : undefined;
    const isPassed =
      parent.name === 'ParenthesizedExpression' ||
      parent.name === 'ConditionalExpression' ||
      (parent.name === 'MemberExpression' && parent.parent?.name === 'CallExpression') ||
      (parent.name === 'CallExpression' && node.name === 'MemberExpression');
    if (!isPassed) return undefined;
  }
  return undefined;
}

function targetsOf({ code }: Expression, statement: SyntaxNode): string[] {
  const groups = split(
    childrenOf(statement).filter(({ name }) => name !== 'TypeDef'),
    'AssignOp',
  ).slice(0, -1);
  return groups.flatMap(([target, ...more]) => (target && more.length === 0 ? [textOf(code, target)] : []));
}
