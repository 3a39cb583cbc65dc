import { DecodeError } from '../error';
import { readOrientation } from '../exif';
import type { Orientation } from '../image';
import { blocksOf, type Component, type Frame } from './frame';
import { markers, type Segment, segmentsOf } from './segments';
import { huffmanTables, quantizationTables, standardHuffmanTables } from './tables';

/** What a JPEG file says about its picture, before the pixels. */
export interface JpegFile {
  readonly bytes: Uint8Array;
  readonly frame: Frame;
  /** From the EXIF data, 1 without any. */
  readonly orientation: Orientation;
  /** Whether the EXIF data comes after another APP1 segment, for example XMP: OpenCV 4 reads only the first. */
  readonly exifIsHidden: boolean;
  /** Whether the three components are R, G and B. */
  readonly isRgb: boolean;
  /** Whether the picture has several scans. */
  readonly hasManyScans: boolean;
  /** The first thing that looks wrong, to report if libjpeg makes no picture. */
  readonly fault: DecodeError | undefined;
}

/** Block visits that any file may need: about a tenth of a second. */
const freeBlockVisits = 6_000_000;
/**
 * Above that, the limit of visits per block. A usual progressive file needs about 6, the most that makes sense is 30.
 */
const visitsPerBlock = 40;
/**
 * For any size, because each scan costs time for its tables. Four components in single frequencies and bits need fewer.
 */
const maxScans = 1000;

/** Pixels. Up to this size, libjpeg may fill in any part that a truncated file lacks. */
const freePixels = 16_000_000;
/** Above that, the limit of blocks per bit of the file; a sound file has at least one bit for each block. */
const blocksPerBit = 4;

/** libjpeg's JPEG_MAX_DIMENSION. */
const longestSide = 65500;

const markerNames: Readonly<Record<number, string>> = {
  [markers.sof0]: 'SOF',
  [markers.sof1]: 'SOF',
  [markers.sof2]: 'SOF',
  [markers.dht]: 'DHT',
  [markers.soi]: 'SOI',
  [markers.sos]: 'SOS',
  [markers.dqt]: 'DQT',
  [markers.dri]: 'DRI',
  [markers.app14]: 'APP14',
};

/**
 * Reads a JPEG's markers: what must be known before the pixels are decoded, and what to report if that fails.
 * Everything else is left to libjpeg.
 * @param onSize gets width and height as soon as they are read, and may throw
 * @throws {DecodeError} for what libjpeg does not decode, or not within the limits
 */
export function readMarkers(bytes: Uint8Array, onSize: (width: number, height: number) => void): JpegFile {
  const reader = new MarkerReader(onSize);
  for (const segment of segmentsOf(bytes)) {
    reader.take(segment);
    if (reader.isDone) break;
  }
  return reader.finish(bytes);
}

/** Takes a file's segments in order, and keeps what must be known and the first fault. */
class MarkerReader {
  #frame: Frame | undefined;
  #fault: DecodeError | undefined;
  #exif: Uint8Array | undefined;
  #exifIsHidden = false;
  #seenApp1 = false;
  #isJfif = false;
  #adobeTransform: number | undefined;
  readonly #quantization = new Set<number>();
  readonly #huffman = new Set<string>();
  #scans = 0;
  #visits = 0;
  #ended = false;
  /** True until the first scan has been read, because there may be many. */
  #hasManyScans = true;

  constructor(private readonly onSize: (width: number, height: number) => void) {}

  /** Whether nothing relevant can follow: the only scan has been read. */
  get isDone(): boolean {
    return this.#visits > 0 && !this.#hasManyScans;
  }

  take({ marker, data, fault }: Segment): void {
    if (fault) {
      this.#suspect(fault === 'cut' ? new DecodeError('truncated') : damaged(marker));
      return;
    }
    switch (marker) {
      case markers.sof0:
      case markers.sof1:
      case markers.sof2:
        this.#readFrame(marker, data);
        break;
      case markers.sos:
        this.#readScan(data);
        break;
      case markers.dht: {
        const found = huffmanTables(data);
        if (!found) this.#suspect(damaged(marker));
        for (const name of found ?? []) this.#huffman.add(name);
        break;
      }
      case markers.dqt: {
        const found = quantizationTables(data);
        if (!found) this.#suspect(damaged(marker));
        for (const id of found ?? []) this.#quantization.add(id);
        break;
      }
      case markers.dri:
        if (data.length !== 2) this.#suspect(damaged(marker));
        break;
      case markers.app0:
        this.#isJfif ||= data.length >= 14 && beginsWith(data, 'JFIF\0');
        break;
      case markers.app1:
        if (!this.#exif && beginsWith(data, 'Exif\0\0')) {
          this.#exif = data.subarray(6);
          this.#exifIsHidden = this.#seenApp1;
        }
        this.#seenApp1 = true;
        break;
      case markers.app14:
        if (data.length >= 12 && beginsWith(data, 'Adobe')) this.#adobeTransform = data[11]!;
        break;
      case markers.eoi:
        this.#ended = true;
        break;
      default:
        this.#takeOther(marker);
    }
  }

