import { crc32 } from '#platform';
import { DecodeError } from '../error';

/** A chunk: its four letters, and its data as a view of the file. */
export interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
  /** Whether its checksum is right; always true for critical chunks. */
  readonly isSound: boolean;
}

/** Whether the picture can be shown without a chunk: its name begins with a lower-case letter. */
export function isAncillary(name: string): boolean {
  return /^[a-z]/.test(name);
}

/**
 * The chunks of a PNG file from after the signature to IEND, with their lengths checked. Nothing is unpacked here, so
 * decompression bombs in text and profile chunks are harmless. Bytes after IEND are ignored.
 * @throws {DecodeError} `truncated`, or `damagedChunk` where libpng gives up: for a name that is not four letters, and
 * for a wrong checksum of a critical chunk
 */
export function* readChunks(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw new DecodeError('truncated');
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(name)) throw new DecodeError('damagedChunk', { chunk: printable(name) });
    if (length > bytes.length - at - 12) throw new DecodeError('truncated');
    const end = at + 8 + length;
    const isSound = crc32(bytes.subarray(at + 4, end)) === view.getUint32(end);
    if (!isSound && !isAncillary(name)) throw new DecodeError('damagedChunk', { chunk: name });
    yield { name, data: bytes.subarray(at + 8, end), isSound };
    if (name === 'IEND') return;
    at = end + 4;
  }
}

function printable(name: string): string {
  return name.replace(/[^A-Za-z]/g, '?');
}
