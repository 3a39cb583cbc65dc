import { PoolError } from '../core/options';
import { type ColourMode, possibleMode, shapeOf, sizeOf } from '../core/view';
import {
  budgetFactor,
  canvasSize,
  coarsen,
  inputExtent,
  outputExtent,
  paneHeight,
  place,
  type Sizing,
  visibleRegion,
} from '../core/viewport';
import { planAxes } from '../core/window';
import type { PictureInfo, RenderRequest } from '../protocol';

/** The settings as a fresh page takes them, see `defaultsFrom`. */
export type Defaults = Readonly<Record<string, unknown>>;

/**
 * What a fresh page will ask first, guessed from what the last one did in this window: with the same settings and the same
 * room it asks the same. A right guess saves the page a round trip, and the pictures' way to it goes on while it loads. A
 * wrong one costs that transfer, and nothing else: the page asks for what it misses.
 */
export class PrefetchGuess {
  #learnt: { readonly defaults: string; readonly request: RenderRequest } | undefined;

  /** Takes note of a request, if it is of a page that stands as it began: such a page tells its room. */
  learn(defaults: Defaults, request: RenderRequest): void {
    if (request.room) this.#learnt = { defaults: JSON.stringify(defaults), request };
  }

  /** The request that a fresh page will make for a picture, as far as can be told. */
  guess(defaults: Defaults, info: PictureInfo): RenderRequest | undefined {
    const { request } = this.#learnt ?? {};
    if (!request?.room || this.#learnt?.defaults !== JSON.stringify(defaults)) return undefined;
    const { room, orient, options } = request;
    const mode = possibleMode((defaults['mode'] ?? 'colour') as ColourMode, info);
    const sizing = (defaults['sizing'] ?? 'overlay') as Sizing;
    const picture = sizeOf(info, orient);
    const shape = shapeOf(info, mode, orient);
    const pane = { width: room.width, height: paneHeight(room, picture) };
    const region = (kind: 'input' | 'max' | 'average') => {
      const [vertical, horizontal] =
        kind === 'input'
          ? [inputExtent(picture.height), inputExtent(picture.width)]
          : planAxes(kind, shape, options).map(outputExtent);
      const view = { scale: 'fit', x: 0, y: 0 } as const;
      const placement = place(view, picture, pane, horizontal!, vertical!, sizing, room.pixelRatio);
      return visibleRegion(placement, canvasSize(pane, room.pixelRatio), horizontal!.count, vertical!.count);
    };
    try {
      const [input, max, average] = [region('input'), region('max'), region('average')];
      if (!input || !max || !average) return undefined;
      return withinBudget({ revision: 0, mode, orient, options, regions: { input, max, average } }, info);
    } catch (error) {
      // Illegal options for this picture: the page will say so.
      if (error instanceof PoolError) return undefined;
      throw error;
    }
  }
}

/** A request for a picture, coarsened so far that the answer crosses at once. */
export function withinBudget(request: RenderRequest, info: PictureInfo): RenderRequest {
  const [, channels] = shapeOf(info, request.mode, request.orient);
  const regions = Object.entries(request.regions);
  const factor = budgetFactor(
    regions.map(([, region]) => region),
    channels,
  );
  return { ...request, regions: Object.fromEntries(regions.map(([pane, region]) => [pane, coarsen(region, factor)])) };
}
