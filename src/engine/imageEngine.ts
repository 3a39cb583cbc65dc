import { countValues } from '../core/histogram';
import { type Inspection, inspect } from '../core/inspect';
import { type OperatorName, operatorNames } from '../core/operators';
import { derivedKinds, type StackPane } from '../core/panes';
import type { Region } from '../core/region';
import { type InputView, possibleMode, sameView } from '../core/view';
import { decodeImage } from '../decode/decode';
import type { DecodedImage, DecodeLimits } from '../decode/image';
import { orientedSize } from '../decode/orient';
import type {
  Counts,
  CountsOfPanes,
  CountsRequest,
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
import { DerivedPictures } from './derived';
import { encode } from './encode';
import type { Decoded, Encoded, EncodeRequest, EncodeStageRequest } from './message';
import { PoolCache } from './poolCache';
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
  /** Kept: the input has the most values to count, and no option changes them. */
  inputCounts?: Counts;
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
    this.#image = undefined;
    this.#views = [];
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
  render({ view, options, against, regions }: RenderRequest): Rendered {
    const started = performance.now();
    const { pools, derived } = this.#look(view);
    const tiles: (Tile | undefined)[] = [];
    for (const pane of ['input', ...operatorNames] as const) {
      const asked = regions[pane];
      if (asked) tiles.push(pools.tile(pane, options, asked));
    }
    // After the poolings that they are made from. The mask is last because it overwrites one of these poolings.
    for (const kind of derivedKinds) {
      const asked = regions[kind];
      if (asked) tiles.push(derived.tile(kind, { options, against }, asked));
    }
    return { tiles: tiles.filter(tile => tile !== undefined), milliseconds: performance.now() - started };
  }

  /**
   * The arithmetic behind a pixel.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  inspect({ view, options, operators, spot }: InspectRequest): Inspection {
    const { pools } = this.#look(view);
    const layers = operators.map(operator => pools.plan(operator, options));
    return inspect(pools.input, layers, spot);
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
  values({ view, options, pane, region }: ValuesRequest): Values {
    const data = this.#look(view).pools.values(pane, options, region);
    if (!data) throw new OutsideError(`${pane} has no such pixels`);
    return { data };
  }

  /**
   * How often each value occurs in the whole picture and in its poolings.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  counts({ view, options, operators }: CountsRequest): CountsOfPanes {
    const viewed = this.#look(view);
    const { pools } = viewed;
    const counts: Partial<Record<OperatorName, Counts>> = {};
    for (const operator of operators) counts[operator] = countValues(pools.output(pools.plan(operator, options)));
    viewed.inputCounts ??= countValues(pools.input);
    return { input: viewed.inputCounts, ...counts };
  }

  /**
   * A whole pooling as the bytes of a file.
   * @throws {PoolError}
   * @throws {EmptyError}
   */
  encode({ view, options, operator, as }: EncodeRequest): Encoded {
    const { pools } = this.#look(view);
    const layer = pools.plan(operator, options);
    return { data: encode({ picture: () => pools.output(layer), exact: () => pools.exact(layer) }, as) };
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
  encodeStage({ view, layers, as }: EncodeStageRequest): Encoded {
    const { stack } = this.#look(view);
    return { data: encode({ picture: () => stack.picture(layers), exact: () => stack.output(layers) }, as) };
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
    this.#views = others.slice(0, isSmall ? 1 : 0);
    const viewed = known ?? this.#load(this.#image, view);
    this.#views = [viewed, ...this.#views];
    return viewed;
  }

  #load(image: DecodedImage, view: InputView): Viewed {
    const tensor = viewTensor(image, view);
    const { data, place } = image;
    const pools = new PoolCache(tensor, tensor.data.buffer === data.buffer ? place : undefined);
    return { view, pools, derived: new DerivedPictures(pools), stack: new StackCache(pools) };
  }
}
