import type { Edit } from '../../../src/python/write/edit';

/** The source after edits. @param edits in the order of the source, without overlaps */
export function applied(source: string, edits: readonly Edit[]): string {
  let rest = 0;
  const pieces = edits.map(({ start, end, text }) => {
    const before = source.slice(rest, start);
    rest = end;
    return before + text;
  });
  return pieces.join('') + source.slice(rest);
}
