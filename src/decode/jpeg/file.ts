import { DecodeError } from '../error';
import { findEntropyData } from './entropy';
import { blocksPerUnit, type Component, type Frame, intervalsOf, maxSampling, unitsOf } from './frame';
import { type HuffmanTable, readHuffmanTables, standardHuffmanTables } from './huffman';
import { Progression } from './progression';
import { type History, type Scan, type ScanComponent, walkScan } from './scan';

/** How the components are to be understood. */
export type ColourModel = 'grey' | 'ycc' | 'rgb' | 'cmyk' | 'ycck';

/** A scan whose data is all there. */
export interface CheckedScan extends Scan {
  /** See `WalkedScan`. */
  readonly tidy: boolean;
}

/** A JPEG file taken apart and found sound. */
export interface JpegFile {
  readonly bytes: Buffer;
  readonly frame: Frame;
  readonly model: ColourModel;
  /** The scans in file order, each with the tables that stood when it began. */
  readonly scans: readonly CheckedScan[];
  /** Each component's quantization table as it stood at the component's first scan: 64 values in zigzag order. */
  readonly quantization: readonly Uint16Array[];
  readonly exif?: Uint8Array;
}

/** Block visits that any file may cost: about a second of work. */
const freeBlockVisits = 6_000_000;
/** Above that, how often each block may be visited. A usual progressive file needs about 6, the most that makes sense is 30. */
const visitsPerBlock = 40;
/** However small the picture: each scan costs time for its tables. Four components in single frequencies and bits need fewer. */
const maxScans = 1000;

const markerNames: Readonly<Record<number, string>> = {
  192: 'SOF',
  193: 'SOF',
  194: 'SOF',
  196: 'DHT',
  216: 'SOI',
  218: 'SOS',
  219: 'DQT',
  221: 'DRI',
  238: 'APP14',
};

/**
 * Reads a JPEG's markers, checks everything that jpeg-js takes on trust, and keeps what a decoder needs.
 * `onSize` sees width and height as soon as they are read, and may throw.
 * @throws DecodeError
 */
export function readJpeg(bytes: Uint8Array, onSize: (width: number, height: number) => void): JpegFile {
  return new Reader(bytes, onSize).read();
}

class Reader {
  readonly #bytes: Buffer;
  readonly #scans: CheckedScan[] = [];
  readonly #quantization = new Map<number, Uint16Array>();
  readonly #latched = new Map<number, Uint16Array>();
  readonly #huffman = new Map<string, HuffmanTable>();
  #frame: Frame | undefined;
  #progression: Progression | undefined;
  readonly #history: History = new Map();
  #restartInterval = 0;
  #exif: Uint8Array | undefined;
  #isJfif = false;
  #adobeTransform: number | undefined;
  #visits = 0;

