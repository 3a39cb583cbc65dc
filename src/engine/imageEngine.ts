import { isEqual } from '../core/equal';
import { countValues } from '../core/histogram';
import { inspect, type Spot } from '../core/inspect';
import { type OperatorName, operatorNames } from '../core/operators';
import type { PoolOptions } from '../core/options';
import { alteredBase, derivedKinds, isBefore, isChange, type StackPane } from '../core/panes';
import type { PlannedLayer } from '../core/plan';
import type { Rectangle, Region } from '../core/region';
import type { Tensor } from '../core/tensor';
import { type InputView, possibleMode, sameView } from '../core/view';
import { decodeImage } from '../decode/decode';
import type { DecodedImage, DecodeLimits } from '../decode/image';
import { orientedSize } from '../decode/orient';
import { type Alteration, isNoise } from '../lab/alteration';
import { whiteLevel } from '../lab/channels';
import type { Errors, Score } from '../lab/score';
import { moveOf, type ShiftChange } from '../lab/shiftChange';
import type {
  Compared,
  CompareRequest,
  Counts,
  CountsOfPanes,
  CountsRequest,
  Inspected,
  InspectRequest,
  Pixels,
  PixelsRequest,
  Rendered,
  RenderRequest,
  StagesRequest,
  StageValuesRequest,
  Tile,
  Trace,
  TraceRequest,
  Values,
  ValuesRequest,
} from '../protocol';
import { AlteredPicture, partPicture, sampleOf } from './alteredPicture';
import { DerivedPictures } from './derived';
import { encode } from './encode';
import type { Decoded, Encoded, EncodeRequest, EncodeStageRequest } from './message';
import { likePicture, PoolCache } from './poolCache';
import { tileOf } from './resample';
import { StackCache } from './stackCache';
import { viewTensor } from './view';

/** There is no decoded picture. */
export class EmptyError extends Error {}

/** The requested pixels are not all inside the picture. */
export class OutsideError extends Error {}

/** A view of the picture, and what was computed from it. */
interface Viewed {
  readonly view: InputView;
  readonly pools: PoolCache;
  readonly derived: DerivedPictures;
  readonly stack: StackCache;
  readonly altered: AlteredPicture;
  /** What charts are computed on, so that they leave the shown one alone: of a large picture a part. */
  sample?: { readonly picture: AlteredPicture; readonly part: Rectangle | undefined } | undefined;
  /** Kept: the input has the most values to count, and no option changes them. */
  inputCounts?: Counts;
}

/** A picture in a view, and as it is altered. */
interface Found {
  readonly viewed: Viewed;
  readonly pools: PoolCache;
}

/**
 * Pixels. Up to this size a picture is kept in two views, so that two panels with different views do not load it again
 * for every request. Two views take a quarter more memory than one.
 */
const mostPixelsTwice = 16_000_000;

/**
 * One open picture and what was last computed from it: decoded once, loaded for pooling in the last views, each pooling
 * kept for its last options.
 */
export class ImageEngine {
  /** The pixels as the file stores them, not turned. */
  #image: DecodedImage | undefined;
  /** Most recently used first. */
  #views: readonly Viewed[] = [];

  /**
   * Replaces the picture. Times are in milliseconds.
   * @throws {DecodeError}
   */
  async decode(bytes: Uint8Array, limits: DecodeLimits): Promise<Decoded> {
    this.#forget();
    const started = performance.now();
    const stages: [string, number][] = [];
    const onStage = (stage: string, milliseconds: number) => stages.push([stage, milliseconds]);
    const image = await decodeImage(bytes, limits, { orient: false, onStage });
    this.#image = image;
    const { channels, bitDepth, format, orientation, notes } = image;
    const { width, height } = orientedSize(image, orientation);
    const milliseconds = performance.now() - started;
    return { width, height, channels, bitDepth, format, orientation, notes, stages, milliseconds };
  }

