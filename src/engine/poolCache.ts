/** The only place where the product pools whole pictures. */
import { emptyWindows } from '../core/axis';
import { partOf } from '../core/fast/axisSlice';
import { Pooler } from '../core/fast/pooler';
import { type OperatorName, operatorOf } from '../core/operators';
import type { PoolOptions } from '../core/options';
import { isOperator } from '../core/panes';
import { layerKey, type PlannedLayer, planLayer } from '../core/plan';
import type { Rectangle, Region } from '../core/region';
import { cropOf, displayShift, type Rows, rowsOf, type Tensor, toBytes, toWords } from '../core/tensor';
import { type MemoryPlace, releaseMemory, takeMemory, type WasmMemory } from '../core/webAssembly';
import type { Tile } from '../protocol';
import { clipRegion, resample, type Surface } from './resample';
import type { PictureTensor } from './view';

/** A picture and its poolings, one per operator, with the last options, so that memory stays bounded. */
export class PoolCache {
  /** Undefined if there is no memory or the samples are not 8-bit: then plain TypeScript pools everything. */
  readonly #pooler: Pooler | undefined;
  /** A memory taken for the picture. */
  readonly #memory: WasmMemory | undefined;
  readonly #input: PictureTensor;
  readonly #kept = new Map<OperatorName, { readonly key: string; readonly output: PictureTensor }>();

  /**
   * @param place where an 8-bit picture lies in a WebAssembly memory: the kernels pool it there; without it, it is
   * copied
   */
  constructor({ shape, data }: PictureTensor, place?: MemoryPlace) {
    const isOfBytes = data instanceof Uint8Array;
    this.#memory = isOfBytes && !place ? takeMemory() : undefined;
    if (isOfBytes && place) {
      this.#pooler = new Pooler(place.memory, { address: place.address, shape });
    } else if (isOfBytes && this.#memory) {
      this.#pooler = new Pooler(this.#memory);
      this.#pooler.load({ shape, data });
    }
    this.#input = this.#pooler?.input ?? { shape, data };
  }

