/** Python literals. */
import type { Pair } from '../core/options';

/**
 * A Python string literal that reads back as exactly this text and shows as what it is: quotes, backslashes, control
 * characters, invisible and direction-changing ones and lone surrogates are escaped, other Unicode stays readable.
 */
export function pythonString(text: string): string {
  const body = text.replace(/[\\'\p{C}\p{Zl}\p{Zp}]|[^\P{Zs} ]/gu, character => {
    if (character === '\\' || character === "'") return `\\${character}`;
    if (character === '\n') return '\\n';
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `'${body}'`;
}

/** `3` for equal numbers, as frameworks take it for both axes, else `(3, 2)`. */
export function pythonPair([height, width]: Pair): string {
  return height === width ? `${height}` : `(${height}, ${width})`;
}

/** `(1, 2, 3)`, and `[1, 2, 3]` for a list. */
export function pythonTuple(values: readonly (number | string)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

export function pythonList(values: readonly (number | string)[]): string {
  return `[${values.join(', ')}]`;
}

/** An infinity as NumPy writes it. */
export function numpyNumber(value: '-inf' | 'inf'): string {
  return value.replace('inf', 'np.inf');
}
