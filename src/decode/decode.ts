import { hasWebAssembly } from '../core/webAssembly';
import type { Decoder } from './decoder';
import { detectFormat } from './detect';
import { DecodeError } from './error';
import type { FormatName } from './formats';
import { checkSize, type DecodedImage, type DecodeLimits, type DecodeOptions, defaultLimits } from './image';
import { jpegDecoder } from './jpeg/decode';
import { uprightImage } from './orient';
import { pngDecoder } from './png/decode';
import { Stopwatch } from './stopwatch';

export { DecodeError } from './error';
export type { DecodedImage, DecodeLimits, DecodeOptions } from './image';

const decoders: Readonly<Record<FormatName, Decoder>> = { png: pngDecoder, jpeg: jpegDecoder };

/**
 * Compiles what decoding needs: some ms that the first picture then does not need. Nothing if WebAssembly cannot run.
 */
export function prepareDecoders(): void {
  if (!hasWebAssembly()) return;
  for (const decoder of Object.values(decoders)) decoder.prepare();
}

/**
 * Decodes a picture; its first bytes determine the format. Runs on the calling thread and keeps no state, so a worker
 * can be ended during a decode. `bytes` is only read.
 * @param limits compared with the size in the header, before anything is allocated
 * @throws {DecodeError} (as a rejection) and nothing else, whatever is in the file
 */
export async function decodeImage(
  bytes: Uint8Array,
  limits: Partial<DecodeLimits> = {},
  { orient = true, onStage }: DecodeOptions = {},
): Promise<DecodedImage> {
  const bounds = { ...defaultLimits, ...limits };
  let size = { width: 0, height: 0 };
  const onSize = (width: number, height: number) => {
    size = { width, height };
    checkSize(width, height, bounds);
  };
  const decoder = decoders[detectFormat(bytes)];
  try {
    const stored = await decoder.decode(bytes, onSize, onStage);
    if (!orient || stored.orientation === 1) return stored;
    const watch = new Stopwatch(onStage);
    const upright = uprightImage(stored);
    watch.lap('orient');
    return upright;
  } catch (error) {
    // Failed allocations throw a RangeError, the one failure that no check of the file can predict.
    if (error instanceof RangeError) throw new DecodeError('outOfMemory', size, error);
    throw error;
  }
}
