import type { PlannedLayer } from '../core/plan';
import { npyBytes } from '../export/npy';
import { pngBytes, toPicture } from '../export/png';
import type { EncodeRequest } from './message';
import type { PoolCache } from './poolCache';

/**
 * A whole pooling as the bytes of a file: a PNG of the picture that the screen shows, or an array of the picture's own
 * element type, or of float32 exactly as the framework gives it. Takes 100 to 250 ms a megapixel for a PNG, which is why
 * it is made in this thread.
 */
export function encode(pools: PoolCache, layer: PlannedLayer, as: EncodeRequest['as']): Uint8Array<ArrayBuffer> {
  switch (as) {
    case 'png': {
      const output = pools.output(layer);
      return pngBytes(toPicture(output, output.data instanceof Uint16Array ? 16 : 8));
    }
    case 'array':
      return npyBytes(pools.output(layer));
    case 'floats':
      return npyBytes(pools.exact(layer), 'float32');
  }
}