  constructor(
    bytes: Uint8Array,
    private readonly onSize: (width: number, height: number) => void,
  ) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): JpegFile {
    const ended = this.#readMarkers();
    const frame = this.#frame;
    if (!frame) throw ended ? new DecodeError('missingMarker', { marker: 'SOF' }) : new DecodeError('truncated');
    if (this.#scans.length === 0)
      throw ended ? new DecodeError('missingMarker', { marker: 'SOS' }) : new DecodeError('truncated');
    // From the tenth coefficient on, libjpeg shows a picture as it stands; before, it would guess at what is missing.
    const complete = this.#progression ? this.#progression.knows(ended ? 10 : 64) : true;
    if (!complete || this.#latched.size < frame.components.length) throw new DecodeError('truncated');
    return {
      bytes: this.#bytes,
      frame,
      model: this.#colourModel(frame),
      scans: this.#scans,
      quantization: frame.components.map((_, i) => this.#latched.get(i)!),
      ...(this.#exif && { exif: this.#exif }),
    };
  }

  /** Reads up to the end marker; false when the file ends without one. */
  #readMarkers(): boolean {
    const bytes = this.#bytes;
    for (let at = 2; ; ) {
      // What stands between segments is passed over, as every decoder does.
      at = bytes.indexOf(0xff, at);
      if (at < 0) return false;
      while (bytes[at] === 0xff) at++;
      const marker = bytes[at++];
      if (marker === undefined) return false;
      if (marker === 0xd9) return true;
      if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7)) continue;
      if (at + 2 > bytes.length) return false;
      const length = bytes.readUInt16BE(at);
      if (length < 2 || marker === 0xd8) throw damaged(marker);
      if (at + length > bytes.length) throw new DecodeError('truncated');
      at = this.#readSegment(marker, bytes.subarray(at + 2, at + length), at + length);
    }
  }

  /** Takes a segment in; says where to read on. */
  #readSegment(marker: number, data: Buffer, end: number): number {
    switch (marker) {
      case 0xc0:
      case 0xc1:
      case 0xc2:
        this.#readFrame(marker, data);
        break;
      case 0xc4:
        for (const table of readHuffmanTables(data)) this.#huffman.set(nameOf(table), table);
        break;
      case 0xdb:
        this.#readQuantization(data);
        break;
      case 0xdd:
        if (data.length !== 2) throw damaged(marker);
        this.#restartInterval = data.readUInt16BE(0);
        break;
      case 0xda:
        return this.#readScan(data, end);
      case 0xc9:
      case 0xca:
        throw new DecodeError('arithmetic');
      case 0xe0:
        if (data.length >= 14 && data.toString('latin1', 0, 5) === 'JFIF\0') this.#isJfif = true;
        break;
      case 0xe1:
        if (data.toString('latin1', 0, 6) === 'Exif\0\0') this.#exif ??= data.subarray(6);
        break;
      case 0xee:
        if (data.length >= 12 && data.toString('latin1', 0, 5) === 'Adobe') this.#adobeTransform = data[11]!;
        break;
      default:
        if (
          (marker >= 0xc3 && marker <= 0xcf && marker !== 0xcc) ||
          marker === 0xde ||
          marker === 0xdf ||
          marker === 0xf7
        ) {
          throw new DecodeError('lossless');
        }
        if (marker < 0xc0 || (marker >= 0xf0 && marker <= 0xfd)) throw damaged(marker);
    }
    return end;
  }

  #readFrame(marker: number, data: Buffer): void {
    if (this.#frame || data.length < 6) throw damaged(marker);
    const bits = data[0]!;
    const height = data.readUInt16BE(1);
    const width = data.readUInt16BE(3);
    const count = data[5]!;
    if (width === 0 || count === 0 || data.length !== 6 + 3 * count) throw damaged(marker);
    if (bits !== 8) throw new DecodeError('precision', { bits });
    if (height === 0)
      throw new DecodeError('unsupported', { format: 'JPEG', feature: 'a height given after its pixels' });
    if (count !== 1 && count !== 3 && count !== 4) {
      throw new DecodeError('unsupported', { format: 'JPEG', feature: `${count} components` });
    }
    this.onSize(width, height);
    const components: Component[] = [];
    for (let at = 6; at < data.length; at += 3) {
      const id = data[at]!;
      const h = data[at + 1]! >> 4;
      const v = data[at + 1]! & 15;
      if (h < 1 || h > 4 || v < 1 || v > 4 || components.some(c => c.id === id)) throw damaged(marker);
      // Alone, a component is not subsampled against anything.
      components.push({ id, h: count === 1 ? 1 : h, v: count === 1 ? 1 : v, quantization: data[at + 2]! });
    }
    this.#frame = { progressive: marker === 0xc2, width, height, components };
    const most = maxSampling(this.#frame);
    if (components.some(({ h, v }) => most.h % h !== 0 || most.v % v !== 0)) {
      throw new DecodeError('unsupported', { format: 'JPEG', feature: 'fractional sampling factors' });
    }
    if (this.#frame.progressive) this.#progression = new Progression(count);
  }

  #readQuantization(data: Buffer): void {
    for (let at = 0; at < data.length; ) {
      const spec = data[at++]!;
      const wide = spec >> 4;
      if (wide > 1 || (spec & 15) > 3 || at + 64 * (1 + wide) > data.length) throw damaged(0xdb);
      const table = new Uint16Array(64);
      for (let k = 0; k < 64; k++) table[k] = wide ? data.readUInt16BE(at + 2 * k) : data[at + k]!;
      this.#quantization.set(spec & 15, table);
      at += 64 * (1 + wide);
    }
  }

  #readScan(data: Buffer, end: number): number {
    const frame = this.#frame;
    if (!frame) throw new DecodeError('missingMarker', { marker: 'SOF' });
    const count = data[0] ?? 0;
    if (count < 1 || count > 4 || data.length !== 4 + 2 * count) throw damaged(0xda);
    // In a sequential JPEG these have only one legal value, and decoders ignore them.
    const [first, last, approximation] = frame.progressive ? data.subarray(1 + 2 * count) : [0, 63, 0];
    const scan = {
      spectralStart: first!,
      spectralEnd: last!,
      high: approximation! >> 4,
      low: approximation! & 15,
      restartInterval: this.#restartInterval,
    };
    const components: ScanComponent[] = [];
    for (let at = 1; at < 1 + 2 * count; at += 2) {
      const index = frame.components.findIndex(({ id }) => id === data[at]);
      // Only a progressive JPEG comes back to a component.
      if (!frame.progressive && this.#latched.has(index)) throw damaged(0xda);
      if (index < 0 || components.some(other => other.index === index)) throw damaged(0xda);
      const tables = data[at + 1]!;
      components.push({
        index,
        tables,
        quantization: this.#latchedQuantization(index),
        ...(scan.spectralStart === 0 && scan.high === 0 && { dc: this.#table(`DC ${tables >> 4}`) }),
        ...(scan.spectralEnd > 0 && { ac: this.#table(`AC ${tables & 15}`) }),
      });
    }
    this.#checkScan(frame, { ...scan, components });
    const parts = components.map(({ index }) => frame.components[index]!);
    const whole = {
      ...scan,
      components,
      entropy: findEntropyData(this.#bytes, end, intervalsOf(frame, parts, scan.restartInterval) + 1),
    };
    const { tidy } = walkScan(this.#bytes, frame, whole, this.#history);
    this.#scans.push({ ...whole, tidy });
    return whole.entropy.end;
  }

  #checkScan(frame: Frame, { spectralStart, spectralEnd, high, low, components }: Omit<Scan, 'entropy'>): void {
    const parts = components.map(({ index }) => frame.components[index]!);
    const legal =
      spectralStart <= spectralEnd &&
      spectralEnd <= 63 &&
      low <= 13 &&
      (high === 0 || high === low + 1) &&
      (!frame.progressive || (spectralStart === 0 ? spectralEnd === 0 : components.length === 1)) &&
      (components.length === 1 || blocksPerUnit(parts) <= 10);
    if (!legal) throw damaged(0xda);
    for (const { index } of components) {
      if (this.#progression && !this.#progression.add(index, spectralStart, spectralEnd, high, low))
        throw damaged(0xda);
    }
    const visited = unitsOf(frame, parts);
    this.#visits += visited.columns * visited.rows * blocksPerUnit(parts);
    const whole = unitsOf(frame, frame.components);
    const blocks = whole.columns * whole.rows * blocksPerUnit(frame.components);
    if (this.#visits > Math.max(freeBlockVisits, visitsPerBlock * blocks) || this.#scans.length >= maxScans) {
      throw new DecodeError('tooManyScans', { scans: this.#scans.length + 1 });
    }
  }

  /** A component keeps the table that was there at its first scan. */
  #latchedQuantization(index: number): Uint16Array {
    const table = this.#latched.get(index) ?? this.#quantization.get(this.#frame!.components[index]!.quantization);
    if (!table) throw new DecodeError('missingTable', { table: 'quantization' });
    this.#latched.set(index, table);
    return table;
  }

  #table(name: string): HuffmanTable {
    let table = this.#huffman.get(name);
    if (!table && !this.#frame!.progressive)
      table = standardHuffmanTables().find(standard => nameOf(standard) === name);
    if (!table) throw new DecodeError('missingTable', { table: `Huffman ${name}` });
    return table;
  }

  /** libjpeg's rules: JFIF is always YCbCr; else Adobe's marker decides; else the components' names. */
  #colourModel({ components }: Frame): ColourModel {
    const adobe = this.#adobeTransform;
    if (components.length === 1) return 'grey';
    if (components.length === 4) return adobe === undefined || adobe === 0 ? 'cmyk' : 'ycck';
    if (this.#isJfif) return 'ycc';
    if (adobe !== undefined) return adobe === 0 ? 'rgb' : 'ycc';
    return components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB' ? 'rgb' : 'ycc';
  }
}

function nameOf({ isAc, id }: HuffmanTable): string {
  return `${isAc ? 'AC' : 'DC'} ${id}`;
}

function damaged(marker: number): DecodeError {
  const name = markerNames[marker] ?? `FF${marker.toString(16).toUpperCase().padStart(2, '0')}`;
  return new DecodeError('damagedMarker', { marker: name });
}
