/** Python code: a whole script, and values as literals. */

/** A script: its imports, then sections with an empty line between them. */
export function pythonScript(imports: readonly string[], sections: readonly (readonly string[])[]): string {
  return `${[imports, ...sections].map(lines => lines.join('\n')).join('\n\n')}\n`;
}

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

/** An infinity in NumPy: `np.inf` or `-np.inf`. */
export function numpyNumber(value: '-inf' | 'inf'): string {
  return value.replace('inf', 'np.inf');
}
