import type { PoolOptions } from '../options';
import { checkLength, divisorsOf } from '../plain';
import type { Rectangle, Region } from '../region';
import type { Tensor } from '../tensor';
import type { MemoryPlace } from '../webAssembly';
import { type PoolKind, planAxes, tight } from '../window';
import { type Area, Arena } from './arena';
import { type AverageFormat, poolAverage } from './average';
import { poolMax } from './max';
import { type Range, sectionOf } from './section';
import { fastServes } from './serves';
import { shrink } from './shrink';

type Shape = Tensor['shape'];

/**
 * Pools one 8-bit picture again and again: the picture stays where the kernels can reach it, and results are made in the
 * same places each time, for memory touched anew costs more than the pooling.
 *
 * Each result stays valid until the next of the same kind or the next picture. Take `data` from the tensor each time it is
 * used and do not keep it: when the memory grows, arrays taken before become empty.
 */
export class Pooler {
  readonly #arena: Arena;
  readonly #picture: Area;
  readonly #maxima: Area;
  readonly #averages: Area;
  readonly #floats: Area;
  #shape: Shape = [1, 1, 0, 0];

  /** @param placed a picture that is in a WebAssembly memory already, and is to be pooled there; none other can be loaded then */
  constructor(placed?: { readonly place: MemoryPlace; readonly shape: Shape }) {
    if (placed) {
      const { memory, address } = placed.place;
      this.#shape = placed.shape;
      this.#picture = { address, capacity: sizeOf(placed.shape) };
      this.#arena = new Arena(memory, address + this.#picture.capacity);
    } else {
      this.#arena = new Arena();
      this.#picture = this.#arena.area();
    }
    this.#maxima = this.#arena.area();
    this.#averages = this.#arena.area();
    this.#floats = this.#arena.area();
    if (placed) this.#reserveOutputs();
  }

  /** The picture, in place. */
  get input(): Tensor<Uint8Array> {
    return this.#tensor(this.#shape, this.#picture);
  }

  /** Copies a picture in. */
  load(picture: Tensor<Uint8Array>): void {
    checkLength(picture);
    this.reserve(picture.shape).set(picture.data);
  }

  /** Makes room for a picture of the given shape and returns where its samples are to be written. */
  reserve(shape: Shape): Uint8Array {
    const size = sizeOf(shape);
    // All at once, for what grows later has to move what lies behind. Memory that is never used is never really taken.
    this.#arena.reserve(this.#picture, size);
    this.#shape = shape;
    this.#reserveOutputs();
    return this.input.data;
  }

  #reserveOutputs(): void {
    this.#arena.reserve(this.#maxima, sizeOf(this.#shape));
    this.#arena.reserve(this.#averages, sizeOf(this.#shape));
  }

  /**
   * Whether {@link max} and {@link average} can do this; else give {@link input} to the plain core.
   *
   * @throws {PoolError} for options that the framework refuses
   */
  serves(kind: PoolKind, options: PoolOptions): boolean {
    return fastServes(kind, this.input, options);
  }

  /**
   * Max pooling, of the whole picture or of the part of it that is asked for.
   *
   * @throws {PoolError} for options that the framework refuses
   */
  max(options: PoolOptions, region?: Rectangle): Tensor<Uint8Array> {
    const [vertical, horizontal] = planAxes('max', this.#shape, options);
    const { y, x } = rangesOf(region);
    const v = sectionOf(tight(vertical), y);
    const h = sectionOf(tight(horizontal), x);
    const shape = [1, this.#shape[1], v.output, h.output] as const;
    this.#arena.reserve(this.#maxima, sizeOf(shape));
    this.#arena.clearScratch();
    poolMax(this.#arena, this.#source(), v, h, this.#maxima.address);
    return this.#tensor(shape, this.#maxima);
  }

  /**
   * Average pooling, truncated to the bytes that a picture of the averages shows.
   *
   * @throws {PoolError} for options that the framework refuses
   */
  averageBytes(options: PoolOptions, region?: Rectangle): Tensor<Uint8Array> {
    return this.#tensor(this.#average(options, 'bytes', region, this.#averages), this.#averages);
  }

  /**
   * Average pooling in exact float32: four times the memory of the bytes, so better of a region.
   *
   * @throws {PoolError} for options that the framework refuses
   */
  average(options: PoolOptions, region?: Rectangle): Tensor<Float32Array> {
    const shape = this.#average(options, 'floats', region, this.#floats);
    const arena = this.#arena;
    const area = this.#floats;
    return {
      shape,
      get data() {
        return arena.floats(area.address, sizeOf(shape));
      },
    };
  }

  /** Whether a tensor is one of this pooler's: its input or its last result of a kind. */
  holds(tensor: Tensor): tensor is Tensor<Uint8Array> {
    return tensor.data.buffer === this.#arena.kernels.memory.buffer;
  }

  /** A part of a tensor that this pooler holds, averaged down to as many samples as a screen shows of it. */
  shrink({ shape: [, channels, , width], data }: Tensor<Uint8Array>, region: Region): Uint8Array<ArrayBuffer> {
    return shrink(this.#arena, { address: data.byteOffset, pitch: width * channels, channels }, region);
  }

  #average(options: PoolOptions, format: AverageFormat, region: Rectangle | undefined, area: Area): Shape {
    const axes = planAxes('average', this.#shape, options);
    const { y, x } = rangesOf(region);
    const v = sectionOf(tight(axes[0]), y);
    const h = sectionOf(tight(axes[1]), x);
    const shape = [1, this.#shape[1], v.output, h.output] as const;
    const { rows, columns } = divisorsOf(axes, options);
    const divisors = region
      ? {
          rows: rows.subarray(region.y, region.y + region.height),
          columns: columns.subarray(region.x, region.x + region.width),
        }
      : { rows, columns };
    this.#arena.reserve(area, sizeOf(shape) * (format === 'floats' ? 4 : 1));
    this.#arena.clearScratch();
    poolAverage(this.#arena, this.#source(), v, h, divisors, format, area.address);
    return shape;
  }

  #source() {
    const [, channels, , width] = this.#shape;
    return { address: this.#picture.address, pitch: width * channels, channels };
  }

  #tensor(shape: Shape, area: Area): Tensor<Uint8Array> {
    const arena = this.#arena;
    return {
      shape,
      get data() {
        return arena.bytes(area.address, sizeOf(shape));
      },
    };
  }
}

function rangesOf(region?: Rectangle): { y?: Range; x?: Range } {
  if (!region) return {};
  return { y: { start: region.y, count: region.height }, x: { start: region.x, count: region.width } };
}

function sizeOf([n, c, h, w]: Shape): number {
  return n * c * h * w;
}
