/** Values that stand in the source: numbers, words, None, sequences of them, and arithmetic with them. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, split, textOf } from './code';
import { onlyValueOf } from './names';
import type { Expression } from './scope';

/** A Python value. Integers are those that JavaScript's numbers hold exactly. */
export type Literal =
  | { readonly type: 'int' | 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'none' }
  | { readonly type: 'sequence'; readonly items: readonly Literal[] };

/** Names that lead to one another longer than this lead nowhere. */
const mostSteps = 20;

/** What an expression is in every run; undefined if that does not stand in the source. */
export function evaluate(expression: Expression, steps = 0): Literal | undefined {
  const { node, code } = expression;
  const evaluateNode = (inner: SyntaxNode | undefined) => inner && evaluate({ ...expression, node: inner }, steps);
  switch (node.name) {
    case 'Number':
      return numberOf(textOf(code, node));
    case 'Boolean':
      return { type: 'bool', value: textOf(code, node) === 'True' };
    case 'None':
      return { type: 'none' };
    case 'String':
      return wordOf(textOf(code, node));
    case 'ParenthesizedExpression':
      return evaluateNode(childrenOf(node)[1]);
    case 'TupleExpression':
    case 'ArrayExpression': {
      const groups = split(childrenOf(node).slice(1, -1), ',').filter(group => group.length > 0);
      const items = groups.map(group => (group.length === 1 ? evaluateNode(group[0]) : undefined));
      return items.every(item => item !== undefined) ? { type: 'sequence', items } : undefined;
    }
    case 'UnaryExpression': {
      const [sign, operand] = childrenOf(node);
      const value = evaluateNode(operand);
      return value && sign && signed(textOf(code, sign), value);
    }
    case 'BinaryExpression': {
      const [left, operator, right] = childrenOf(node);
      const [a, b] = [evaluateNode(left), evaluateNode(right)];
      return a && b && operator && computed(a, textOf(code, operator), b);
    }
    case 'VariableName': {
      const value = steps < mostSteps ? onlyValueOf(expression) : undefined;
      return value && evaluate(value, steps + 1);
    }
    default:
      return undefined;
  }
}

function numberOf(text: string): Literal | undefined {
  const digits = text.replaceAll('_', '');
  if (/^(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+)$/.test(digits)) return int(Number(digits));
  return /^[\d.eE+-]+$/.test(digits) ? { type: 'float', value: Number(digits) } : undefined;
}

function int(value: number): Literal | undefined {
  return Number.isSafeInteger(value) ? { type: 'int', value } : undefined;
}

/** A string without escapes, which no argument needs. */
function wordOf(text: string): Literal | undefined {
  const [, value] = /^[rRuU]?(?:"""|'''|"|')([^\\]*?)(?:"""|'''|"|')$/.exec(text) ?? [];
  return value === undefined ? undefined : { type: 'str', value };
}

function signed(sign: string, operand: Literal): Literal | undefined {
  if (operand.type !== 'int' && operand.type !== 'float') return undefined;
  if (sign === '+') return operand;
  return sign === '-' ? { ...operand, value: -operand.value } : undefined;
}

/** Python's operators for whole numbers. `/` is not one of them: its result is a float. */
const wholeOperators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '**': (a, b) => (b < 0 ? Number.NaN : a ** b),
  '%': (a, b) => modulo(a, b),
  '//': (a, b) => (a - modulo(a, b)) / b,
};

/** The remainder with the sign of the divisor, as in Python. */
function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

function computed(a: Literal, operator: string, b: Literal): Literal | undefined {
  if (a.type === 'int' && b.type === 'int') {
    if (operator === '/') return b.value === 0 ? undefined : { type: 'float', value: a.value / b.value };
    const value = wholeOperators[operator]?.(a.value, b.value);
    return value === undefined ? undefined : int(value);
  }
  if (a.type === 'sequence' && b.type === 'sequence' && operator === '+') {
    return { type: 'sequence', items: [...a.items, ...b.items] };
  }
  return undefined;
}
