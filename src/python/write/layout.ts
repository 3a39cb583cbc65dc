/** Arguments that are added to a call, or taken from it, so that the others stay where they are. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { itemsIn } from '../syntax/code';
import type { Edit } from './edit';
import type { Located } from './located';

/** A whole argument, with its name if it has one. */
interface Written {
  readonly from: number;
  readonly to: number;
  readonly isNamed: boolean;
}

export class Layout {
  readonly #text: string;
  /** The brackets. */
  readonly #list: SyntaxNode;
  readonly #arguments: readonly Written[];
  readonly #hasStars: boolean;

  constructor({ code, list }: Located) {
    this.#text = code.text;
    this.#list = list;
    const groups = itemsIn(list);
    this.#arguments = groups.map(([first, second, ...rest]) => ({
      from: first!.from,
      to: (rest.at(-1) ?? second ?? first!).to,
      isNamed: second?.name === 'AssignOp' && code.text.slice(second.from, second.to) === '=',
    }));
    this.#hasStars = groups.some(([first]) => first!.name.startsWith('*'));
  }

  /**
   * Whether an argument can go without a trace: it has a name, no comment stands beside it, and no `*args` or
   * `**kwargs` could take its place.
   *
   * @param value a place inside it
   */
  canRemove(value: number): boolean {
    const at = this.#at(value);
    const [start, end] = this.#around(at, at);
    return this.#arguments[at]!.isNamed && !this.#hasStars && !this.#has(start, end, ({ name }) => name === 'Comment');
  }

  /**
   * Whether an argument also gives a name its value, as `k := 3` does.
   *
   * @param value a place inside it
   */
  binds(value: number): boolean {
    const { from, to } = this.#arguments[this.#at(value)]!;
    return this.#has(from, to, node => node.name === 'AssignOp' && this.#text.slice(node.from, node.to) === ':=');
  }

  /**
   * @param removed places inside the arguments that go
   * @param added the new ones, to stand at the end
   */
  edits(removed: readonly number[], added: readonly string[]): Edit[] {
    const gone = new Set(removed.map(value => this.#at(value)));
    const edits = this.#runs(gone).map(run => this.#removal(...run));
    return added.length === 0 ? edits : [...edits, this.#addition(gone, added)];
  }

  #at(value: number): number {
    return this.#arguments.findIndex(({ from, to }) => from <= value && value < to);
  }

  /** From the end of what comes before some arguments to the beginning of what comes after. */
  #around(first: number, last: number): readonly [number, number] {
    return [
      this.#arguments[first - 1]?.to ?? this.#list.from + 1,
      this.#arguments[last + 1]?.from ?? this.#list.to - 1,
    ];
  }

  #has(start: number, end: number, is: (node: SyntaxNodeRef) => boolean): boolean {
    let has = false;
    this.#list.cursor().iterate(node => {
      if (node.from >= start && node.to <= end && is(node)) has = true;
    });
    return has;
  }

  /** Arguments that go and stand next to one another: the first and the last of each run. */
  #runs(gone: ReadonlySet<number>): (readonly [first: number, last: number])[] {
    const places = [...gone].sort((a, b) => a - b);
    const firsts = places.filter(at => !gone.has(at - 1));
    const lasts = places.filter(at => !gone.has(at + 1));
    return firsts.map((first, i) => [first, lasts[i]!]);
  }

  /** Takes a comma along, and the line if nothing else is on it. */
  #removal(first: number, last: number): Edit {
    const [start, end] = this.#around(first, last);
    const { from } = this.#arguments[first]!;
    const { to } = this.#arguments[last]!;
    const isFirst = first === 0;
    const isLast = last === this.#arguments.length - 1;
    if (isFirst && isLast) return { start, end, text: '' };
    if (isLast || !(isFirst || this.#lineBreak(from))) return { start, end: to, text: '' };
    return { start: from, end, text: '' };
  }

  /** At the end of the arguments that stay, on lines of their own if each of them is. */
  #addition(gone: ReadonlySet<number>, added: readonly string[]): Edit {
    const last = this.#arguments.findLast((_, at) => !gone.has(at));
    if (!last) return this.#insertion(this.#list.from + 1, added.join(', '));
    const lineBreak = this.#lineBreak(last.from);
    const isOnePerLine = this.#arguments.slice(1).every(({ from }) => this.#lineBreak(from));
    if (!lineBreak || !isOnePerLine) return this.#insertion(last.to, `, ${added.join(', ')}`);
    const lines = added.map(text => lineBreak + text).join(',');
    // A comment on the line stays there.
    const [rest, comma, comment] = /^[ \t]*(,?)[ \t]*(#.*)?/.exec(this.#text.slice(last.to))!;
    if (!comment) return this.#insertion(last.to, `,${lines}`);
    if (comma) return this.#insertion(last.to + rest.length, `${lines},`);
    return { start: last.to, end: last.to + rest.length, text: `,${rest}${lines}` };
  }

  #insertion(at: number, text: string): Edit {
    return { start: at, end: at, text };
  }

  /** The line break and the indentation before a place that begins a line; undefined if it does not begin one. */
  #lineBreak(at: number): string | undefined {
    const line = this.#text.slice(this.#text.lastIndexOf('\n', at - 1) + 1, at);
    if (at === line.length || !/^[ \t]*$/.test(line)) return undefined;
    return `${this.#text[at - line.length - 2] === '\r' ? '\r\n' : '\n'}${line}`;
  }
}
