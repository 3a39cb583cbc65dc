import { DecodeError } from '../error';
import { BitWriter } from './bits';
import { type EntropyData, unstuff } from './entropy';
import { type Component, type Frame, intervalsOf, maxSampling, unitsOf } from './frame';
import type { HuffmanTable } from './huffman';

/** One component's part in a scan. */
export interface ScanComponent {
  /** Its place in the frame. */
  readonly index: number;
  /** The table numbers as the SOS segment has them: DC in the high half, AC in the low one. */
  readonly tables: number;
  readonly dc?: HuffmanTable;
  readonly ac?: HuffmanTable;
  /** What its values are to be multiplied by, in zigzag order. */
  readonly quantization: Uint16Array;
}

/** One scan of a JPEG with all that is needed to read it. */
export interface Scan {
  readonly components: readonly ScanComponent[];
  readonly spectralStart: number;
  readonly spectralEnd: number;
  /** Successive approximation: the lowest bit known before (0 at first), and the lowest bit that this scan sends. */
  readonly high: number;
  readonly low: number;
  /** Coding units between restart markers, 0 for none. */
  readonly restartInterval: number;
  readonly entropy: EntropyData;
}

/**
 * The largest coefficient, multiplied out, that can be meant: eight times the samples' range is 1024 either way, and from
 * four times that on libjpeg's samples would wrap around. In a sound file none comes near; in a damaged one errors add up.
 */
const maxCoefficient = 4096;

/**
 * Which coefficients of each block are known not to be zero, one bit each, two words a block: what decides how many bits
 * a refining scan has. Per component, filled as progressive scans are walked.
 */
export type History = Map<number, Uint32Array>;

/** What a walk over a scan found. */
export interface WalkedScan {
  /** Whether the data is exactly what the blocks take. Decoders pass over more, jpeg-js only at the end of the scan. */
  readonly tidy: boolean;
  /** The data written anew, when that was asked for. */
  readonly data?: Buffer;
}

/**
 * Walks over a scan's data block by block without keeping a coefficient, and so finds out, before anything is allocated
 * for pixels, whether all of it is there and sound: what counting the inflated bytes is for a PNG.
 *
 * With `keep`, writes it anew as well: only those components, exactly the bits that their blocks take, and behind the
 * last block as many made-up ones as jpeg-js will read there (see `surplusBlocks`).
 * @throws DecodeError `truncated` or `damagedScan`
 */
export function walkScan(
  bytes: Buffer,
  frame: Frame,
  scan: Scan,
  history: History,
  keep?: readonly number[],
): WalkedScan {
  const walked = new Walk(bytes, frame, scan, history, keep).run();
  // A file of many scans may have as many tables.
  for (const { dc, ac } of scan.components) {
    dc?.release();
    ac?.release();
  }
  return walked;
}

class Walk {
  readonly #components: readonly Component[];
  readonly #data: Buffer;
  readonly #writer: BitWriter | undefined;
  /** Where in `#data` the next bit is, and how many bits there are. */
  #at = 0;
  #size = 0;
  #endOfBandRun = 0;
  /** Each component's last DC value: the next one is stored as the difference. */
  readonly #lastDc = [0, 0, 0, 0];

  constructor(
    private readonly bytes: Buffer,
    private readonly frame: Frame,
    private readonly scan: Scan,
    private readonly history: History,
    private readonly keep: readonly number[] | undefined,
  ) {
    this.#components = scan.components.map(({ index }) => frame.components[index]!);
    const { intervals } = scan.entropy;
    let longest = 0;
    for (let i = 0; i < intervals.length; i += 2) longest = Math.max(longest, intervals[i + 1]! - intervals[i]!);
    // Four bytes more: looking ahead may read past the end, and what it finds there is then refused.
    this.#data = Buffer.alloc(longest + 4);
    if (keep) this.#writer = new BitWriter();
  }

