import type { Tensor } from '../../src/core/tensor';
import { integers } from '../random';

/** The bench's picture in grey or in colour. */
export type Pictures = (channels: 1 | 3) => Tensor<Uint8Array>;

/** Noise from a fixed seed: branches and clipping find no pattern in it. */
export function noise(height: number, width: number): Pictures {
  const made = new Map<number, Tensor<Uint8Array>>();
  return channels => {
    let picture = made.get(channels);
    if (!picture) {
      const below = integers(1);
      const data = Uint8Array.from({ length: width * height * channels }, () => below(256));
      picture = { shape: [1, channels, height, width], data };
      made.set(channels, picture);
    }
    return picture;
  };
}

export function milliseconds(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
