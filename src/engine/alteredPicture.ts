import { effectiveKernel } from '../core/axis';
import { isEqual } from '../core/equal';
import type { PerOperator } from '../core/inspect';
import type { OperatorName } from '../core/operators';
import type { PoolOptions } from '../core/options';
import { layerKey, type PlannedLayer } from '../core/plan';
import type { Rectangle } from '../core/region';
import { cropOf, type Rows, rowsOf, type Shape, type Tensor } from '../core/tensor';
import { type Alteration, writeAltered } from '../lab/alteration';
import { whiteLevel } from '../lab/channels';
import type { Noise } from '../lab/noise';
import { type Errors, errorsOf, type Score, scoreOf } from '../lab/score';
import type { Shift } from '../lab/shift';
import {
  comparedPart,
  moveOf,
  paintShiftChange,
  type ShiftChange,
  shiftChange,
  shiftDifference,
} from '../lab/shiftChange';
import { painted } from './derived';
import { PoolCache } from './poolCache';
import type { Surface } from './resample';

/** About how many values of two poolings are compared at a time. */
const valuesAtOnce = 2 ** 18;

/** Values of one pooling: 8 MB. */
const mostKept = 2 ** 21;

/** A picture as it was last altered, and what that does to its poolings. The altered picture takes as much memory again. */
export class AlteredPicture {
  readonly #kept = new Map<OperatorName, { readonly key: string; readonly output: Tensor }>();
  #last: { readonly alteration: Alteration; readonly pools: PoolCache } | undefined;

  /** @param clean the picture without the alteration */
  constructor(readonly clean: PoolCache) {}

  /** The altered picture and its poolings, valid until the next alteration. */
  pools(alteration: Alteration): PoolCache {
    if (isEqual(this.#last?.alteration, alteration)) return this.#last!.pools;
    const { clean } = this;
    const pools = this.#last?.pools ?? new PoolCache({ shape: clean.input.shape, data: clean.input.data.slice() });
    this.#last = undefined;
    pools.overwrite(samples => writeAltered(clean.input, alteration, samples));
    this.#last = { alteration, pools };
    return pools;
  }

  /** Releases what the altered picture takes, but not the clean one. */
  close(): void {
    this.#last?.pools.close();
    this.#last = undefined;
  }

  /**
   * How near poolings of the noisy picture are to those of the clean one.
   * @param isSample without SSIM
   * @throws {PoolError} for illegal options
   */
  scores(
    noise: Noise,
    options: PoolOptions,
    operators: readonly OperatorName[],
    isSample: boolean,
  ): PerOperator<Errors & Partial<Score>> {
    const noisy = this.pools(noise);
    const peak = whiteLevel(this.clean.input.data);
    const score = isSample ? errorsOf : scoreOf;
    return this.#each(operators, options, layer =>
      score(this.#cleanRows(layer), noisy.exactRows(layer), layer.output, peak),
    );
  }

  /**
   * How much of the poolings a move changes.
   * @throws {PoolError} for illegal options
   */
  shiftChanges(shift: Shift, options: PoolOptions, operators: readonly OperatorName[]): PerOperator<ShiftChange> {
    const moved = this.pools(shift);
    return this.#each(operators, options, layer => {
      const [, channels, , width] = layer.output;
      const rows = Math.max(1, Math.ceil(valuesAtOnce / (width * channels)));
      return shiftChange(this.#cleanRows(layer), moved.exactRows(layer), layer.axes, layer.output, shift, rows);
    });
  }

  /**
   * What a move changes of a pooling, for display.
   * @throws {PoolError} for illegal options
   */
  changeSurface(shift: Shift, operator: OperatorName, options: PoolOptions): Surface {
    const layer = this.clean.plan(operator, options);
    const after = this.pools(shift).output(layer);
    return painted(after.shape, paintShiftChange(this.clean.output(layer), after, layer.axes, shift));
  }

  /**
   * What a move changes of a pooling, exactly.
   * @throws {PoolError} for illegal options
   */
  change(shift: Shift, operator: OperatorName, options: PoolOptions): Tensor {
    const layer = this.clean.plan(operator, options);
    return shiftDifference(this.clean.exact(layer), this.pools(shift).exact(layer), layer.axes, shift);
  }

  /**
   * {@link change} of a part; undefined if the part does not lie inside.
   * @throws {PoolError} for illegal options
   */
  changeValues(
    shift: Shift,
    operator: OperatorName,
    options: PoolOptions,
    part: Rectangle,
  ): Float32Array<ArrayBuffer> | undefined {
    const { axes, output } = this.clean.plan(operator, options);
    const after = this.pools(shift).values(operator, options, part);
    if (!after) return undefined;
    const [, channels] = output;
    const compared = overlap(comparedPart(axes, shift), part);
    const data = new Float32Array(after.length).fill(Number.NaN);
    if (!compared) return data;
    const move = moveOf(axes, shift);
    const before = this.clean.values(operator, options, {
      ...compared,
      x: compared.x - move.x,
      y: compared.y - move.y,
    })!;
    const pitch = compared.width * channels;
    for (let row = 0; row < compared.height; row++) {
      const at = ((compared.y - part.y + row) * part.width + compared.x - part.x) * channels;
      for (let i = 0; i < pitch; i++) data[at + i] = Math.abs(after[at + i]! - before[row * pitch + i]!);
    }
    return data;
  }

  /** The clean picture's poolings do not change with the alteration: small ones are kept. */
  #cleanRows(layer: PlannedLayer): Rows {
    const [, channels, height, width] = layer.output;
    if (height * width * channels > mostKept) return this.clean.exactRows(layer);
    const key = layerKey(layer);
    let kept = this.#kept.get(layer.operator);
    if (kept?.key !== key) {
      kept = { key, output: this.clean.exact(layer) };
      this.#kept.set(layer.operator, kept);
    }
    return rowsOf(kept.output);
  }

  #each<T>(
    operators: readonly OperatorName[],
    options: PoolOptions,
    measure: (layer: PlannedLayer) => T,
  ): PerOperator<T> {
    return Object.fromEntries(operators.map(name => [name, measure(this.clean.plan(name, options))]));
  }
}

/** What two parts have in common; undefined if there is nothing. */
function overlap(a: Rectangle, b: Rectangle): Rectangle | undefined {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Pixels along each side of the part of a large picture that charts are computed on. */
const sampleSide = 1024;

/**
 * The middle of a picture, for a chart that would take too long on the whole; undefined if the picture is small or its
 * windows are so large that a part has few of them.
 */
export function sampleOf([, , height, width]: Shape, layers: readonly PlannedLayer[]): Rectangle | undefined {
  const isFew = layers.some(({ axes }) => axes.some(axis => axis.uneven || effectiveKernel(axis) > sampleSide / 8));
  if (isFew || width * height <= sampleSide ** 2) return undefined;
  const [rows, columns] = [Math.min(height, sampleSide), Math.min(width, sampleSide)];
  return { x: (width - columns) >> 1, y: (height - rows) >> 1, width: columns, height: rows };
}

/** A part of a picture, as a picture of its own. */
export function partPicture({ input }: PoolCache, part: Rectangle): AlteredPicture {
  return new AlteredPicture(new PoolCache(cropOf(input, part)));
}
