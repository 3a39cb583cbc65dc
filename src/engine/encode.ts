import type { Tensor } from '../core/tensor';
import { npyBytes } from '../export/npy';
import { pngBytes, toPicture } from '../export/png';
import type { EncodeRequest } from './message';
import type { PictureTensor } from './view';

/** A pooled picture that can be computed in two ways. */
export interface Encodable {
  /** In the picture's own element type, clipped and truncated. */
  readonly picture: () => PictureTensor;
  /** Exactly as the framework computes it. */
  readonly exact: () => Tensor;
}

/**
 * A whole pooling as the bytes of a file: a PNG or an array, both with the picture's own element type, or an array of
 * float32 exactly as the framework computes it. A PNG takes 100 to 250 ms per megapixel, so it is made in the worker
 * thread.
 */
export async function encode({ picture, exact }: Encodable, as: EncodeRequest['as']): Promise<Uint8Array<ArrayBuffer>> {
  switch (as) {
    case 'png': {
      const output = picture();
      return pngBytes(toPicture(output, output.data instanceof Uint16Array ? 16 : 8));
    }
    case 'array':
      return npyBytes(picture());
    case 'floats':
      return npyBytes(exact(), 'float32');
  }
}
