import type { OperatorName } from '../operators';
import type { PlannedLayer } from '../plan';
import type { Rectangle, Region } from '../region';
import { checkLength, type Shape, type Tensor } from '../tensor';
import type { WasmMemory } from '../webAssembly';
import { type Area, Arena } from './arena';
import type { Range } from './axisSlice';
import { jobOf, type PoolTo } from './fastPooling';
import { exactPoolingFor, fastPoolingFor } from './fastSupport';
import { shrink } from './shrink';
import { valuesAtOnce } from './strips';

/**
 * Pools one 8-bit picture repeatedly by the kernels. The picture stays in their memory, and results are written to the
 * same places each time, because touching new memory costs more than the pooling.
 *
 * Each result is valid until the next one of the same operator or the next picture. Read `data` from the tensor at each
 * use and do not keep it: when the memory grows, earlier arrays become empty.
 */
export class Pooler {
  readonly #arena: Arena;
  readonly #picture: Area;
  readonly #outputs = new Map<OperatorName, Area>();
  /** Exact values of operators whose values are not bytes. */
  #floats: Area | undefined;
  #shape: Shape = [1, 1, 0, 0];

  /**
   * @param memory what lies in it is overwritten, except for a picture that is in its place and what lies before that
   * @param placed a picture that is already in the memory and is pooled there; no other one can be loaded then
   */
  constructor(memory: WasmMemory, placed?: { readonly address: number; readonly shape: Shape }) {
    if (placed) {
      const { address, shape } = placed;
      this.#shape = shape;
      this.#picture = { address, capacity: sizeOf(shape) };
      this.#arena = new Arena(memory, address + this.#picture.capacity);
    } else {
      this.#arena = new Arena(memory);
      this.#picture = this.#arena.area();
    }
  }

  /** The picture, in the kernels' memory. */
  get input(): Tensor<Uint8Array> {
    return this.#tensor(this.#shape, this.#picture);
  }

  /**
   * Copies a picture into the kernels' memory.
   * @throws {RangeError} if the data does not fit the shape
   */
  load(picture: Tensor<Uint8Array>): void {
    checkLength(picture);
    this.reserve(picture.shape).set(picture.data);
  }

  /** Makes room for a picture of this shape and returns where to write its samples. */
  reserve(shape: Shape): Uint8Array {
    this.#arena.reserve(this.#picture, sizeOf(shape));
    this.#shape = shape;
    return this.input.data;
  }

  /** Whether {@link exact} supports a layer of this picture. */
  supportsExact(layer: PlannedLayer): boolean {
    return exactPoolingFor(layer, this.input.data) !== undefined;
  }

  /** The bytes of the pooled picture, of the whole or of a region; undefined if the kernels cannot do it. */
  bytes(layer: PlannedLayer, region?: Rectangle): Tensor<Uint8Array> | undefined {
    const pooling = fastPoolingFor(layer, this.input.data);
    if (!pooling) return undefined;
    const area = this.#outputs.get(layer.operator) ?? this.#arena.area();
    this.#outputs.set(layer.operator, area);
    // Room for any output that is no larger than the picture: an area that grows later has to move those after it, and
    // memory that is never touched is not really allocated.
    this.#arena.reserve(area, sizeOf(this.#shape));
    const shape = this.#pool(layer, pooling.bytes, region, area, 1);
    return this.#tensor(shape, area);
  }

  /**
   * The exact values of a region of a pooling; undefined if the kernels cannot do it. Values that are not bytes take
   * four times the memory, so do not request the whole.
   */
  exact(layer: PlannedLayer, region?: Rectangle): Tensor<Uint8Array | Float32Array> | undefined {
    const pooling = exactPoolingFor(layer, this.input.data);
    if (!pooling) return undefined;
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

  /** All exact values in a new array; undefined if the kernels cannot do it. */
  exactCopy(layer: PlannedLayer): Tensor<Uint8Array | Float32Array> | undefined {
    if (!exactPoolingFor(layer, this.input.data)?.floats) {
      const { shape, data } = this.exact(layer) ?? {};
      return shape && data && { shape, data: data.slice() };
    }
    const [, channels, height, width] = layer.output;
    const data = new Float32Array(sizeOf(layer.output));
    // With fewer rows, the same input rows would be read again and again.
    const [{ kernel, stride }] = layer.axes;
    const rows = Math.max(Math.ceil(valuesAtOnce / (width * channels)), Math.ceil((4 * kernel) / stride));
    for (let y = 0; y < height; y += rows) {
      const part = this.exact(layer, { x: 0, y, width, height: Math.min(rows, height - y) });
      if (!part) return undefined;
      data.set(part.data, y * width * channels);
    }
    return { shape: layer.output, data };
  }

  /** Whether a tensor is in this pooler's memory: its input, or an operator's last result. */
  holds(tensor: Tensor): tensor is Tensor<Uint8Array> {
    return tensor.data.buffer === this.#arena.memory.buffer;
  }

  /** A region of a tensor in this pooler's memory, averaged down to the samples that the screen shows. */
  shrink({ shape: [, channels, , width], data }: Tensor<Uint8Array>, region: Region): Uint8Array<ArrayBuffer> {
    return shrink(this.#arena, { address: data.byteOffset, pitch: width * channels, channels }, region);
  }

  #pool(layer: PlannedLayer, poolTo: PoolTo, region: Rectangle | undefined, area: Area, bytesPerValue: 1 | 4): Shape {
    const [rows, columns] = rangesOf(layer, region);
    const [, channels, , width] = this.#shape;
    const shape = [1, channels, rows.count, columns.count] as const;
    this.#arena.reserve(area, sizeOf(shape) * bytesPerValue);
    this.#arena.clearScratch();
    const source = { address: this.#picture.address, pitch: width * channels, channels };
    poolTo(this.#arena, source, jobOf(layer, rows, columns), area.address);
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
