import type { PoolingLayer } from '../core/layer';
import { operatorOf } from '../core/operators';
import { layersBefore, type StageName } from '../core/panes';
import { layerKey, type PlannedLayer } from '../core/plan';
import { poolPlanned } from '../core/pool';
import type { Point, Rectangle, Region } from '../core/region';
import { computableStages, planStages } from '../core/stack';
import { cropOf, pixelOf, type Tensor } from '../core/tensor';
import type { Tile, Trace } from '../protocol';
import { likePicture, type PoolCache, surfaceOf } from './poolCache';
import { tileOf } from './resample';
import type { PictureTensor } from './view';

/** A layer's output. */
interface Kept {
  /** Equal for layers with the same result from the same input. */
  readonly key: string;
  readonly layer: PlannedLayer;
  /** Exactly as the framework computes it. */
  readonly output: Tensor;
  /** Made when it is first shown. */
  picture?: PictureTensor;
}

/** The outputs of the last stack of poolings. A changed layer is computed anew with those behind it. */
export class StackCache {
  #kept: readonly Kept[] = [];

  constructor(private readonly pools: PoolCache) {}

  /**
   * A region of a layer's output for the screen; undefined if the region is outside the picture.
   * @throws {PoolError} for an illegal layer
   */
  tile(pane: StageName, layers: readonly PoolingLayer[], asked: Region): Tile | undefined {
    const stage = this.#stages(layers)[layersBefore(pane) - 1];
    return stage && tileOf(pane, surfaceOf(this.#pictureOf(stage)), asked);
  }

  /**
   * The last layer's output exactly as the framework computes it; the input if there is no layer.
   * @throws {PoolError} for an illegal layer
   */
  output(layers: readonly PoolingLayer[]): Tensor {
    return this.#stages(layers).at(-1)?.output ?? this.pools.input;
  }

  /**
   * The last layer's output in the picture's own element type, clipped and truncated.
   * @throws {PoolError} for an illegal layer
   */
  picture(layers: readonly PoolingLayer[]): PictureTensor {
    const last = this.#stages(layers).at(-1);
    return last ? this.#pictureOf(last) : this.pools.input;
  }

  /**
   * The exact values of a part of the last layer's output, `height × width × channels`; undefined if the part does not
   * lie inside.
   *
   * @throws {PoolError} for an illegal layer
   */
  values(layers: readonly PoolingLayer[], part: Rectangle): Float32Array<ArrayBuffer> | undefined {
    const output = this.output(layers);
    const [, , height, width] = output.shape;
    if (part.x + part.width > width || part.y + part.height > height) return undefined;
    return new Float32Array(cropOf(output, part).data);
  }

  /**
   * Where a pixel of the last layer's output comes from; undefined if there is no such pixel.
   * @throws {PoolError} for an illegal layer
   */
  trace(layers: readonly PoolingLayer[], point: Point): Trace | undefined {
    const stages = this.#stages(layers);
    const output = this.output(layers);
    const [, channels, height, width] = output.shape;
    if (point.x >= width || point.y >= height) return undefined;
    const values = pixelOf(output, point);
    if (!stages.every(({ layer }) => operatorOf(layer.operator).selects)) return { values };
    return {
      values,
      origins: Array.from({ length: channels }, (_, channel) => this.#originOf(stages, point, channel)),
    };
  }

  /** The pixels that a pixel has been before, from the input's on; undefined if a window has none. */
  #originOf(stages: readonly Kept[], point: Point, channel: number): readonly Point[] | undefined {
    const path = [point];
    for (const [i, { layer }] of [...stages.entries()].toReversed()) {
      const input = stages[i - 1]?.output ?? this.pools.input;
      const found = operatorOf(layer.operator).explain(input, layer.axes, layer.options, path[0]!, channel);
      if (found.kind !== 'selected' || !found.winner) return undefined;
      path.unshift(found.winner);
    }
    return path;
  }

  #pictureOf(stage: Kept): PictureTensor {
    stage.picture ??= likePicture(stage.output, this.pools.input);
    return stage.picture;
  }

  /**
   * The layers' outputs, computed as far as they are not kept.
   * @throws {PoolError} for an illegal layer
   * @throws {RangeError} if they need too much memory
   */
  #stages(layers: readonly PoolingLayer[]): readonly Kept[] {
    const planned = planStages(this.pools.input.shape, layers);
    if (computableStages(planned) < planned.length) throw new RangeError('The outputs of this stack are too large');
    const poolings = planned.map(({ pooling }) => pooling!);
    const changed = poolings.findIndex((layer, i) => this.#kept[i]?.key !== layerKey(layer));
    if (changed < 0) return this.#kept.slice(0, poolings.length);
    // Drop the others first: two sets of outputs would take twice the memory.
    this.#kept = this.#kept.slice(0, changed);
    for (const layer of poolings.slice(changed)) {
      const before = this.#kept.at(-1);
      const output = before ? poolPlanned(before.output, layer).output : this.pools.exact(layer);
      this.#kept = [...this.#kept, { key: layerKey(layer), layer, output }];
    }
    return this.#kept;
  }
}
