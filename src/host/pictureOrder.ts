import { isPictureName } from '../decode/formats';

const collator = new Intl.Collator(undefined, { numeric: true });

/**
 * The picture that many steps further among a folder's files, in the explorer's order (by name, numbers by their
 * value), and from the last on to the first; undefined if there is no other.
 * @param names the folder's files, pictures or not
 * @param current a file of that folder, whatever its name; it need not be there any more
 */
export function neighbourName(names: readonly string[], current: string, steps: number): string | undefined {
  const pictures = [...new Set([...names.filter(isPictureName), current])].sort(inExplorer);
  if (pictures.length === 1) return undefined;
  return pictures.at((pictures.indexOf(current) + steps) % pictures.length);
}

/** As the explorer does, names that compare as equal (a1, a01) go by length. */
function inExplorer(a: string, b: string): number {
  return collator.compare(a, b) || a.length - b.length;
}
