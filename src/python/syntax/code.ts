/** Python source and its syntax tree. */
import { type SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';

/** A file, or one cell of a notebook. */
export interface Code {
  readonly text: string;
  readonly tree: Tree;
  /** Its place among the cells of a notebook: what comes later runs later. */
  readonly index: number;
}

/** A whole-line command of IPython, where Python would have a statement: `!pip`, `%matplotlib`, `%%time`, `?nn.Linear`. */
const magic = /^[!%?]/;

/** A cell magic whose cell is in another language. */
const foreignCell =
  /^\s*%%(?:bash|bigquery|cmd|html|javascript|js|latex|markdown|perl|r|ruby|script|sh|shell|sql|svg|sx|system)\b/i;

/** What a file or a cell can begin with that is no Python: a byte order mark, and commands with comments between them. */
const preamble = /^\ufeff?(?:[ \t]*(?:[!%?#].*)?\r?\n)*(?:[ \t]*[!%?].*)?/;

/** Parses what may be half-written. Commands of IPython are taken for empty lines. */
export function parse(source: string, index: number): Code {
  const text = foreignCell.test(source) ? '' : source;
  const python = text.replace(preamble, lines => lines.replace(/[^\r\n]/g, ' '));
  const tree = treeOf(python);
  const commands = magicLines(python, tree);
  return { text, tree: commands.length === 0 ? tree : treeOf(blanked(python, commands)), index };
}

/** The parser can run out of stack where brackets are nested some thousand deep. Python takes no more than 200. */
function treeOf(python: string): Tree {
  try {
    return parser.parse(python);
  } catch (error) {
    if (error instanceof RangeError) return Tree.empty;
    throw error;
  }
}

/** Where the parser met a character that begins a command at the start of a line. In strings and brackets it meets none. */
function magicLines(text: string, tree: Tree): number[] {
  const starts = [...text.matchAll(/^[ \t]*(?=[!%?])/gm)].map(({ index, 0: indent }) => index + indent.length);
  return starts.filter(start => {
    const node = tree.resolveInner(start, 1);
    return magic.test(text[start]!) && (node.type.isError || node.type.isTop);
  });
}

/** The text with spaces from each of these places to the end of its line, so that all offsets stay. */
function blanked(text: string, places: readonly number[]): string {
  let rest = 0;
  const pieces = places.map(place => {
    const end = text.indexOf('\n', place);
    const before = text.slice(rest, place);
    rest = end < 0 ? text.length : end;
    return before + ' '.repeat(rest - place);
  });
  return pieces.join('') + text.slice(rest);
}

export function textOf({ text }: Code, { from, to }: SyntaxNode): string {
  return text.slice(from, to);
}

/** A node's children without comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

const brackets = new Set(['(', ')', '[', ']', '{', '}']);

/** The nodes of each item in brackets: of arguments, a tuple, a list or a dictionary. */
export function itemsIn(node: SyntaxNode): SyntaxNode[][] {
  const inner = childrenOf(node).filter(({ name }) => !brackets.has(name));
  return split(inner, ',').filter(group => group.length > 0);
}

/** The nodes between separators with this name. */
export function split(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) groups.push([]);
    else groups.at(-1)!.push(node);
  }
  return groups;
}
