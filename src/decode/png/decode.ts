import type { Picture } from '../../core/tensor';
import { readOrientation } from '../exif';
import type { Decoder } from '../format';
import type { DecodedImage, OnStage } from '../image';
import { lazy } from '../lazy';
import { Stopwatch } from '../stopwatch';
import { unfilter } from './filters/filters';
import { filterKernels } from './filters/kernels';
import { weighGrey } from './grey';
import { colourTypes, type PngHeader, readPng } from './header';
import { passesOf, rowBytes } from './passes';
import { unpack } from './unpack';

/**
 * Decodes a PNG to libpng's pixels: every colour type, depth and interlacing, 16 bits kept, palettes and tRNS expanded.
 * Colours are the stored ones, whatever gAMA, sRGB and iCCP say of them; the grey of colours is weighed by them, as OpenCV's is.
 * @throws DecodeError
 */
async function decodePng(
  bytes: Uint8Array,
  onSize: (width: number, height: number) => void,
  onStage: OnStage | undefined,
): Promise<DecodedImage> {
  const watch = new Stopwatch(onStage);
  const file = await readPng(bytes, onSize);
  watch.lap('png chunks');
  const { filtered, notes } = await unpack(file);
  watch.lap('png inflate');
  const { header } = file;
  const pixels = toPicture(header, filtered);
  watch.lap('png rows');
  return {
    ...pixels,
    format: 'png',
    orientation: header.exif ? readOrientation(header.exif) : 1,
    notes: [...file.notes, ...notes],
    grey: lazy(() => greyOf(pixels, header)),
  };
}

export const pngDecoder: Decoder = {
  prepare: () => void filterKernels.compile(),
  decode: decodePng,
};

type Pixels = Pick<DecodedImage, 'width' | 'height' | 'channels' | 'bitDepth' | 'data'>;

function greyOf({ channels, data }: Picture, header: PngHeader): Uint8Array | Uint16Array {
  if (channels === 1) return data;
  if (channels >= 3) return weighGrey(data, channels as 3 | 4, header);
  const grey = data instanceof Uint16Array ? new Uint16Array(data.length / 2) : new Uint8Array(data.length / 2);
  for (let i = 0, from = 0; i < grey.length; i++, from += 2) grey[i] = data[from]!;
  return grey;
}

function toPicture(header: PngHeader, filtered: Uint8Array<ArrayBuffer>): Pixels {
  const { width, height, colourType, depth, palette, transparency } = header;
  const bitDepth = depth === 16 ? 16 : 8;
  const opaque = colourType === colourTypes.palette ? 3 : header.samples;
  const channels = (opaque + (transparency ? 1 : 0)) as 1 | 2 | 3 | 4;
  const plain = !palette && !transparency;
  const length = width * height * channels;
  // A row without its filter byte is never longer than with it, so the picture can grow in the memory of the filtered rows.
  const inPlace = plain && depth >= 8 && !header.interlaced;
  const data = inPlace
    ? new (bitDepth === 16 ? Uint16Array : Uint8Array)(filtered.buffer, filtered.byteOffset, length)
    : new (bitDepth === 16 ? Uint16Array : Uint8Array)(length);
  const samplesOf = sampleReader(header);
  const colours = palette && paletteColours(palette, transparency);
  const key = !palette && transparency ? keyOf(header, transparency) : undefined;
  const most = bitDepth === 16 ? 65535 : 255;
  const step = Math.max(1, (header.samples * depth) >> 3);

  let at = 0;
  for (const pass of passesOf(header)) {
    const bytes = rowBytes(header, pass.columns);
    unfilter(filtered, at, pass.rows, bytes, step, (block, first, count) => {
      if (plain && depth === 8 && pass.dx === 1 && pass.dy === 1) {
        data.set(block, (pass.y + first) * width * channels);
        return;
      }
      for (let row = 0; row < count; row++) {
        const samples = samplesOf(block.subarray(row * bytes, (row + 1) * bytes), pass.columns * header.samples);
        const to = ((pass.y + (first + row) * pass.dy) * width + pass.x) * channels;
        writeRow(samples, to, pass.columns, pass.dx * channels);
      }
    });
    at += pass.rows * (bytes + 1);
  }
  return { width, height, channels, bitDepth, data };

  function writeRow(samples: Uint8Array | Uint16Array, to: number, columns: number, stride: number): void {
    if (plain && stride === channels) {
      data.set(samples, to);
    } else if (colours) {
      for (let i = 0; i < columns; i++, to += stride) {
        const from = samples[i]! * 4;
        for (let c = 0; c < channels; c++) data[to + c] = colours[from + c]!;
      }
    } else {
      for (let i = 0, from = 0; i < columns; i++, from += opaque, to += stride) {
        let matches = true;
        for (let c = 0; c < opaque; c++) {
          const sample = samples[from + c]!;
          data[to + c] = sample;
          if (key && sample !== key[c]) matches = false;
        }
        if (key) data[to + opaque] = matches ? 0 : most;
      }
    }
  }
}

/** Turns a row's bytes into its samples; grey below 8 bits is scaled to 0..255, a palette index is left alone. */
function sampleReader(header: PngHeader): (row: Uint8Array, count: number) => Uint8Array | Uint16Array {
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

/** 256 RGBA colours; an index beyond the palette is opaque black, as libpng shows it. */
function paletteColours(palette: Uint8Array, transparency: Uint8Array | undefined): Uint8Array {
  const colours = new Uint8Array(256 * 4);
  for (let i = 0; i < 256; i++) {
    if (i * 3 < palette.length) colours.set(palette.subarray(i * 3, i * 3 + 3), i * 4);
    colours[i * 4 + 3] = transparency?.[i] ?? 255;
  }
  return colours;
}

/** The transparent grey or colour, in the samples' scale. Bits above the depth do not count, as in libpng. */
function keyOf({ depth }: PngHeader, transparency: Uint8Array): number[] {
  const mask = 2 ** depth - 1;
  const scale = depth < 8 ? 255 / mask : 1;
  const key: number[] = [];
  for (let i = 0; i < transparency.length; i += 2) {
    key.push((((transparency[i]! << 8) | transparency[i + 1]!) & mask) * scale);
  }
  return key;
}
