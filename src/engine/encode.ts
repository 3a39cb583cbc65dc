import type { PlannedLayer } from '../core/plan';
import { npyBytes } from '../export/npy';
import { pngBytes, toPicture } from '../export/png';
import type { EncodeRequest } from './message';
import type { PoolCache } from './poolCache';

/**
 * A whole pooling as the bytes of a file: a PNG or an array, both with the picture's own element type, or an array of
 * float32 exactly as the framework computes it. A PNG takes 100 to 250 ms per megapixel, so it is made in the worker
 * thread.
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
