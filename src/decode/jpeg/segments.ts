/** A marker and its data. */
export interface Segment {
  /** The marker's second byte; the first is always FF. */
  readonly marker: number;
  /** The bytes after the length, a view of the file. */
  readonly data: Uint8Array;
  /** `cut`: the file ends in this segment. `length`: the length is below 2, its own size. */
  readonly fault?: 'cut' | 'length';
}

export const markers = {
  sof0: 0xc0,
  sof1: 0xc1,
  sof2: 0xc2,
  dht: 0xc4,
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dqt: 0xdb,
  dri: 0xdd,
  app0: 0xe0,
  app1: 0xe1,
  app14: 0xee,
  com: 0xfe,
} as const;

/**
 * The segments of a JPEG after its first marker, up to the end marker or, without one, the end of the file. Skips
 * entropy-coded data and whatever else is between segments, as every decoder does. The end marker is the last segment,
 * and so is a segment that the file ends in.
 */
export function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  for (let at = 2; ; ) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined) return;
    // FF that was only data, TEM, and restart markers.
    if (marker < 2 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    if (marker === markers.eoi) {
      yield { marker, data: bytes.subarray(at, at) };
      return;
    }
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    if (at + 2 > bytes.length || at + length > bytes.length) {
      yield { marker, data: bytes.subarray(at + 2), fault: 'cut' };
      return;
    }
    yield { marker, data: bytes.subarray(at + 2, at + length), ...(length < 2 && { fault: 'length' }) };
    // libjpeg continues after a length below 2.
    at += Math.max(2, length);
  }
}

/** Whether a file has an end marker in its place. */
export function hasEnd(bytes: Uint8Array): boolean {
  for (const { marker } of segmentsOf(bytes)) if (marker === markers.eoi) return true;
  return false;
}