  /** Releases the memory taken for the picture: neither that nor its poolings can be used any more. */
  close(): void {
    if (this.#memory) releaseMemory(this.#memory);
  }

  /** The picture. Read its `data` again before each use: it moves when the memory grows. */
  get input(): PictureTensor {
    return this.#input;
  }

  /** Replaces the picture by another one of its shape and element type. */
  overwrite(write: (samples: Uint8Array | Uint16Array) => void): void {
    this.#kept.clear();
    write(this.#input.data);
  }

  /** @throws {PoolError} for illegal options */
  plan(operator: OperatorName, options: PoolOptions): PlannedLayer {
    return planLayer(operator, this.#input.shape, options);
  }

  /**
   * A region of a pane's picture for the screen, pooled if necessary; undefined if the region is outside the picture.
   * @throws {PoolError} for illegal options
   */
  tile(pane: 'input' | OperatorName, options: PoolOptions, asked: Region): Tile | undefined {
    if (!isOperator(pane)) return this.inputTile(asked);
    return this.#tileOf(pane, this.output(this.plan(pane, options)), asked);
  }

  /** A region of the picture for the screen; undefined if the region is outside the picture. */
  inputTile(asked: Region): Tile | undefined {
    return this.#tileOf('input', this.#input, asked);
  }

  #tileOf(pane: Tile['pane'], tensor: PictureTensor, asked: Region): Tile | undefined {
    const surface = surfaceOf(tensor);
    const region = clipRegion(asked, surface);
    if (!region) return undefined;
    const isShrunk = region.columns < region.width || region.rows < region.height;
    const data =
      isShrunk && this.#pooler?.holds(tensor) ? this.#pooler.shrink(tensor, region) : resample(surface, region);
    return { ...region, pane, channels: surface.channels, data };
  }

  /** A pooling in the picture's own element type, clipped and truncated. Valid until the next one of its operator. */
  output(layer: PlannedLayer): PictureTensor {
    const key = layerKey(layer);
    const kept = this.#kept.get(layer.operator);
    if (kept?.key === key) return kept.output;
    // Drop the old one first: two at full size would exceed the memory that the product promises to use.
    this.#kept.delete(layer.operator);
    const output = this.#pool(layer);
    this.#kept.set(layer.operator, { key, output });
    return output;
  }

  /**
   * A pooling exactly as the framework computes it. Not kept, and invalidates the last {@link output} of the operator.
   */
  exact(layer: PlannedLayer): Tensor {
    this.#kept.delete(layer.operator);
    return this.#pooler?.exactCopy(layer) ?? this.#poolPlain(layer);
  }

  /**
   * Gives a pooling's exact values some rows at a time, from `first` to `end` (excluded), so that not all of them exist
   * at once if the kernels can compute them. Invalidates the last {@link output} of the operator.
   */
  exactRows(layer: PlannedLayer): Rows {
    const [, , , width] = layer.output;
    const pooler = this.#pooler;
    this.#kept.delete(layer.operator);
    if (pooler?.supportsExact(layer)) {
      return (first, end) => {
        const { shape, data } = pooler.exact(layer, { x: 0, y: first, width, height: end - first })!;
        // A copy: the next rows are written to the same place.
        return { shape, data: data.slice() };
      };
    }
    return rowsOf(this.#poolPlain(layer));
  }

  /**
   * The exact values of a part of the picture or of a pooling, `height × width × channels`; undefined if the part does
   * not lie inside.
   *
   * @throws {PoolError} for illegal options
   */
  values(pane: 'input' | OperatorName, options: PoolOptions, part: Rectangle): Float32Array<ArrayBuffer> | undefined {
    const layer = isOperator(pane) ? this.plan(pane, options) : undefined;
    const [, , height, width] = layer?.output ?? this.#input.shape;
    if (part.x + part.width > width || part.y + part.height > height) return undefined;
    return new Float32Array((layer ? this.#partOf(layer, part) : cropOf(this.#input, part)).data);
  }

  /** Valid until the next pooling. */
  #partOf(layer: PlannedLayer, part: Rectangle): Tensor {
    // A pooling that picks pixels is exact as it is kept, unless a window has no pixel to pick.
    const isKeptExact = operatorOf(layer.operator).selects && layer.axes.every(axis => emptyWindows(axis).length === 0);
    if (isKeptExact) return cropOf(this.output(layer), part);
    const exact = this.#pooler?.supportsExact(layer) ? this.#pooler.exact(layer, part) : undefined;
    return exact ?? this.#poolPartPlain(layer, part);
  }

  /** Pools only the pixels that the part's windows cover. */
  #poolPartPlain({ operator, axes, options }: PlannedLayer, { x, y, width, height }: Rectangle): Tensor {
    const { axis: vertical, first: top } = partOf(axes[0], { start: y, count: height });
    const { axis: horizontal, first: left } = partOf(axes[1], { start: x, count: width });
    const covered = cropOf(this.#input, { x: left, y: top, width: horizontal.input, height: vertical.input });
    return operatorOf(operator).pool(covered, [vertical, horizontal], options).output;
  }

  /** By the kernels if they can, else in plain TypeScript; clipped and truncated to the picture's own element type. */
  #pool(layer: PlannedLayer): PictureTensor {
    const fast = this.#pooler?.bytes(layer);
    if (fast) return fast;
    const output = this.#poolPlain(layer);
    return likePicture(output, this.#input);
  }

  #poolPlain({ operator, axes, options }: PlannedLayer): Tensor {
    return operatorOf(operator).pool(this.#input, axes, options).output;
  }
}

/** A pooling's values as a picture of the input's own element type: clipped and truncated. */
export function likePicture(output: Tensor, input: PictureTensor): PictureTensor {
  return { shape: output.shape, data: input.data instanceof Uint16Array ? toWords(output) : toBytes(output) };
}

/** A picture for the screen. */
export function surfaceOf({ shape: [, channels, height, width], data }: PictureTensor): Surface {
  return {
    width,
    height,
    channels: channels as 1 | 3 | 4,
    shift: displayShift(data),
    rowsAt: y => ({ data, from: y * width * channels }),
  };
}