  run(): WalkedScan {
    const { intervals, inOrder } = this.scan.entropy;
    const { columns, rows } = unitsOf(this.frame, this.#components);
    const units = columns * rows;
    const perInterval = this.scan.restartInterval || units;
    const needed = intervalsOf(this.frame, this.#components, this.scan.restartInterval);
    // Some encoders end with one restart marker too many.
    const last = intervals.length - 2;
    const found = intervals.length / 2 - (intervals[last] === intervals[last + 1] ? 1 : 0);
    if (!inOrder || found > needed) throw new DecodeError('damagedScan');
    const walk = this.#blockWalk();
    let tidy = !this.scan.entropy.filled;
    for (let i = 0; i < needed; i++) {
      if (i >= found) throw this.#short();
      if (i > 0) this.#writer?.mark(0xd0 + ((i - 1) & 7));
      const length = unstuff(this.bytes, intervals[2 * i]!, intervals[2 * i + 1]!, this.#data);
      this.#data.fill(0, length, length + 4);
      this.#at = 0;
      this.#size = length * 8;
      this.#endOfBandRun = 0;
      this.#lastDc.fill(0);
      this.#walkUnits(i * perInterval, Math.min(units, (i + 1) * perInterval), columns, walk);
      if (this.#size - this.#at >= 8) tidy = false;
    }
    if (!this.#writer) return { tidy };
    this.#appendBlocks(surplusBlocks(this.frame, this.#components, this.scan.restartInterval));
    return { tidy, data: this.#writer.end() };
  }

  #walkUnits(first: number, last: number, columns: number, walk: (part: ScanComponent, block: number) => void): void {
    const parts = this.scan.components;
    if (parts.length === 1) {
      const stride = blockColumns(this.frame, this.#components[0]!);
      const start = this.#at;
      for (let unit = first; unit < last; unit++) {
        walk(parts[0]!, Math.floor(unit / columns) * stride + (unit % columns));
        if (this.#at > this.#size) throw this.#short();
      }
      if (this.keep?.includes(parts[0]!.index)) this.#writer!.copy(this.#data, start, this.#at);
      return;
    }
    for (let unit = first; unit < last; unit++) {
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i]!;
        const { h, v } = this.#components[i]!;
        const start = this.#at;
        // Scans of several components are baseline or DC, whose blocks leave no history.
        for (let n = h * v; n > 0; n--) walk(part, 0);
        if (this.#at > this.#size) throw this.#short();
        if (this.keep?.includes(part.index)) this.#writer!.copy(this.#data, start, this.#at);
      }
    }
  }

  /** What passes over one block of this scan. T.81, annexes F.2 and G.2. */
  #blockWalk(): (part: ScanComponent, block: number) => void {
    const { spectralStart, spectralEnd, high } = this.scan;
    if (!this.frame.progressive) {
      return part => {
        this.#walkDc(part);
        this.#walkBaselineAc(part);
      };
    }
    if (spectralStart === 0) return high === 0 ? part => this.#walkDc(part) : () => this.#at++;
    const { index } = this.scan.components[0]!;
    let known = this.history.get(index);
    if (!known) {
      known = new Uint32Array(2 * allBlocks(this.frame, this.frame.components[index]!));
      this.history.set(index, known);
    }
    const nonzero = known;
    return high === 0
      ? (part, block) => this.#walkAcFirst(part, block, nonzero, spectralStart, spectralEnd)
      : (part, block) => this.#walkAcRefine(part, block, nonzero, spectralStart, spectralEnd);
  }

  #walkDc(part: ScanComponent): void {
    const size = this.#symbol(part.dc!.lookup);
    const bits = this.#bits(size);
    const difference = size > 0 && bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
    this.#lastDc[part.index]! += difference << this.scan.low;
    if (Math.abs(this.#lastDc[part.index]! * part.quantization[0]!) > maxCoefficient) throw this.#wrong();
  }

  #walkBaselineAc(part: ScanComponent): void {
    const { lookup } = part.ac!;
    for (let k = 1; k < 64; ) {
      const symbol = this.#symbol(lookup);
      const size = symbol & 15;
      if (size === 0) {
        if (symbol < 0xf0) return;
        k += 16;
      } else {
        k += (symbol >> 4) + 1;
        // A value of so many bits is at least half of what they can hold.
        if (k > 64 || part.quantization[k - 1]! << (size - 1) > maxCoefficient) throw this.#wrong();
        this.#at += size;
      }
    }
  }

  #walkAcFirst(part: ScanComponent, block: number, nonzero: Uint32Array, start: number, end: number): void {
    if (this.#endOfBandRun > 0) {
      this.#endOfBandRun--;
      return;
    }
    const { lookup } = part.ac!;
    for (let k = start; k <= end; k++) {
      const symbol = this.#symbol(lookup);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0) {
        if (run < 15) {
          this.#endOfBandRun = (1 << run) - 1 + this.#bits(run);
          return;
        }
        k += 15;
      } else {
        k += run;
        if (k > end || part.quantization[k]! << (size - 1 + this.scan.low) > maxCoefficient) throw this.#wrong();
        this.#at += size;
        nonzero[2 * block + (k >> 5)]! |= 1 << (k & 31);
      }
    }
  }

  #walkAcRefine(part: ScanComponent, block: number, nonzero: Uint32Array, start: number, end: number): void {
    const { lookup } = part.ac!;
    let k = start;
    if (this.#endOfBandRun === 0) {
      for (; k <= end; k++) {
        const symbol = this.#symbol(lookup);
        const size = symbol & 15;
        let run = symbol >> 4;
        if (size > 1) throw this.#wrong();
        if (size === 0 && run < 15) {
          this.#endOfBandRun = (1 << run) + this.#bits(run);
          break;
        }
        this.#at += size;
        // Every coefficient known already has one more bit here; the run counts those still zero.
        for (; k <= end; k++) {
          if ((nonzero[2 * block + (k >> 5)]! >>> (k & 31)) & 1) this.#at++;
          else if (--run < 0) break;
        }
        if (size > 0) {
          if (k > end) throw this.#wrong();
          nonzero[2 * block + (k >> 5)]! |= 1 << (k & 31);
        }
      }
    }
    if (this.#endOfBandRun > 0) {
      for (; k <= end; k++) this.#at += (nonzero[2 * block + (k >> 5)]! >>> (k & 31)) & 1;
      this.#endOfBandRun--;
    }
  }

  #peek(): number {
    const at = this.#at >>> 3;
    const data = this.#data;
    return (((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!) >> (8 - (this.#at & 7))) & 0xffff;
  }

  #symbol(lookup: Uint16Array): number {
    const entry = lookup[this.#peek()]!;
    if (this.#at >= this.#size) throw this.#short();
    if (entry === 0) throw this.#wrong();
    this.#at += entry >> 8;
    return entry & 255;
  }

  #bits(count: number): number {
    const value = this.#peek() >> (16 - count);
    this.#at += count;
    return value;
  }

  /** What looks wrong within reach of the end is only what looking ahead found behind it. */
  #wrong(): DecodeError {
    return this.#at + 16 > this.#size ? this.#short() : new DecodeError('damagedScan');
  }

  /** Data that ends where the file ends is missing; anywhere else it is wrong. */
  #short(): DecodeError {
    const { end } = this.scan.entropy;
    return new DecodeError(end >= this.bytes.length || this.bytes[end + 1] === 0xd9 ? 'truncated' : 'damagedScan');
  }

  /** Writes blocks of nothing but zeros. */
  #appendBlocks(count: number): void {
    const { spectralStart, spectralEnd, high, components } = this.scan;
    const { dc, ac } = components[0]!;
    const writer = this.#writer!;
    const writeZero = (table: HuffmanTable) => {
      const { bits, length } = table.withZero().zero();
      writer.write(bits, length);
    };
    for (let n = 0; n < count; n++) {
      if (spectralStart === 0 && high > 0) writer.write(0, 1);
      else if (spectralStart === 0) writeZero(dc!);
      if (spectralEnd === 0) continue;
      if (this.#endOfBandRun > 0) this.#endOfBandRun--;
      else writeZero(ac!);
    }
  }
}

/** Blocks in a row of one component, those included that only fill up the last MCU. */
function blockColumns(frame: Frame, component: Component): number {
  return Math.ceil(frame.width / (8 * maxSampling(frame).h)) * component.h;
}

function allBlocks(frame: Frame, component: Component): number {
  return blockColumns(frame, component) * Math.ceil(frame.height / (8 * maxSampling(frame).v)) * component.v;
}

/**
 * How many blocks jpeg-js reads after the last one of a scan: for a single component it finishes the last restart
 * interval, stopped only by the end of its memory, which has rows of blocks that fill up the last MCU.
 */
export function surplusBlocks(frame: Frame, components: readonly Component[], restartInterval: number): number {
  if (components.length > 1 || restartInterval === 0) return 0;
  const { columns, rows } = unitsOf(frame, components);
  const unfinished = (restartInterval - ((columns * rows) % restartInterval)) % restartInterval;
  const mcuRows = Math.ceil(frame.height / (8 * maxSampling(frame).v));
  return Math.min(unfinished, (mcuRows * components[0]!.v - rows) * columns);
}
