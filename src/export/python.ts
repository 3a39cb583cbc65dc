/** Python code: a whole script, and values as literals. */

/**
 * A script: its imports as far as its lines use them, functions with two empty lines around them, then sections with an
 * empty line between them.
 */
export function pythonScript(
  imports: readonly string[],
  sections: readonly (readonly string[])[],
  functions: readonly (readonly string[])[] = [],
): string {
  const filled = sections.filter(lines => lines.length > 0);
  const used = imports.filter(line => isUsed(line, [...filled, ...functions].flat()));
  const body = joined(functions.length > 0 ? filled : [used, ...filled], '\n\n');
  return functions.length > 0 ? `${joined([used, ...functions], '\n\n\n')}\n\n\n${body}\n` : `${body}\n`;
}

/** Whether lines use what an import names last: a module, or a function. */
function isUsed(line: string, lines: readonly string[]): boolean {
  const use = new RegExp(`\\b${/\w+$/.exec(line)?.[0]}[.(]`);
  return lines.some(each => use.test(each));
}

function joined(blocks: readonly (readonly string[])[], separator: string): string {
  return blocks.map(lines => lines.join('\n')).join(separator);
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

/** What is no literal, in NumPy: `np.inf`, `-np.inf` or `np.nan`. */
export function numpyNumber(value: '-inf' | 'inf' | 'nan'): string {
  return value.replace(/inf|nan/, 'np.$&');
}

/** Lines as the body of a Python block. */
export function indented(lines: readonly string[], levels = 1): string[] {
  return lines.map(line => `${'    '.repeat(levels)}${line}`);
}
