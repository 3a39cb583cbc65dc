import { crc32 } from 'node:zlib';
import { DecodeError } from '../error';

/** A chunk's four letters and its data, a view of the file. */
export interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * The chunks of a PNG file from after the signature to IEND, each with its length and checksum verified. Nothing is
 * unpacked here, so text and profile chunks that would explode stay harmless. Bytes after IEND are ignored.
 * @throws DecodeError `truncated` or `damagedChunk`
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
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
      throw new DecodeError('damagedChunk', { chunk: name });
    }
    yield { name, data: bytes.subarray(at + 8, end) };
    if (name === 'IEND') return;
    at = end + 4;
  }
}

function printable(name: string): string {
  return name.replace(/[^A-Za-z]/g, '?');
}
