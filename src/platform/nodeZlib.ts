import { constants, createInflate, inflateSync, crc32 as zlibCrc32 } from 'node:zlib';
import type { Inflated, InflateFailure, Platform } from './platform';

/** The smallest output buffer that zlib accepts. */
const minChunkSize = 64;

export const crc32: Platform['crc32'] = bytes => zlibCrc32(bytes);

export const inflate: Platform['inflate'] = async (packed, length) => {
  try {
    return inflateAtOnce(packed, length);
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'Z_BUF_ERROR':
        return { failure: 'short', cause: error };
      case 'Z_NEED_DICT':
        return { failure: 'damaged', cause: error };
      // The damage may be behind those bytes.
      case 'Z_DATA_ERROR':
      case 'ERR_BUFFER_TOO_LARGE':
        return (await inflateAhead(packed, length)) ?? { failure: 'damaged', cause: error };
      default:
        return { failure: 'memory', cause: error };
    }
  }
};

/** @throws zlib's errors, and `ERR_BUFFER_TOO_LARGE` for data that continues after `length` bytes */
function inflateAtOnce(packed: Uint8Array, length: number): Inflated | InflateFailure {
  // One byte more than needed: if its buffer is full, zlib allocates a second one.
  const options = { maxOutputLength: length, chunkSize: Math.max(minChunkSize, length + 1), info: true };
  // The result with `info`, which Node's types do not describe.
  const { buffer, engine } = inflateSync(packed, options) as unknown as {
    readonly buffer: Buffer<ArrayBuffer>;
    readonly engine: { readonly bytesWritten: number };
  };
  if (buffer.length < length) return { failure: 'short' };
  return { bytes: unshared(buffer), ...(engine.bytesWritten < packed.length && { surplus: 'bytes' }) };
}

/** The first `length` bytes of data that continues after them; undefined if it is damaged before their end. */
async function inflateAhead(packed: Uint8Array, length: number): Promise<Inflated | undefined> {
  let first: Buffer<ArrayBuffer> | undefined;
  // A stream emits a piece each time its buffer is full: here after the last byte needed, whatever follows.
  await piecesOf(createInflate({ chunkSize: Math.max(minChunkSize, length) }), packed, piece => {
    first ??= piece;
    return true;
  });
  if (!first || first.length < length) return undefined;
  return { bytes: unshared(first.subarray(0, length)), surplus: 'data' };
}

/** Small buffers lie in a pool that Node shares: copy them, so that the memory can be transferred. */
function unshared(buffer: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const isShared = buffer.buffer.byteLength > buffer.length + minChunkSize;
  return isShared ? new Uint8Array(buffer) : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

export const inflateStart: Platform['inflateStart'] = async packed => {
  try {
    return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
};

export const inflatePieces: Platform['inflatePieces'] = (packed, { pieceLength, strictWindow = false }, onPiece) => {
  // 0 means the window that the data declares; without it zlib uses 32 KB.
  const window = strictWindow ? { windowBits: 0 } : {};
  return piecesOf(createInflate({ chunkSize: Math.max(minChunkSize, pieceLength), ...window }), packed, onPiece);
};

/**
 * Passes on the unpacked pieces. Resolves with whether there was no error until the end, or until `onPiece` returned
 * true.
 */
function piecesOf(
  inflating: ReturnType<typeof createInflate>,
  packed: Uint8Array,
  onPiece: (piece: Buffer<ArrayBuffer>) => boolean,
): Promise<boolean> {
  let isSound = true;
  inflating.on('data', (piece: Buffer<ArrayBuffer>) => {
    if (onPiece(piece)) inflating.destroy();
  });
  inflating.on('error', () => {
    isSound = false;
  });
  inflating.end(packed);
  return new Promise(resolve => inflating.once('close', () => resolve(isSound)));
}