  /**
   * Renders the requested regions; those outside their picture are left out.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  render({ view, alteration, options, against, regions }: RenderRequest): Rendered {
    const started = performance.now();
    const { viewed, pools } = this.#find(view, alteration);
    const tiles: (Tile | undefined)[] = [];
    for (const pane of ['input', ...operatorNames] as const) {
      const asked = regions[pane];
      const before = regions[`before.${pane}`];
      if (asked) tiles.push(pools.tile(pane, options, asked));
      if (before) tiles.push(named(`before.${pane}`, viewed.pools.tile(pane, options, before)));
    }
    if (alteration?.kind === 'shift') {
      for (const name of operatorNames) {
        const pane = `change.${name}` as const;
        const asked = regions[pane];
        if (asked) tiles.push(tileOf(pane, viewed.altered.changeSurface(alteration, name, options), asked));
      }
    }
    // After the poolings that they are made from. The mask is last because it overwrites one of these poolings.
    const derived = alteration ? new DerivedPictures(pools) : viewed.derived;
    for (const kind of derivedKinds) {
      const asked = regions[kind];
      if (asked) tiles.push(derived.tile(kind, { options, against }, asked));
    }
    return { tiles: tiles.filter(tile => tile !== undefined), milliseconds: performance.now() - started };
  }

  /**
   * The arithmetic behind a pixel; of an altered picture also what it was before.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  inspect({ view, alteration, options, operators, spot }: InspectRequest): Inspected {
    const { viewed, pools } = this.#find(view, alteration);
    const layers = operators.map(operator => pools.plan(operator, options));
    const inspection = inspect(pools.input, layers, spot);
    if (!alteration) return inspection;
    return { ...inspection, before: inspect(viewed.pools.input, layers, spotBefore(spot, alteration, layers)) };
  }

  /**
   * A copy of the input tensor's samples, for the page to keep.
   * @throws {EmptyError}
   */
  pixels({ view }: PixelsRequest): Pixels {
    return { data: this.#look(view).pools.input.data.slice() };
  }

  /**
   * The exact values of a part of the input tensor or of a pooling.
   * @throws {PoolError}
   * @throws {EmptyError}
   * @throws {OutsideError}
   */
  values({ view, alteration, options, pane, region }: ValuesRequest): Values {
    const data = this.#valuesOf(this.#find(view, alteration), alteration, options, pane, region);
    if (!data) throw new OutsideError(`${pane} has no such pixels`);
    return { data };
  }

  /**
   * How often each value occurs in the whole picture and in its poolings.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  counts({ view, alteration, options, operators }: CountsRequest): CountsOfPanes {
    const { viewed, pools } = this.#find(view, alteration);
    const counts: Partial<Record<OperatorName, Counts>> = {};
    for (const operator of operators) counts[operator] = countValues(pools.output(pools.plan(operator, options)));
    if (alteration) return { input: countValues(pools.input), ...counts };
    viewed.inputCounts ??= countValues(pools.input);
    return { input: viewed.inputCounts, ...counts };
  }

  /**
   * How near poolings of the noisy picture are to those of the clean one; nothing without noise.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  scores({ view, alteration, options, operators, isSample }: CompareRequest): Compared<Errors & Partial<Score>> {
    if (!isNoise(alteration)) return { of: {} };
    const { picture, part } = this.#toCompare(view, options, operators, isSample);
    return { of: picture.scores(alteration, options, operators, isSample), ...(part && { part }) };
  }

  /**
   * How much of the poolings a move of the picture changes; nothing without a move.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  shiftChanges({ view, alteration, options, operators, isSample }: CompareRequest): Compared<ShiftChange> {
    if (alteration?.kind !== 'shift') return { of: {} };
    const { picture, part } = this.#toCompare(view, options, operators, isSample);
    return { of: picture.shiftChanges(alteration, options, operators), ...(part && { part }) };
  }

  /**
   * A whole picture as the bytes of a file.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  async encode({ view, alteration, options, pane, as }: EncodeRequest): Promise<Encoded> {
    const { viewed, pools } = this.#find(view, alteration);
    if (isChange(pane)) {
      if (alteration?.kind !== 'shift') throw new OutsideError('Nothing has moved');
      const change = viewed.altered.change(alteration, alteredBase(pane), options);
      const picture = () => likePicture(as === 'png' ? opaque(change, pools.input) : change, pools.input);
      return { data: await encode({ picture, exact: () => change }, as) };
    }
    const from = isBefore(pane) ? viewed.pools : pools;
    const base = isBefore(pane) ? alteredBase(pane) : pane;
    if (base === 'input') return { data: await encode({ picture: () => from.input, exact: () => from.input }, as) };
    const layer = from.plan(base, options);
    return { data: await encode({ picture: () => from.output(layer), exact: () => from.exact(layer) }, as) };
  }

  /**
   * Renders the requested regions of a stack; those outside their picture are left out.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  stages({ view, layers, regions }: StagesRequest): Rendered {
    const started = performance.now();
    const { pools, stack } = this.#look(view);
    const tiles = (Object.entries(regions) as [StackPane, Region][]).map(([pane, region]) =>
      pane === 'input' ? pools.inputTile(region) : stack.tile(pane, layers, region),
    );
    return { tiles: tiles.filter(tile => tile !== undefined), milliseconds: performance.now() - started };
  }

  /**
   * Where a pixel of the last layer's output comes from.
   * @throws {PoolError}
   * @throws {EmptyError}
   * @throws {OutsideError}
   */
  trace({ view, layers, point }: TraceRequest): Trace {
    const trace = this.#look(view).stack.trace(layers, point);
    if (!trace) throw new OutsideError('the stack has no such pixel');
    return trace;
  }

  /**
   * The exact values of a part of the last layer's output.
   * @throws {PoolError}
   * @throws {EmptyError}
   * @throws {OutsideError}
   */
  stageValues({ view, layers, region }: StageValuesRequest): Values {
    const data = this.#look(view).stack.values(layers, region);
    if (!data) throw new OutsideError('the stack has no such pixels');
    return { data };
  }

  /**
   * The last layer's output as the bytes of a file.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  async encodeStage({ view, layers, as }: EncodeStageRequest): Promise<Encoded> {
    const { stack } = this.#look(view);
    return { data: await encode({ picture: () => stack.picture(layers), exact: () => stack.output(layers) }, as) };
  }

  /**
   * The picture in a view, and as it is altered, ready to be pooled.
   * @throws {EmptyError}
   */
  #find(view: InputView, alteration: Alteration | undefined): Found {
    const viewed = this.#look(view);
    return { viewed, pools: alteration ? viewed.altered.pools(alteration) : viewed.pools };
  }

