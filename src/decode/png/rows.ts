import type { PngFile } from './file';
import { colourTypes, type PngHeader } from './header';

type Samples = Uint8Array | Uint16Array;

/** Writes a row's samples as pixels: the first at index `to`, each next one `stride` further on. */
type RowWriter = (samples: Samples, to: number, columns: number, stride: number) => void;

/** A function that writes a file's rows into its picture of so many channels. */
export function rowWriter({ header, palette, transparency }: PngFile, data: Samples, channels: number): RowWriter {
  if (palette) return paletteWriter(paletteColours(palette, transparency), data, channels);
  if (transparency) return keyWriter(transparentKey(header, transparency), data);
  return plainWriter(data, channels);
}

function plainWriter(data: Samples, channels: number): RowWriter {
  return (samples, to, columns, stride) => {
    if (stride === channels) {
      data.set(samples, to);
      return;
    }
    for (let i = 0, from = 0; i < columns; i++, from += channels, to += stride) {
      for (let c = 0; c < channels; c++) data[to + c] = samples[from + c]!;
    }
  };
}

/** @param colours RGBA by index */
function paletteWriter(colours: Uint8Array, data: Samples, channels: number): RowWriter {
  return (samples, to, columns, stride) => {
    for (let i = 0; i < columns; i++, to += stride) {
      const from = samples[i]! * 4;
      for (let c = 0; c < channels; c++) data[to + c] = colours[from + c]!;
    }
  };
}

/** Adds alpha: 0 for the one grey or colour that is transparent, opaque for all others. */
function keyWriter(key: readonly number[], data: Samples): RowWriter {
  const opaque = key.length;
  const most = data instanceof Uint16Array ? 65535 : 255;
  return (samples, to, columns, stride) => {
    for (let i = 0, from = 0; i < columns; i++, from += opaque, to += stride) {
      let matches = true;
      for (let c = 0; c < opaque; c++) {
        const sample = samples[from + c]!;
        data[to + c] = sample;
        if (sample !== key[c]) matches = false;
      }
      data[to + opaque] = matches ? 0 : most;
    }
  };
}

/**
 * A function that turns a row's bytes into samples; grey below 8 bits is scaled to 0..255, a palette index stays as it
 * is.
 */
export function sampleReader(header: PngHeader): (row: Uint8Array, count: number) => Samples {
  const { depth, width, samples } = header;
  if (depth === 8) return row => row;
  if (depth === 16) {
    const wide = new Uint16Array(width * samples);
    return (row, count) => {
      for (let i = 0, j = 0; i < count; i++, j += 2) wide[i] = (row[j]! << 8) | row[j + 1]!;
      return count === wide.length ? wide : wide.subarray(0, count);
    };
  }
  const mask = (1 << depth) - 1;
  const scale = header.colourType === colourTypes.palette ? 1 : 255 / mask;
  const narrow = new Uint8Array(width);
  return (row, count) => {
    for (let i = 0, bit = 0; i < count; i++, bit += depth) {
      narrow[i] = ((row[bit >> 3]! >> (8 - depth - (bit & 7))) & mask) * scale;
    }
    return narrow;
  };
}

/** 256 RGBA colours; an index beyond the palette is opaque black, as in libpng. */
function paletteColours(palette: Uint8Array, transparency: Uint8Array | undefined): Uint8Array {
  const colours = new Uint8Array(256 * 4);
  for (let i = 0; i < 256; i++) {
    if (i * 3 < palette.length) colours.set(palette.subarray(i * 3, i * 3 + 3), i * 4);
    colours[i * 4 + 3] = transparency?.[i] ?? 255;
  }
  return colours;
}

/** The transparent grey or colour, in the samples' scale. Bits above the depth are ignored, as in libpng. */
function transparentKey({ depth }: PngHeader, transparency: Uint8Array): number[] {
  const mask = 2 ** depth - 1;
  const scale = depth < 8 ? 255 / mask : 1;
  const key: number[] = [];
  for (let i = 0; i < transparency.length; i += 2) {
    key.push((((transparency[i]! << 8) | transparency[i + 1]!) & mask) * scale);
  }
  return key;
}
