import { crc32 } from 'node:zlib';
import type { DecodedImage } from '../../../src/decode/image';

/** CRC-32 of samples as they lie in memory: the golden files' way to say what OpenCV reads. */
export function checksum(data: Uint8Array | Uint16Array): number {
  return crc32(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
}

/** The samples of some channels of each pixel. */
export function pick({ data, channels }: DecodedImage, wanted: readonly number[]): Uint8Array | Uint16Array {
  const length = (data.length / channels) * wanted.length;
  const picked = data instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    picked[i] = data[Math.floor(i / wanted.length) * channels + wanted[i % wanted.length]!]!;
  }
  return picked;
}

/** R, G, B of each pixel, as OpenCV spreads grey over them and leaves alpha out. */
export function asRgb(image: DecodedImage): Uint8Array | Uint16Array {
  return pick(image, image.channels >= 3 ? [0, 1, 2] : [0, 0, 0]);
}
