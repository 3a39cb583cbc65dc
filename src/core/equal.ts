/** Whether two values of plain data are equal, in depth and whatever the order of their fields. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [ours, theirs] = [Object.entries(a), Object.entries(b)];
  return (
    ours.length === theirs.length && ours.every(([key, value]) => isEqual(value, (b as Record<string, unknown>)[key]))
  );
}
