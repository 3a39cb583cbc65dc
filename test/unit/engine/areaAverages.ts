import type { Region } from '../../../src/core/region';

/** A picture in memory, of which a region is shown. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array | Uint16Array;
}

/** A region's samples by definition: every pixel's share in every sample. Slow and exact. */
export function areaAverages({ width, channels, data }: Samples, r: Region): number[] {
  const share = (pixel: number, sample: number, length: number, count: number) =>
    Math.max(0, Math.min(pixel + 1, ((sample + 1) * length) / count) - Math.max(pixel, (sample * length) / count));
  const samples: number[] = [];
  for (let row = 0; row < r.rows; row++) {
    for (let column = 0; column < r.columns; column++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let y = 0; y < r.height; y++) {
          for (let x = 0; x < r.width; x++) {
            const value = data[((r.y + y) * width + r.x + x) * channels + channel]!;
            sum += value * share(y, row, r.height, r.rows) * share(x, column, r.width, r.columns);
          }
        }
        samples.push((sum * r.columns * r.rows) / (r.width * r.height));
      }
    }
  }
  return samples;
}
