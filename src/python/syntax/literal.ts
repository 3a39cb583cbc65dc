/** Values that stand in the source: numbers, words, None, sequences of them, and arithmetic with them. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, itemsIn, textOf } from './code';
import { onlyValueOf } from './names';
import type { Expression } from './scope';

/** A Python value. Integers are those that JavaScript's numbers hold exactly. */
export type Literal =
  | { readonly type: 'int' | 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'none' }
  /** Items that do not stand in the source are undefined. */
  | { readonly type: 'sequence'; readonly items: readonly (Literal | undefined)[] };

/** Expressions of more parts than this, those of the names in it included, are not computed; they may never end. */
const mostParts = 200;

/** What an expression is in every run; undefined if that does not stand in the source. */
export function evaluate(expression: Expression): Literal | undefined {
  return compute(expression, { parts: 0 });
}

function compute(expression: Expression, count: { parts: number }): Literal | undefined {
  if (++count.parts > mostParts) return undefined;
  const { node, code } = expression;
  const computeNode = (inner: SyntaxNode | undefined) => inner && compute({ ...expression, node: inner }, count);
  switch (node.name) {
    case 'Number':
      return numberOf(textOf(code, node));
    case 'MemberExpression':
      // The parser takes `2.` for the beginning of a name in 2.
      return numberOf(textOf(code, node));
    case 'Boolean':
      return bool(textOf(code, node) === 'True');
    case 'None':
      return { type: 'none' };
    case 'String':
      return wordOf(textOf(code, node));
    case 'ParenthesizedExpression':
      return computeNode(childrenOf(node)[1]);
    case 'NamedExpression':
      return computeNode(childrenOf(node)[2]);
    case 'TupleExpression':
    case 'ArrayExpression': {
      const groups = itemsIn(node);
      if (groups.some(([first]) => first!.name === '*')) return undefined;
      return {
        type: 'sequence',
        items: groups.map(([item, ...more]) => (more.length === 0 ? computeNode(item) : undefined)),
      };
    }
    case 'UnaryExpression': {
      const [sign, operand] = childrenOf(node);
      const value = computeNode(operand);
      return value && sign && signed(textOf(code, sign), value);
    }
    case 'BinaryExpression': {
      const [left, operator, right] = childrenOf(node);
      const [a, b] = [computeNode(left), computeNode(right)];
      return a && b && operator && computed(a, textOf(code, operator), b);
    }
    case 'VariableName': {
      const value = onlyValueOf(expression);
      return value && compute(value, count);
    }
    default:
      return undefined;
  }
}

/** What Python takes a value for in a condition. */
export function isTrue(value: Literal): boolean {
  if (value.type === 'none') return false;
  return value.type === 'sequence' ? value.items.length > 0 : Boolean(value.value);
}

function numberOf(text: string): Literal | undefined {
  const digits = text.replaceAll('_', '');
  if (/^(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+)$/.test(digits)) return int(Number(digits));
  return /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) ? float(Number(digits)) : undefined;
}

function int(value: number): Literal | undefined {
  return Number.isSafeInteger(value) ? { type: 'int', value } : undefined;
}

function float(value: number): Literal | undefined {
  return Number.isFinite(value) ? { type: 'float', value } : undefined;
}

function bool(value: boolean): Literal {
  return { type: 'bool', value };
}

/** A string without escapes, which no argument needs. */
function wordOf(text: string): Literal | undefined {
  const [, value] = /^[rRuU]?(?:"""|'''|"|')([^\\]*?)(?:"""|'''|"|')$/.exec(text) ?? [];
  return value === undefined ? undefined : { type: 'str', value };
}

function signed(sign: string, operand: Literal): Literal | undefined {
  if (sign === 'not') return bool(!isTrue(operand));
  if (operand.type !== 'int' && operand.type !== 'float') return undefined;
  if (sign === '+') return operand;
  return sign === '-' ? { ...operand, value: 0 - operand.value } : undefined;
}

/** Python's operators whose result is a whole number if both operands are. */
const operators: ReadonlyMap<string, (a: number, b: number) => number> = new Map([
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['%', modulo],
  ['//', (a, b) => (a - modulo(a, b)) / b],
  ['**', (a, b) => a ** b],
]);

const wholeOperators: typeof operators = new Map([
  ['<<', (a, b) => (b < 0 ? Number.NaN : a * 2 ** b)],
  ['>>', (a, b) => (b < 0 ? Number.NaN : Math.floor(a / 2 ** b))],
  ['**', (a, b) => (b < 0 ? Number.NaN : a ** b)],
]);

/** The remainder with the sign of the divisor, as in Python. */
function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

function computed(a: Literal, operator: string, b: Literal): Literal | undefined {
  if (a.type === 'int' && b.type === 'int' && operator !== '/') {
    const compute = wholeOperators.get(operator) ?? operators.get(operator);
    return compute && int(compute(a.value, b.value));
  }
  if ((a.type === 'int' || a.type === 'float') && (b.type === 'int' || b.type === 'float')) {
    const compute = operator === '/' ? (x: number, y: number) => x / y : operators.get(operator);
    return compute && float(compute(a.value, b.value));
  }
  if (operator === '*' && a.type === 'int' && b.type === 'sequence') return repeated(b.items, a.value);
  if (operator === '*' && a.type === 'sequence' && b.type === 'int') return repeated(a.items, b.value);
  if (operator !== '+' || a.type !== 'sequence' || b.type !== 'sequence') return undefined;
  return { type: 'sequence', items: [...a.items, ...b.items] };
}

/** No setting has more numbers than this. */
const mostItems = 4;

function repeated(items: readonly (Literal | undefined)[], times: number): Literal | undefined {
  const length = items.length * Math.max(times, 0);
  if (length > mostItems) return undefined;
  return { type: 'sequence', items: Array.from({ length }, (_, i) => items[i % items.length]) };
}
