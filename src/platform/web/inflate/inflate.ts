/**
 * Unpacking zlib data without a host's help, with the same results as zlib in Node: what damaged PNGs show depends on
 * them. fflate 0.8.3 took 488 of 500 streams with one wrong bit for sound, for it leaves out the checksum; a browser's
 * DecompressionStream cannot be bounded, and says neither where nor why it stopped.
 */
import type { Inflated, InflateFailure, Platform } from '../../platform';
import { joined } from '../joined';
import { Unpacker } from './unpacker';

export const inflate: Platform['inflate'] = async (packed, length) => {
  let bytes: Uint8Array<ArrayBuffer>;
  let unpacker: Unpacker;
  try {
    bytes = new Uint8Array(length);
    unpacker = new Unpacker(packed);
  } catch (error) {
    return { failure: 'memory', cause: error };
  }
  return closed(unpacker, () => fill(bytes, unpacker));
};

function fill(bytes: Uint8Array<ArrayBuffer>, unpacker: Unpacker): Inflated | InflateFailure {
  const { length } = bytes;
  for (let at = 0; at < length; ) {
    const piece = unpacker.next(length - at);
    bytes.set(piece.bytes, at);
    at += piece.bytes.length;
    if (piece.stop === 'full') continue;
    if (piece.stop !== 'end') return { failure: piece.stop };
    return at < length ? { failure: 'short' } : whole(bytes, unpacker);
  }
  // Whatever data follows, also damaged: damage of these bytes, such as a wrong checksum, would have shown without room.
  const { bytes: more, stop } = unpacker.next(1);
  if (more.length > 0 || stop === 'damaged') return { bytes, surplus: 'data' };
  return stop === 'end' ? whole(bytes, unpacker) : { failure: 'short' };
}

/** Bytes with which the data ends. */
function whole(bytes: Uint8Array<ArrayBuffer>, { hasSurplus }: Unpacker): Inflated {
  return { bytes, ...(hasSurplus && { surplus: 'bytes' }) };
}

export const inflateStart: Platform['inflateStart'] = async packed => {
  const unpacker = new Unpacker(packed);
  return closed(unpacker, () => start(unpacker));
};

function start(unpacker: Unpacker): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { bytes, stop } = unpacker.next(Number.POSITIVE_INFINITY);
    if (stop === 'damaged') return undefined;
    pieces.push(bytes.slice());
    if (stop !== 'full') return joined(pieces);
  }
}

export const inflatePieces: Platform['inflatePieces'] = async (packed, { pieceLength, strictWindow }, onPiece) => {
  const unpacker = new Unpacker(packed);
  // CINFO of RFC 1950, section 2.2.
  const declared = strictWindow ? 2 ** ((packed[0]! >> 4) + 8) : undefined;
  return closed(unpacker, () => {
    for (;;) {
      const { bytes, stop } = unpacker.next(pieceLength, declared);
      if (stop === 'damaged') return false;
      if (bytes.length > 0 && onPiece(bytes)) return true;
      if (stop !== 'full') return stop === 'end';
    }
  });
};

/** What is unpacked, after which the unpacker is closed. */
function closed<T>(unpacker: Unpacker, unpack: () => T): T {
  try {
    return unpack();
  } finally {
    unpacker.close();
  }
}
