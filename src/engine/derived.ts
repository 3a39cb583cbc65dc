import { argmaxOf } from '../core/argmax';
import { Bitset } from '../core/bitset';
import { differingPixels } from '../core/compare';
import { type PaintRow, paintChange, paintDifference, paintKept, paintMarks } from '../core/derive';
import type { OperatorName } from '../core/operators';
import { PoolError, type PoolOptions } from '../core/options';
import type { DerivedKind } from '../core/panes';
import { layerKey, type PlannedLayer } from '../core/plan';
import type { Region } from '../core/region';
import type { Shape, Tensor } from '../core/tensor';
import type { Counterpart, Tile } from '../protocol';
import type { PoolCache } from './poolCache';
import { type Surface, tileOf } from './resample';

/** About how many values of two poolings are compared at a time. */
const valuesAtOnce = 2 ** 18;

/** What a derived picture depends on, besides its region. */
interface Asked {
  readonly options: PoolOptions;
  readonly against: Counterpart | undefined;
}

/**
 * The pictures derived from a picture and its poolings. Their rows are made when a tile needs them. Two results take
 * longer to find and are kept for the last options, in one bit per sample: where the maxima are, and which pixels of
 * two poolings differ. All derived pictures together add less than half a byte per pixel to a view of an RGB picture.
 */
export class DerivedPictures {
  #argmax: { readonly key: string; readonly marks: Bitset } | undefined;
  #differing: { readonly key: string; readonly marks: Bitset } | undefined;

  /** How each one is made; undefined if it does not exist. Valid until anything else is pooled. */
  readonly #makers: Readonly<Record<DerivedKind, (asked: Asked) => Surface | undefined>> = {
    difference: ({ options }) => this.#difference(options),
    maxChange: ({ options }) => this.#change('max', options),
    averageChange: ({ options }) => this.#change('average', options),
    argmax: ({ options }) => {
      const { shape } = this.pools.input;
      return painted(shape, paintMarks(shape, this.#findArgmax(options)));
    },
    unpooled: ({ options }) => {
      const { input } = this.pools;
      return painted(input.shape, paintKept(input, this.#findArgmax(options)));
    },
    mask: ({ options, against }) => against && this.#mask(options, against),
  };

  constructor(private readonly pools: PoolCache) {}

  /**
   * A region of a derived picture for the screen; undefined if the region is outside the picture or the picture does
   * not exist: no difference between outputs of different sizes, no mask without a counterpart or if its framework
   * refuses it.
   *
   * @throws {PoolError} for illegal options
   */
  tile(kind: DerivedKind, asked: Asked, wanted: Region): Tile | undefined {
    const surface = this.#makers[kind](asked);
    return surface && tileOf(kind, surface, wanted);
  }

  #difference(options: PoolOptions): Surface | undefined {
    const layers = [this.pools.plan('max', options), this.pools.plan('average', options)] as const;
    const [a, b] = layers.map(({ output }) => output.join());
    if (a !== b) return undefined;
    const max = this.pools.output(layers[0]);
    return painted(max.shape, paintDifference(max, this.pools.output(layers[1])));
  }

  #change(operator: OperatorName, options: PoolOptions): Surface {
    const { input } = this.pools;
    const layer = this.pools.plan(operator, options);
    return painted(input.shape, paintChange(input, this.pools.output(layer), layer.axes));
  }

  #findArgmax(options: PoolOptions): Bitset {
    const { input } = this.pools;
    const layer = this.pools.plan('max', options);
    const key = layerKey(layer);
    if (this.#argmax?.key !== key) {
      this.#argmax = undefined;
      this.#argmax = { key, marks: argmaxOf(input, layer.axes) };
    }
    return this.#argmax.marks;
  }

  #mask(options: PoolOptions, against: Counterpart): Surface | undefined {
    const ours = this.pools.plan(against.operator, options);
    let theirs: PlannedLayer;
    try {
      theirs = this.pools.plan(against.operator, against.options);
    } catch (error) {
      if (error instanceof PoolError) return undefined;
      throw error;
    }
    const key = `${layerKey(ours)} ${layerKey(theirs)}`;
    if (this.#differing?.key !== key) {
      this.#differing = undefined;
      this.#differing = { key, marks: this.#findDiffering(ours, theirs) };
    }
    const [, , height, width] = ours.output;
    const grey = [1, 1, height, width] as const;
    return painted(grey, paintMarks(grey, this.#differing.marks));
  }

  /**
   * Compares exact values, some rows at a time: two averages of RGB in float32 at once would take 24 bytes per pixel.
   */
  #findDiffering(ours: PlannedLayer, theirs: PlannedLayer): Bitset {
    const [, channels, height, width] = ours.output;
    const [, , theirHeight] = theirs.output;
    const [vertical] = ours.axes;
    const marks = new Bitset(height * width);
    const rows = Math.max(
      Math.ceil(valuesAtOnce / (width * channels)),
      // With fewer rows, the same input rows would be read again and again.
      Math.ceil((vertical.kernel * vertical.dilation) / vertical.stride),
    );
    const ourRows = this.pools.exactRows(ours);
    const theirRows = this.pools.exactRows(theirs);
    for (let first = 0; first < height; first += rows) {
      const end = Math.min(first + rows, height);
      const our: Tensor = ourRows(first, end);
      // The counterpart may have fewer rows here, or none.
      const theirEnd = Math.min(end, theirHeight);
      const their: Tensor = first < theirEnd ? theirRows(first, theirEnd) : nowhere(channels);
      const { mask, count } = differingPixels(our, their);
      if (count === 0) continue;
      const offset = first * width;
      for (let i = 0; i < mask.length; i++) if (mask[i]) marks.add(offset + i);
    }
    return marks;
  }
}

function nowhere(channels: number): Tensor {
  return { shape: [1, channels, 0, 0], data: new Uint8Array() };
}

/** A picture whose rows are made on request, in memory that is reused for the next rows. */
export function painted([, channels, height, width]: Shape, paint: PaintRow): Surface {
  const pitch = width * channels;
  let lines = new Uint8Array(pitch);
  const rowsAt = (y: number, count: number) => {
    if (lines.length < count * pitch) lines = new Uint8Array(count * pitch);
    for (let i = 0; i < count; i++) paint(y + i, lines.subarray(i * pitch, (i + 1) * pitch));
    return { data: lines, from: 0 };
  };
  return { width, height, channels: channels as 1 | 3 | 4, shift: 0, rowsAt };
}
