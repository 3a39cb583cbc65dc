import { npyBytes } from '../export/npy';
import { pngBytes, toPicture } from '../export/png';
import type { EncodeRequest } from './message';
import type { PooledPicture } from './pooled';

/**
 * A whole pooling as the bytes of a file: a PNG of the picture that the screen shows, or an array of the picture's own
 * element type, or of float32 exactly as the framework gives it. Takes 100 to 250 ms a megapixel for a PNG, which is why
 * it is made in this thread.
 *
 * @throws PoolError for illegal options
 */
export function encode(pooled: PooledPicture, { kind, options, as }: EncodeRequest): Uint8Array<ArrayBuffer> {
  switch (as) {
    case 'png': {
      const output = pooled.output(kind, options);
      return pngBytes(toPicture(output, output.data instanceof Uint16Array ? 16 : 8));
    }
    case 'array':
      return npyBytes(pooled.output(kind, options));
    case 'floats':
      return npyBytes(pooled.exact(kind, options), 'float32');
  }
}
