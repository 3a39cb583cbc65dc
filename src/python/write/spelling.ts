/** How values are written in Python. */
import type { SyntaxNode } from '@lezer/common';
import type { Argument } from '../syntax/arguments';
import { childrenOf, itemsIn, textOf } from '../syntax/code';
import type { Literal } from '../syntax/literal';
import type { Change } from './changes';
import type { Edit } from './edit';
import type { Located } from './located';
import { RewriteError } from './rewriteError';
import { isOne, joined, plain, type Spelling } from './value';

/**
 * The value as a new argument.
 * @throws {RewriteError} if the framework has no such value
 */
export function spelled(change: Change, located: Located): string {
  return joined(spellingOf(change, located));
}

/**
 * Replaces an argument's value in its own style: tuples stay tuples, lists lists, and of two sides only the one that
 * changes is written.
 *
 * @throws {RewriteError} if the framework has no such value
 */
export function valueEdit({ node, value }: Argument, change: Change, located: Located): Edit {
  const inner = withoutBrackets(node);
  const spelling = spellingOf(change, located, { node: inner, value });
  if (typeof spelling === 'string') return over(inner, spelling);
  const items = itemsOf(inner);
  if (items) return sequenceEdit(inner, items, spelling, change, located) ?? over(inner, joined(spelling));
  if (value?.type === 'sequence' && value.items.length === 4 && located.signature.heightAt) {
    return over(inner, four(value.items, spelling, heightIn(located)));
  }
  const isBracketed = inner.from !== node.from;
  return over(inner, isBracketed && !isOne(spelling) ? spelling.join(', ') : joined(spelling));
}

function over({ from, to }: { readonly from: number; readonly to: number }, text: string): Edit {
  return { start: from, end: to, text };
}

function spellingOf(change: Change, located: Located, old?: Argument): Spelling {
  const { value, setting } = change;
  const { framework, paddingWords } = located.signature;
  const refused = new RewriteError('setting', `${located.signature.callee} cannot say this ${setting}.`, setting);
  if (setting === 'padding' && paddingWords) {
    if (value !== 'same' && String(value) !== '0,0') throw refused;
    return wordText(value === 'same' ? paddingWords.same : paddingWords.valid, located, old?.node);
  }
  if (value === 'same') throw refused;
  if (typeof value === 'object' && value !== null) {
    const [height, width, ...more] = value;
    const isWhole = value.every(side => (side === null ? framework === 'pytorch' : Number.isSafeInteger(side)));
    if (!isWhole || height === undefined || width === undefined || more.length > 0) throw refused;
    return [plain(height), plain(width)];
  }
  if (typeof value === 'number' && !(setting === 'norm' ? Number.isFinite(value) : Number.isSafeInteger(value))) {
    throw refused;
  }
  const text = plain(value);
  return old?.value?.type === 'float' && Number.isInteger(value) ? `${text}.0` : text;
}

/** A word in the quotes and the case of the old one, or in the quotes of the nearest string above. */
function wordText(word: string, { code, list }: Located, old?: SyntaxNode): string {
  const [, prefix, quote, oldWord] = /^(\w*)("""|'''|"|')(.*)\2$/s.exec(old ? textOf(code, old) : '') ?? [];
  if (quote) {
    const isUpper = oldWord !== '' && oldWord === oldWord!.toUpperCase();
    return `${prefix}${quote}${isUpper ? word.toUpperCase() : word}${quote}`;
  }
  let nearest = '"';
  code.tree.iterate({
    to: list.to,
    enter: ({ name, from }) => {
      const first = code.text[from]!;
      if (name === 'String' && /^(["'])(?!\1\1)/.test(code.text.slice(from, from + 3))) nearest = first;
    },
  });
  return `${nearest}${word}${nearest}`;
}

function withoutBrackets(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenthesizedExpression') inner = childrenOf(inner)[1]!;
  return inner;
}

/** The items of a tuple or list that is written out; undefined for anything else. */
function itemsOf(node: SyntaxNode): SyntaxNode[] | undefined {
  if (node.name !== 'TupleExpression' && node.name !== 'ArrayExpression') return undefined;
  const groups = itemsIn(node);
  return groups.every(group => group.length === 1) ? groups.map(([item]) => item!) : undefined;
}

/** Undefined if the sequence has to be replaced as a whole. */
function sequenceEdit(
  sequence: SyntaxNode,
  items: readonly SyntaxNode[],
  spelling: readonly [string, string],
  { before }: Change,
  located: Located,
): Edit | undefined {
  const { code, signature } = located;
  const [only] = items;
  if (items.length === 1) {
    // Not every function takes one for both sides: it does if that could be read.
    if (isOne(spelling) && before !== undefined) return over(only!, spelling[0]);
    const comma = sequence.getChild(',');
    return over({ from: only!.from, to: comma?.to ?? only!.to }, spelling.join(', '));
  }
  const at = items.length === 4 && signature.heightAt ? heightIn(located) : 0;
  if (items.length !== 2 && at === 0) return undefined;
  const sides = [items[at]!, items[at + 1]!] as const;
  const old = Array.isArray(before) ? before.map(side => plain(side)) : sides.map(side => textOf(code, side));
  if (old[0] === spelling[0]) return over(sides[1], spelling[1]);
  if (old[1] === spelling[1]) return over(sides[0], spelling[0]);
  const between = code.text.slice(sides[0].to, sides[1].from);
  return over({ from: sides[0].from, to: sides[1].to }, spelling.join(between));
}

/** Where height stands among four numbers. */
function heightIn({ signature, given }: Located): number {
  return signature.heightAt!(given.byName.get('data_format')?.value);
}

function four(items: readonly (Literal | undefined)[], spelling: readonly [string, string], at: number): string {
  const texts = items.map(item => (item?.type === 'int' ? `${item.value}` : 'None'));
  return `[${texts.toSpliced(at, 2, ...spelling).join(', ')}]`;
}
