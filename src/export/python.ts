/** Values as Python literals. */
import type { Pair } from '../core/options';

/**
 * A Python string literal for exactly this text. Quotes, backslashes, control characters, invisible and
 * direction-changing characters and lone surrogates are escaped, so that it shows what it contains; other Unicode stays
 * readable.
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

/** `3` for two equal numbers, which frameworks apply to both axes, else `(3, 2)`. */
export function pythonPair([height, width]: Pair): string {
  return height === width ? `${height}` : `(${height}, ${width})`;
}

/** A tuple: `(1, 2, 3)`, and `(1,)` for a single value. */
export function pythonTuple(values: readonly (number | string)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

/** A list: `[1, 2, 3]`. */
export function pythonList(values: readonly (number | string)[]): string {
  return `[${values.join(', ')}]`;
}

/** An infinity in NumPy: `np.inf` or `-np.inf`. */
export function numpyNumber(value: '-inf' | 'inf'): string {
  return value.replace('inf', 'np.inf');
}
