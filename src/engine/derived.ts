import { Bits } from '../core/bits';
import { differingPixels } from '../core/compare';
import { type PaintRow, paintChange, paintDifference, paintKept, paintMarks } from '../core/derive';
import { PoolError, type PoolOptions } from '../core/options';
import type { Tensor } from '../core/tensor';
import { type PoolKind, planAxes } from '../core/window';
import { winnersOf } from '../core/winners';
import type { Counterpart, DerivedKind, Region, Tile } from '../protocol';
import { type PaintedSurface, samplePainted } from './painted';
import { type PooledPicture, poolingKey } from './pooled';
import { clipRegion } from './region';

/** Roughly how many values of two poolings are compared at a time. */
const valuesAtOnce = 2 ** 18;

/**
 * The pictures derived from a picture and its poolings. Their rows are made when a screen asks for them. What takes longer
 * to find, the winners of a max pooling and the pixels where two poolings differ, is kept for the last options it was asked
 * for, one of each and in one bit a sample, so that all derived pictures together add less than half a byte per pixel to
 * an RGB picture.
 */
export class DerivedPictures {
  #winners: { readonly key: string; readonly marks: Bits } | undefined;
  #differing: { readonly key: string; readonly marks: Bits } | undefined;

  constructor(private readonly pooled: PooledPicture) {}

  /** Forgets what was found in the picture before. */
  clear(): void {
    this.#winners = undefined;
    this.#differing = undefined;
  }

  /**
   * A region of a derived picture as the screen shows it; undefined if it lies beside the picture or there is none: no
   * difference between outputs of different sizes, no mask without a counterpart or with one that its framework refuses.
   *
   * @throws {PoolError} for illegal options
   */
  tile(kind: DerivedKind, options: PoolOptions, against: Counterpart | undefined, asked: Region): Tile | undefined {
    const surface = this.#surface(kind, options, against);
    const region = surface && clipRegion(asked, surface);
    return region && { ...region, pane: kind, channels: surface.channels, data: samplePainted(surface, region) };
  }

  /** Valid until anything else is pooled. */
  #surface(kind: DerivedKind, options: PoolOptions, against: Counterpart | undefined): PaintedSurface | undefined {
    switch (kind) {
      case 'difference':
        return this.#difference(options);
      case 'maxChange':
        return this.#change('max', options);
      case 'averageChange':
        return this.#change('average', options);
      case 'argmax': {
        const { shape } = this.pooled.input;
        return painted(shape, paintMarks(shape, this.#findWinners(options)));
      }
      case 'unpooled': {
        const { input } = this.pooled;
        return painted(input.shape, paintKept(input, this.#findWinners(options)));
      }
      case 'mask':
        return against && this.#mask(options, against);
    }
  }

  #difference(options: PoolOptions): PaintedSurface | undefined {
    const [vertical, horizontal] = planAxes('max', this.pooled.input.shape, options);
    const [other, another] = planAxes('average', this.pooled.input.shape, options);
    if (vertical.output !== other.output || horizontal.output !== another.output) return undefined;
    const max = this.pooled.output('max', options);
    return painted(max.shape, paintDifference(max, this.pooled.output('average', options)));
  }

  #change(kind: PoolKind, options: PoolOptions): PaintedSurface {
    const { input } = this.pooled;
    const axes = planAxes(kind, input.shape, options);
    return painted(input.shape, paintChange(input, this.pooled.output(kind, options), axes));
  }

  #findWinners(options: PoolOptions): Bits {
    const { input } = this.pooled;
    const key = poolingKey('max', input.shape, options);
    if (this.#winners?.key !== key) {
      this.#winners = undefined;
      this.#winners = { key, marks: winnersOf(input, planAxes('max', input.shape, options)) };
    }
    return this.#winners.marks;
  }

  #mask(options: PoolOptions, against: Counterpart): PaintedSurface | undefined {
    const { input } = this.pooled;
    const { kind } = against;
    const [vertical, horizontal] = planAxes(kind, input.shape, options);
    let theirKey: string;
    try {
      theirKey = poolingKey(kind, input.shape, against.options);
    } catch (error) {
      if (error instanceof PoolError) return undefined;
      throw error;
    }
    const key = `${kind} ${poolingKey(kind, input.shape, options)} ${theirKey}`;
    if (this.#differing?.key !== key) {
      this.#differing = undefined;
      this.#differing = { key, marks: this.#findDiffering(options, against) };
    }
    const grey = [1, 1, vertical.output, horizontal.output] as const;
    return painted(grey, paintMarks(grey, this.#differing.marks));
  }

  /** Compares exact values, some rows at a time: two averages in float32 at once would take 24 bytes per pixel. */
  #findDiffering(options: PoolOptions, { kind, options: theirOptions }: Counterpart): Bits {
    const { shape } = this.pooled.input;
    const [vertical, horizontal] = planAxes(kind, shape, options);
    const [theirs] = planAxes(kind, shape, theirOptions);
    const marks = new Bits(vertical.output * horizontal.output);
    const rows = Math.max(
      Math.ceil(valuesAtOnce / (horizontal.output * shape[1])),
      // Fewer would look at the same input again and again.
      Math.ceil((vertical.kernel * vertical.dilation) / vertical.stride),
    );
    const ourRows = this.pooled.exactRows(kind, options);
    const theirRows = this.pooled.exactRows(kind, theirOptions);
    for (let first = 0; first < vertical.output; first += rows) {
      const end = Math.min(first + rows, vertical.output);
      const our: Tensor = ourRows(first, end);
      // The other's may be fewer, or none.
      const theirEnd = Math.min(end, theirs.output);
      const their: Tensor = first < theirEnd ? theirRows(first, theirEnd) : nowhere(shape[1]);
      const { mask, count } = differingPixels(our, their);
      if (count === 0) continue;
      const offset = first * horizontal.output;
      for (let i = 0; i < mask.length; i++) if (mask[i]) marks.add(offset + i);
    }
    return marks;
  }
}

function nowhere(channels: number): Tensor {
  return { shape: [1, channels, 0, 0], data: new Uint8Array() };
}

function painted([, channels, height, width]: Tensor['shape'], paint: PaintRow): PaintedSurface {
  return { width, height, channels: channels as 1 | 3 | 4, paint };
}
