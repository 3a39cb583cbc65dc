/** The samples that the screen shows of a part of a picture: its pixels, or averages over areas. */
import { type Cuts, cuts } from '../core/fast/shrink';
import type { PaneKind } from '../core/panes';
import type { Region } from '../core/region';
import type { Tile } from '../protocol';

/** Successive rows in memory; the first one begins at index `from`. */
interface Rows {
  readonly data: Uint8Array | Uint16Array;
  readonly from: number;
}

/** A picture for a pane: 1 (grey), 3 (RGB) or 4 (RGBA) interleaved channels. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  /** 8 for 16-bit samples, which are shifted for the screen. */
  readonly shift: 0 | 8;
  /** `count` rows from row `y` on, made now if necessary; valid until the next call. */
  readonly rowsAt: (y: number, count: number) => Rows;
}

/**
 * The part of a region that lies on the surface, with the same sample density; undefined if none does. A region can
 * reach beyond the surface if it was requested just before the picture, or its pooling, became smaller.
 */
export function clipRegion(
  region: Region,
  surface: { readonly width: number; readonly height: number },
): Region | undefined {
  const width = Math.min(region.width, surface.width - region.x);
  const height = Math.min(region.height, surface.height - region.y);
  if (width < 1 || height < 1) return undefined;
  if (width === region.width && height === region.height) return region;
  const columns = Math.max(1, Math.round((region.columns * width) / region.width));
  const rows = Math.max(1, Math.round((region.rows * height) / region.height));
  return { x: region.x, y: region.y, width, height, columns, rows };
}

/**
 * A region's samples for the screen, `rows × columns × channels` bytes in a buffer of exactly that size. With as many
 * columns and rows as the region has pixels, they are the pixels; with fewer, the average over the area of each sample,
 * including fractions of pixels, rounded. The region must lie on the surface. Rows are requested for one row of samples
 * at a time.
 */
export function resample(surface: Surface, region: Region): Uint8Array<ArrayBuffer> {
  return region.columns === region.width && region.rows === region.height
    ? cropped(surface, region)
    : averaged(surface, region);
}

/** A region of a pane's picture for the screen; undefined if the region is outside the picture. */
export function tileOf(pane: PaneKind, surface: Surface, asked: Region): Tile | undefined {
  const region = clipRegion(asked, surface);
  return region && { ...region, pane, channels: surface.channels, data: resample(surface, region) };
}

function cropped({ channels, shift, rowsAt }: Surface, region: Region): Uint8Array<ArrayBuffer> {
  const stride = region.width * channels;
  const bytes = new Uint8Array(region.height * stride);
  for (let row = 0; row < region.height; row++) {
    const { data, from } = rowsAt(region.y + row, 1);
    const start = from + region.x * channels;
    if (data instanceof Uint8Array) {
      bytes.set(data.subarray(start, start + stride), row * stride);
    } else {
      const to = row * stride;
      for (let i = 0; i < stride; i++) bytes[to + i] = data[start + i]! >> shift;
    }
  }
  return bytes;
}

function averaged({ width, channels, shift, rowsAt }: Surface, region: Region): Uint8Array<ArrayBuffer> {
  const { columns, rows } = region;
  const across = cuts(region.width, columns);
  const down = cuts(region.height, rows);
  const pitch = width * channels;
  const stride = columns * channels;
  const bytes = new Uint8Array(rows * stride);
  // Rows first: this pass reads all the memory, and it reads rows in order whatever the number of channels.
  const line = new Float64Array(region.width * channels);
  const sums = new Float64Array(stride);
  const scale = (columns * rows) / (region.width * region.height);

  for (let row = 0; row < rows; row++) {
    const start = down.start[row]!;
    const count = down.end[row]! - start;
    const { data, from } = rowsAt(region.y + start, count);
    sumRows(data, from + region.x * channels, pitch, count, down.first[row]!, down.last[row]!, line);
    sumColumns(line, channels, across, sums);
    const to = row * stride;
    // The weights add up to 1 / `scale`, so that a white area stays well below the next whole number.
    for (let i = 0; i < stride; i++) bytes[to + i] = (sums[i]! * scale + 0.5) >> shift;
  }
  return bytes;
}

/**
 * Weighted sum of `rows` rows, the first of which begins at `from`: first and last row by their weights, those between
 * by 1. Several rows are added per pass, because most of the time goes into reading and writing the sums.
 */
function sumRows(
  data: Uint8Array | Uint16Array,
  from: number,
  pitch: number,
  rows: number,
  first: number,
  last: number,
  line: Float64Array,
): void {
  const n = line.length;
  if (rows === 1) {
    for (let i = 0; i < n; i++) line[i] = first * data[from + i]!;
    return;
  }
  const final = from + (rows - 1) * pitch;
  let a = from + pitch;
  let between = rows - 2;
  if (between % 2 === 0) {
    for (let i = 0; i < n; i++) line[i] = first * data[from + i]! + last * data[final + i]!;
  } else {
    for (let i = 0; i < n; i++) line[i] = first * data[from + i]! + data[a + i]! + last * data[final + i]!;
    a += pitch;
    between--;
  }
  if (between % 4 === 2) {
    const b = a + pitch;
    for (let i = 0; i < n; i++) line[i] = line[i]! + (data[a + i]! + data[b + i]!);
    a = b + pitch;
    between -= 2;
  }
  for (; between > 0; between -= 4) {
    const b = a + pitch;
    const c = b + pitch;
    const d = c + pitch;
    for (let i = 0; i < n; i++) line[i] = line[i]! + (data[a + i]! + data[b + i]! + data[c + i]! + data[d + i]!);
    a = d + pitch;
  }
}

/** Weighted sums along a line, for each sample and channel. */
function sumColumns(line: Float64Array, channels: number, { start, end, first, last }: Cuts, sums: Float64Array): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let column = 0, to = channel; column < start.length; column++, to += channels) {
      let at = start[column]! * channels + channel;
      const final = (end[column]! - 1) * channels + channel;
      let sum = first[column]! * line[at]!;
      if (at < final) {
        for (at += channels; at < final; at += channels) sum += line[at]!;
        sum += last[column]! * line[final]!;
      }
      sums[to] = sum;
    }
  }
}
