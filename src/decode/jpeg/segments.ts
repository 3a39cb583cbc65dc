/** One marker with what it carries. */
export interface Segment {
  /** The marker's second byte; the first is always FF. */
  readonly marker: number;
  /** What follows its length, a view of the file. */
  readonly data: Uint8Array;
  /** The file ends in it, or its length is less than that of the length itself. */
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
 * The segments of a JPEG behind its first marker, up to the end marker or, where that is missing, the end of the file.
 * Entropy-coded data is passed over, and so is what stands between segments: every decoder does that.
 * Ends with the end marker as a segment of its own if there is one, and after a segment that the file ends in.
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
    // libjpeg goes on behind a length of nothing.
    at += Math.max(2, length);
  }
}

/** Whether a file has an end marker where one belongs. */
export function hasEnd(bytes: Uint8Array): boolean {
  for (const { marker } of segmentsOf(bytes)) if (marker === markers.eoi) return true;
  return false;
}
