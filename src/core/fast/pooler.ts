import { emptyWindows, trimmed } from '../axis';
import type { OperatorName } from '../operators';
import type { PlannedLayer } from '../plan';
import type { Rectangle, Region } from '../region';
import { checkLength, type Shape, type Tensor } from '../tensor';
import type { MemoryPlace } from '../webAssembly';
import { type Area, Arena } from './arena';
import { type Range, sliceOf } from './axisSlice';
import type { FastPooling, PoolTo } from './fastPooling';
import { fastPoolingFor } from './fastSupport';
import { shrink } from './shrink';

/** Exact values are made so many at a time where they are copied out anyway. */
const valuesAtOnce = 2 ** 18;

/**
 * Pools one 8-bit picture again and again by the kernels: the picture stays where they can reach it, and results are made in
 * the same places each time, for memory touched anew costs more than the pooling.
 *
 * Each result stays valid until the next of the same operator or the next picture. Take `data` from the tensor each time it
 * is used and do not keep it: when the memory grows, arrays taken before become empty.
 */
export class Pooler {
  readonly #arena: Arena;
  readonly #picture: Area;
  readonly #outputs = new Map<OperatorName, Area>();
  /** Exact values that are no bytes. */
  #floats: Area | undefined;
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
    this.#arena.reserve(this.#picture, sizeOf(shape));
    this.#shape = shape;
    return this.input.data;
  }

  /** Whether {@link exact} gives a layer of this picture. An empty window's value is no byte, and the kernels make bytes. */
  supportsExact(layer: PlannedLayer): boolean {
    return this.#poolingFor(layer) !== undefined && !layer.axes.some(axis => emptyWindows(axis).length > 0);
  }

  /**
   * The bytes that a picture of the pooling shows, of the whole or of the part that is asked for; undefined where the kernels
   * cannot do it.
   */
  bytes(layer: PlannedLayer, region?: Rectangle): Tensor<Uint8Array> | undefined {
    const pooling = this.#poolingFor(layer);
    if (!pooling) return undefined;
    const area = this.#outputs.get(layer.operator) ?? this.#arena.area();
    this.#outputs.set(layer.operator, area);
    // Room for any output that is no larger than the picture: what grows later has to move what lies behind it, and memory
    // that is never used is never really taken.
    this.#arena.reserve(area, sizeOf(this.#shape));
    const shape = this.#pool(layer, pooling.bytes, region, area, 1);
    return this.#tensor(shape, area);
  }

  /**
   * The exact values of the part of a pooling that is asked for; undefined where the kernels cannot do it. Values that are no
   * bytes take four times the memory, so better not of the whole.
   */
  exact(layer: PlannedLayer, region?: Rectangle): Tensor<Uint8Array | Float32Array> | undefined {
    const pooling = this.#poolingFor(layer);
    if (!pooling || !this.supportsExact(layer)) return undefined;
    if (!pooling.floats) return this.bytes(layer, region);
    this.#floats ??= this.#arena.area();
    const area = this.#floats;
    const arena = this.#arena;
    const shape = this.#pool(layer, pooling.floats, region, area, 4);
    return {
      shape,
      get data() {
        return arena.floats(area.address, sizeOf(shape));
      },
    };
  }

  /** All exact values in an array of their own; undefined where the kernels cannot do it. */
  exactCopy(layer: PlannedLayer): Tensor<Uint8Array | Float32Array> | undefined {
    const pooling = this.#poolingFor(layer);
    if (!pooling?.floats) {
      const { shape, data } = this.exact(layer) ?? {};
      return shape && data && { shape, data: data.slice() };
    }
    const [, channels, height, width] = layer.output;
    const data = new Float32Array(sizeOf(layer.output));
    // Fewer rows would look at the same input again and again.
    const [{ kernel, stride }] = layer.axes;
    const rows = Math.max(Math.ceil(valuesAtOnce / (width * channels)), Math.ceil((4 * kernel) / stride));
    for (let y = 0; y < height; y += rows) {
      const part = this.exact(layer, { x: 0, y, width, height: Math.min(rows, height - y) });
      if (!part) return undefined;
      data.set(part.data, y * width * channels);
    }
    return { shape: layer.output, data };
  }

  /** Whether a tensor is one of this pooler's: its input or its last result of an operator. */
  holds(tensor: Tensor): tensor is Tensor<Uint8Array> {
    return tensor.data.buffer === this.#arena.memory.buffer;
  }

  /** A part of a tensor that this pooler holds, averaged down to as many samples as a screen shows of it. */
  shrink({ shape: [, channels, , width], data }: Tensor<Uint8Array>, region: Region): Uint8Array<ArrayBuffer> {
    return shrink(this.#arena, { address: data.byteOffset, pitch: width * channels, channels }, region);
  }

  #poolingFor(layer: PlannedLayer): FastPooling | undefined {
    return fastPoolingFor(layer, this.input.data);
  }

  #pool(layer: PlannedLayer, poolTo: PoolTo, region: Rectangle | undefined, area: Area, bytesPerValue: 1 | 4): Shape {
    const [vertical, horizontal] = layer.axes;
    const [rows, columns] = rangesOf(layer, region);
    const [, channels, , width] = this.#shape;
    const shape = [1, channels, rows.count, columns.count] as const;
    this.#arena.reserve(area, sizeOf(shape) * bytesPerValue);
    this.#arena.clearScratch();
    const job = {
      layer,
      rows,
      columns,
      vertical: sliceOf(trimmed(vertical), rows),
      horizontal: sliceOf(trimmed(horizontal), columns),
    };
    poolTo(this.#arena, { address: this.#picture.address, pitch: width * channels, channels }, job, area.address);
    return shape;
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

function rangesOf({ output: [, , height, width] }: PlannedLayer, region?: Rectangle): [rows: Range, columns: Range] {
  const { x, y, width: columns, height: rows } = region ?? { x: 0, y: 0, width, height };
  return [
    { start: y, count: rows },
    { start: x, count: columns },
  ];
}

function sizeOf([n, c, h, w]: Shape): number {
  return n * c * h * w;
}