  #valuesOf(
    { viewed, pools }: Found,
    alteration: Alteration | undefined,
    options: PoolOptions,
    pane: ValuesRequest['pane'],
    region: Rectangle,
  ): Float32Array<ArrayBuffer> | undefined {
    if (isBefore(pane)) return viewed.pools.values(alteredBase(pane), options, region);
    if (!isChange(pane)) return pools.values(pane, options, region);
    if (alteration?.kind !== 'shift') return undefined;
    return viewed.altered.changeValues(alteration, alteredBase(pane), options, region);
  }

  /** The picture, or a part of it for a chart of a large one. */
  #toCompare(view: InputView, options: PoolOptions, operators: readonly OperatorName[], isSample: boolean) {
    const viewed = this.#look(view);
    const { pools, altered } = viewed;
    const layers = operators.map(name => pools.plan(name, options));
    if (!isSample) return { picture: altered, part: undefined };
    const part = sampleOf(pools.input.shape, layers);
    if (!viewed.sample || !isEqual(viewed.sample.part, part)) {
      closeSample(viewed);
      viewed.sample = { part, picture: part ? partPicture(pools, part) : new AlteredPicture(pools) };
    }
    return viewed.sample;
  }

  /**
   * The picture in a view, ready to be pooled.
   * @throws {EmptyError}
   */
  #look(asked: InputView): Viewed {
    if (!this.#image) throw new EmptyError('no picture');
    // Equivalent views must be one: a picture that is pooled in its place has room for only one pooler.
    const view = { mode: possibleMode(asked.mode, this.#image), orient: asked.orient || this.#image.orientation === 1 };
    const known = this.#views.find(each => sameView(each.view, view));
    const others = this.#views.filter(each => each !== known);
    // Drop old views first: loading one takes memory.
    const isSmall = this.#image.width * this.#image.height <= mostPixelsTwice;
    const kept = isSmall ? 1 : 0;
    for (const each of others.slice(kept)) close(each);
    this.#views = others.slice(0, kept);
    const viewed = known ?? this.#load(this.#image, view);
    this.#views = [viewed, ...this.#views];
    return viewed;
  }

  /** Releases the memories of the picture. */
  #forget(): void {
    for (const viewed of this.#views) close(viewed);
    this.#views = [];
    this.#image = undefined;
  }

  #load(image: DecodedImage, view: InputView): Viewed {
    const tensor = viewTensor(image, view);
    const { data, place } = image;
    const pools = new PoolCache(tensor, tensor.data.buffer === data.buffer ? place : undefined);
    return {
      view,
      pools,
      derived: new DerivedPictures(pools),
      stack: new StackCache(pools),
      altered: new AlteredPicture(pools),
    };
  }
}

function close(viewed: Viewed): void {
  closeSample(viewed);
  viewed.altered.close();
  viewed.pools.close();
}

function closeSample(viewed: Viewed): void {
  const { sample } = viewed;
  viewed.sample = undefined;
  sample?.picture.close();
  if (sample?.part) sample.picture.clean.close();
}

/** A difference that can be looked at: alpha, which seldom differs, would leave nothing to see. */
function opaque({ shape, data }: Tensor, input: Tensor): Tensor {
  if (shape[1] !== 4) return { shape, data };
  return { shape, data: data.map((value, i) => (i % 4 === 3 ? whiteLevel(input.data) : value)) };
}

function named(pane: Tile['pane'], tile: Tile | undefined): Tile | undefined {
  return tile && { ...tile, pane };
}

/** Where an inspected pixel was before the alteration: a moved one lies further up and left. */
function spotBefore(spot: Spot, alteration: Alteration, [layer]: readonly PlannedLayer[]): Spot {
  if (alteration.kind !== 'shift') return spot;
  const { dy, dx } = alteration;
  const move = spot.pane === 'input' || !layer ? { y: dy, x: dx } : moveOf(layer.axes, alteration);
  return { ...spot, x: spot.x - move.x, y: spot.y - move.y };
}