  finish(bytes: Uint8Array): JpegFile {
    const frame = this.#frame;
    if (!frame || this.#scans === 0) {
      if (!this.#ended) throw this.#fault ?? new DecodeError('truncated');
      throw this.#fault ?? new DecodeError('missingMarker', { marker: frame ? 'SOS' : 'SOF' });
    }
    const { width, height, components } = frame;
    // A large picture that is nearly all missing would only fill memory.
    if (width * height > freePixels && blocksOf(frame, components) > blocksPerBit * 8 * bytes.length) {
      throw new DecodeError('truncated');
    }
    return {
      bytes,
      frame,
      orientation: this.#exif ? readOrientation(this.#exif) : 1,
      exifIsHidden: this.#exifIsHidden,
      isRgb: this.#isRgb(frame),
      hasManyScans: this.#hasManyScans,
      fault: this.#fault,
    };
  }

  #suspect(fault: DecodeError): void {
    this.#fault ??= fault;
  }

  /** Markers of other kinds of JPEG, markers to ignore, and invalid ones. */
  #takeOther(marker: number): void {
    if (marker === 0xc9 || marker === 0xca) {
      if (!this.#frame) throw new DecodeError('arithmetic');
    } else if ((marker >= 0xc3 && marker <= 0xcf && marker !== 0xcc) || [0xde, 0xdf, 0xf7].includes(marker)) {
      if (!this.#frame) throw new DecodeError('lossless');
    } else if (marker < 0xc0 || marker === markers.soi || (marker >= 0xf0 && marker < markers.com)) {
      this.#suspect(damaged(marker));
    }
  }

  #readFrame(marker: number, data: Uint8Array): void {
    if (this.#frame) {
      this.#suspect(damaged(marker));
      return;
    }
    const [bits = 0, , , , , count = 0] = data;
    const height = (data[1]! << 8) | data[2]!;
    const width = (data[3]! << 8) | data[4]!;
    if (data.length < 6 || width === 0 || count === 0 || data.length !== 6 + 3 * count) throw damaged(marker);
    if (bits !== 8) throw new DecodeError('precision', { bits });
    if (height === 0) throw unsupported('a height given after its pixels');
    if (count !== 1 && count !== 3 && count !== 4) throw unsupported(`${count} components`);
    this.onSize(width, height);
    if (Math.max(width, height) > longestSide) throw unsupported(`a side of more than ${longestSide} pixels`);
    const components: Component[] = [];
    for (let at = 6; at < data.length; at += 3) {
      const [h, v] = [data[at + 1]! >> 4, data[at + 1]! & 15];
      if (h < 1 || h > 4 || v < 1 || v > 4) throw damaged(marker);
      components.push({ id: data[at]!, h, v, quantization: data[at + 2]! });
    }
    const [h, v] = [Math.max(...components.map(c => c.h)), Math.max(...components.map(c => c.v))];
    if (components.some(c => h % c.h !== 0 || v % c.v !== 0)) this.#suspect(unsupported('fractional sampling factors'));
    this.#frame = { progressive: marker === markers.sof2, width, height, components };
  }

  #readScan(data: Uint8Array): void {
    const frame = this.#frame;
    if (!frame) throw new DecodeError('missingMarker', { marker: 'SOF' });
    this.#scans++;
    const count = data[0] ?? 0;
    const used: Component[] = [];
    for (let at = 1; at < 1 + 2 * count; at += 2) {
      // Components may share an id: take the first one with this id that the scan has not used yet.
      const component = frame.components.find(c => c.id === data[at] && !used.includes(c));
      if (!component) break;
      used.push(component);
      this.#checkTables(frame, component, data[at + 1]!, data[1 + 2 * count]!, data[3 + 2 * count]! >> 4);
    }
    if (count < 1 || count > 4 || data.length !== 4 + 2 * count || used.length < count) {
      this.#suspect(damaged(markers.sos));
    }
    this.#hasManyScans = frame.progressive || used.length < frame.components.length;
    this.#visits += used.length > 0 ? blocksOf(frame, used) : 0;
    const most = Math.max(freeBlockVisits, visitsPerBlock * blocksOf(frame, frame.components));
    if (this.#visits > most || this.#scans > maxScans) throw new DecodeError('tooManyScans', { scans: this.#scans });
  }

  #checkTables({ progressive }: Frame, component: Component, tables: number, start: number, high: number): void {
    if (!this.#quantization.has(component.quantization)) {
      this.#suspect(new DecodeError('missingTable', { table: 'quantization' }));
    }
    const needed = [
      ...(!progressive || (start === 0 && high === 0) ? [`DC ${tables >> 4}`] : []),
      ...(!progressive || start > 0 ? [`AC ${tables & 15}`] : []),
    ];
    for (const name of needed) {
      if (this.#huffman.has(name) || (!progressive && standardHuffmanTables.includes(name))) continue;
      this.#suspect(new DecodeError('missingTable', { table: `Huffman ${name}` }));
    }
  }

  /** libjpeg's rules: JFIF is always YCbCr; else Adobe's marker decides; else the components' ids. */
  #isRgb({ components }: Frame): boolean {
    if (components.length !== 3 || this.#isJfif) return false;
    if (this.#adobeTransform !== undefined) return this.#adobeTransform === 0;
    return components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB';
  }
}

function beginsWith(data: Uint8Array, text: string): boolean {
  return data.length >= text.length && Array.from(text).every((letter, i) => data[i] === letter.charCodeAt(0));
}

function unsupported(feature: string): DecodeError {
  return new DecodeError('unsupported', { format: 'JPEG', feature });
}

function damaged(marker: number): DecodeError {
  const name = markerNames[marker] ?? `FF${marker.toString(16).toUpperCase().padStart(2, '0')}`;
  return new DecodeError('damagedMarker', { marker: name });
}
