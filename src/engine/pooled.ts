/** The one place where the product pools whole pictures. */
import { Pooler } from '../core/fast/pooler';
import type { PoolOptions } from '../core/options';
import { avgPool2d, maxPool2d } from '../core/pool';
import { type Tensor, toBytes, toWords } from '../core/tensor';
import { hasWebAssembly, type MemoryPlace } from '../core/webAssembly';
import { countsPadding, type PoolKind, planAxes } from '../core/window';
import type { Region, Tile } from '../protocol';
import { clipRegion, type Surface, sampleRegion } from './region';
import type { PictureTensor } from './view';

/** A picture and both its poolings with the options they were last asked for, one of each, so that memory stays bounded. */
export class PooledPicture {
  /** Absent where WebAssembly cannot run, or has nothing to do: then everything is pooled by the plain core. */
  #pooler: Pooler | undefined;
  /** The one with a memory of its own, for pictures that are not in one already. */
  #own: Pooler | undefined;
  #input: PictureTensor = { shape: [1, 1, 0, 0], data: new Uint8Array() };
  readonly #kept = new Map<PoolKind, { readonly key: string; readonly output: PictureTensor }>();

  /**
   * Replaces the picture. The fast kernels work on an 8-bit one in its place, if it has one in a WebAssembly memory, else it
   * is copied to where they can.
   */
  load({ shape, data }: PictureTensor, place?: MemoryPlace): void {
    this.#kept.clear();
    this.#pooler = undefined;
    if (!(data instanceof Uint8Array) || !hasWebAssembly()) {
      this.#input = { shape, data };
      return;
    }
    if (place) {
      this.#pooler = new Pooler({ place, shape });
    } else {
      this.#own ??= new Pooler();
      this.#own.load({ shape, data });
      this.#pooler = this.#own;
    }
    this.#input = this.#pooler.input;
  }

  /** The picture. Take its `data` anew each time: it moves when memory grows. */
  get input(): PictureTensor {
    return this.#input;
  }

  /**
   * A region of a pane's picture as the screen shows it, pooled if need be; undefined if it lies beside the picture.
   * @throws PoolError for illegal options
   */
  tile(pane: 'input' | PoolKind, options: PoolOptions, asked: Region): Tile | undefined {
    const tensor = pane === 'input' ? this.#input : this.output(pane, options);
    const surface = toSurface(tensor);
    const region = clipRegion(asked, surface);
    if (!region) return undefined;
    const isShrunk = region.columns < region.width || region.rows < region.height;
    const data =
      isShrunk && this.#pooler?.holds(tensor) ? this.#pooler.shrink(tensor, region) : sampleRegion(surface, region);
    return { ...region, pane, channels: surface.channels, data };
  }

  /**
   * A pooling in the picture's own element type, averages truncated. Valid until the next of its kind.
   * @throws PoolError for illegal options
   */
  output(kind: PoolKind, options: PoolOptions): PictureTensor {
    const key = poolingKey(kind, this.#input.shape, options);
    const kept = this.#kept.get(kind);
    if (kept?.key === key) return kept.output;
    // Let go of the old one first: at full size the two would not fit the memory promised.
    this.#kept.delete(kind);
    const output = this.#pool(kind, options);
    this.#kept.set(kind, { key, output });
    return output;
  }

  /** A pooling exactly as the framework gives it, averages in float32; not kept. @throws PoolError for illegal options */
  exact(kind: PoolKind, options: PoolOptions): Tensor {
    return kind === 'max' ? this.output(kind, options) : avgPool2d(this.#input, options).output;
  }

  /**
   * A way to a pooling's exact values some rows at a time, from `first` to before `end`, so that not all of them exist at
   * once where the kernels serve. What {@link output} returned before is spoilt by taking rows.
   *
   * @throws PoolError for illegal options
   */
  exactRows(kind: PoolKind, options: PoolOptions): (first: number, end: number) => Tensor {
    const [, channels] = this.#input.shape;
    const [, { output: width }] = planAxes(kind, this.#input.shape, options);
    const pooler = this.#pooler;
    if (this.#input.data instanceof Uint8Array && pooler?.serves(kind, options)) {
      this.#kept.delete(kind);
      return (first, end) => {
        const region = { x: 0, y: first, width, height: end - first };
        const { shape, data } = kind === 'max' ? pooler.max(options, region) : pooler.average(options, region);
        // A copy: the next rows will be made in the same place.
        return { shape, data: data.slice() };
      };
    }
    const { data } = this.#poolOnce(kind, options);
    const rowLength = width * channels;
    return (first, end) => ({
      shape: [1, channels, end - first, width],
      data: data.subarray(first * rowLength, end * rowLength),
    });
  }

  /** Fast where the kernels can do it, plain where not; averages truncated to the picture's own element type. */
  #pool(kind: PoolKind, options: PoolOptions): PictureTensor {
    const isWide = this.#input.data instanceof Uint16Array;
    if (!isWide && this.#pooler?.serves(kind, options)) {
      return kind === 'max' ? this.#pooler.max(options) : this.#pooler.averageBytes(options);
    }
    const output = this.#poolOnce(kind, options);
    return { shape: output.shape, data: isWide ? toWords(output) : toBytes(output) };
  }

  #poolOnce(kind: PoolKind, options: PoolOptions): Tensor {
    return (kind === 'max' ? maxPool2d : avgPool2d)(this.#input, options).output;
  }
}

/** 16-bit samples scaled to 8 for the screen, as OpenCV reads them. */
function toSurface({ shape: [, channels, height, width], data }: PictureTensor): Surface {
  return { width, height, channels: channels as 1 | 3 | 4, data, shift: data instanceof Uint16Array ? 8 : 0 };
}

/** Equal for options that pool alike: what only the other kind looks at does not count. */
export function poolingKey(kind: PoolKind, shape: PictureTensor['shape'], options: PoolOptions): string {
  const axes = planAxes(kind, shape, options);
  if (kind === 'max') return JSON.stringify(axes);
  const counted = countsPadding(options);
  return JSON.stringify([axes, counted, options.divisorOverride]);
}
