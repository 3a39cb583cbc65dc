/** A replacement in a source text, in UTF-16 units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @param edits in the order of the source, without overlaps */
export function apply(source: string, edits: readonly Edit[]): string {
  let rest = 0;
  const pieces = edits.map(({ start, end, text }) => {
    const before = source.slice(rest, start);
    rest = end;
    return before + text;
  });
  return pieces.join('') + source.slice(rest);
}
