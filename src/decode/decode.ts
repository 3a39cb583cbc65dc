import { hasWebAssembly } from '../core/webAssembly';
import { DecodeError } from './error';
import { formatOf } from './format';
import { checkSize, type DecodedImage, type DecodeLimits, type DecodeOptions, defaultLimits } from './image';
import { decodeJpeg } from './jpeg/decode';
import { turboJpeg } from './jpeg/libjpeg/libjpeg';
import { decodePng } from './png/decode';
import { filterKernels } from './png/filters/kernels';

export { DecodeError } from './error';
export type { DecodedImage, DecodeLimits, DecodeOptions } from './image';

/** Compiles what decoding needs, some ms that the first picture then does not take. Nothing where WebAssembly cannot run. */
export function prepareDecoders(): void {
  if (!hasWebAssembly()) return;
  turboJpeg.compile();
  filterKernels.compile();
}

/**
 * Decodes a PNG or JPEG picture, told apart by their first bytes. Runs on the calling thread and holds no state, so a
 * worker can be ended in the middle of it. `bytes` is only read.
 * @param limits the picture's size is read from its header and refused above these before anything is allocated
 * @throws DecodeError (as a rejection) and nothing else, whatever is in the file
 */
export async function decodeImage(
  bytes: Uint8Array,
  limits: Partial<DecodeLimits> = {},
  options: DecodeOptions = {},
): Promise<DecodedImage> {
  const bounds = { ...defaultLimits, ...limits };
  let size = { width: 0, height: 0 };
  const onSize = (width: number, height: number) => {
    size = { width, height };
    checkSize(width, height, bounds);
  };
  const decode = formatOf(bytes) === 'png' ? decodePng : decodeJpeg;
  try {
    return await decode(bytes, onSize, options);
  } catch (error) {
    // Allocations fail with a RangeError: the one failure that no check of the file can foresee.
    if (error instanceof RangeError) throw new DecodeError('outOfMemory', size, error);
    throw error;
  }
}
