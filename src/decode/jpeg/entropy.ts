/** Where the entropy-coded bytes of one scan stand in the file. */
export interface EntropyData {
  /** Start and end of each stretch between restart markers, one after the other. */
  readonly intervals: readonly number[];
  /** Whether the restart markers count 0 to 7 over and over, as they must. */
  readonly inOrder: boolean;
  /** Whether there are fill bytes (FF before another FF), which jpeg-js does not know inside a scan. */
  readonly filled: boolean;
  /** Where the next marker stands, or the end of the file. */
  readonly end: number;
}

/**
 * Finds where a scan's data ends: at the first marker that is no restart marker. A scan with more than `most` intervals
 * counts as out of order and is not read on.
 */
export function findEntropyData(bytes: Buffer, start: number, most: number): EntropyData {
  const intervals = [start];
  let inOrder = true;
  let filled = false;
  for (let at = start; ; ) {
    at = bytes.indexOf(0xff, at);
    const marker = at < 0 ? undefined : bytes[at + 1];
    if (marker === undefined) {
      // A lone FF at the end of a file that was cut is half of something.
      at = at < 0 ? bytes.length : at;
      intervals.push(at);
      return { intervals, inOrder, filled, end: bytes.length };
    }
    if (marker === 0 || marker === 0xff) {
      filled ||= marker === 0xff;
      at += marker === 0 ? 2 : 1;
    } else if (marker >= 0xd0 && marker <= 0xd7) {
      if (intervals.length > 2 * most) {
        intervals.push(at);
        return { intervals, inOrder: false, filled, end: at };
      }
      if (marker !== 0xd0 + ((intervals.length >> 1) & 7)) inOrder = false;
      intervals.push(at, at + 2);
      at += 2;
    } else {
      intervals.push(at);
      return { intervals, inOrder, filled, end: at };
    }
  }
}

/**
 * Copies a stretch of entropy-coded bytes without what only keeps them apart from markers: the zero after each FF, and
 * fill bytes. Returns how many bytes that makes; `into` must be as long as the stretch.
 */
export function unstuff(bytes: Buffer, from: number, to: number, into: Buffer): number {
  let length = 0;
  while (from < to) {
    let at = bytes.indexOf(0xff, from);
    if (at < 0 || at >= to) at = to;
    length += bytes.copy(into, length, from, at);
    if (at === to) break;
    let next = at + 1;
    while (next < to && bytes[next] === 0xff) next++;
    if (next < to) into[length++] = 0xff;
    from = next + 1;
  }
  return length;
}
