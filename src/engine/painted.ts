import type { PaintRow } from '../core/derive';
import { cuts } from '../core/fast/shrink';
import type { Region } from '../protocol';
import { sumColumns, sumRows } from './region';

/** A picture whose rows are made when they are asked for; 8-bit, 1 (grey), 3 (RGB) or 4 (RGBA) interleaved channels. */
export interface PaintedSurface {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly paint: PaintRow;
}

/**
 * A region's samples for the screen, by the same rules as `sampleRegion`: the pixels themselves, or averages over the area
 * that each sample covers. No more rows exist at a time than one sample covers. The region must lie on the surface.
 */
export function samplePainted({ width, channels, paint }: PaintedSurface, region: Region): Uint8Array<ArrayBuffer> {
  const { columns, rows } = region;
  const pitch = width * channels;
  const left = region.x * channels;
  const stride = columns * channels;
  const bytes = new Uint8Array(rows * stride);
  if (columns === region.width && rows === region.height) {
    const line = new Uint8Array(pitch);
    for (let row = 0; row < rows; row++) {
      paint(region.y + row, line);
      bytes.set(line.subarray(left, left + stride), row * stride);
    }
    return bytes;
  }

  const across = cuts(region.width, columns);
  const down = cuts(region.height, rows);
  const lines = new Uint8Array(pitch * (Math.ceil(region.height / rows) + 1));
  const line = new Float64Array(region.width * channels);
  const sums = new Float64Array(stride);
  const scale = (columns * rows) / (region.width * region.height);
  for (let row = 0; row < rows; row++) {
    const start = down.start[row]!;
    const count = down.end[row]! - start;
    for (let i = 0; i < count; i++) paint(region.y + start + i, lines.subarray(i * pitch, (i + 1) * pitch));
    sumRows(lines, left, pitch, count, down.first[row]!, down.last[row]!, line);
    sumColumns(line, channels, across, sums);
    for (let i = 0; i < stride; i++) bytes[row * stride + i] = sums[i]! * scale + 0.5;
  }
  return bytes;
}
