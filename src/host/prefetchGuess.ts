import * as v from 'valibot';
import { firstOperators, type OperatorName } from '../core/operators';
import { PoolError } from '../core/options';
import { planAxes } from '../core/plan';
import type { Region } from '../core/region';
import { possibleView, shapeOf, sizeOf } from '../core/view';
import {
  budgetFactor,
  canvasSize,
  coarsen,
  inputExtent,
  outputExtent,
  paneHeight,
  place,
  visibleRegion,
  wholeView,
} from '../core/viewport';
import type { PictureInfo, RenderRequest } from '../protocol';
import * as schema from '../schema';

/** What a new page begins with: the settings, see `defaultsFrom`, or the state of another page. */
export type Defaults = Readonly<Record<string, unknown>>;

/**
 * Guesses the first request of a new page from that of the last new page in this window: with the same settings and the
 * same room it is the same. A right guess saves a round trip, and the tiles are sent while the page loads. A wrong
 * guess costs only that transfer: the page requests what it lacks.
 */
export class PrefetchGuess {
  #learnt: { readonly defaults: string; readonly request: RenderRequest } | undefined;

  /**
   * Records a request, if it is from a page that the user has not changed: only such a page sends its room. Not of an
   * altered picture, which no new page begins with.
   */
  learn(defaults: Defaults, request: RenderRequest): void {
    if (request.room && !request.alteration) this.#learnt = { defaults: JSON.stringify(defaults), request };
  }

  /** The first request that a new page will make for a picture; undefined if it cannot be guessed. */
  guess(defaults: Defaults, info: PictureInfo): RenderRequest | undefined {
    const { request } = this.#learnt ?? {};
    if (!request?.room || this.#learnt?.defaults !== JSON.stringify(defaults)) return undefined;
    const { room, options } = request;
    const mode = v.is(schema.mode, defaults['mode']) ? defaults['mode'] : 'colour';
    const view = possibleView({ mode, orient: request.view.orient }, info);
    const sizing = defaults['sizing'] === 'relative' ? 'relative' : 'overlay';
    const picture = sizeOf(info, view.orient);
    const shape = shapeOf(info, view);
    const pane = { width: room.width, height: room.isFilled ? room.height : paneHeight(room, picture) };
    const region = (kind: 'input' | OperatorName) => {
      const [vertical, horizontal] =
        kind === 'input'
          ? [inputExtent(picture.height), inputExtent(picture.width)]
          : planAxes(kind, shape, options).map(outputExtent);
      const placement = place(wholeView, picture, pane, horizontal!, vertical!, sizing, room.pixelRatio);
      return visibleRegion(placement, canvasSize(pane, room.pixelRatio), horizontal!.count, vertical!.count);
    };
    try {
      const regions: Partial<Record<'input' | OperatorName, Region>> = {};
      for (const kind of ['input', ...firstOperators] as const) {
        const asked = region(kind);
        if (!asked) return undefined;
        regions[kind] = asked;
      }
      return withinBudget({ view, options, regions }, info);
    } catch (error) {
      // The options are illegal for this picture: the page will say so.
      if (error instanceof PoolError) return undefined;
      throw error;
    }
  }
}

/** A request for a picture, coarsened so that the tiles fit one reply. */
export function withinBudget(request: RenderRequest, info: PictureInfo): RenderRequest {
  const [, channels] = shapeOf(info, request.view);
  const regions = Object.entries(request.regions);
  const factor = budgetFactor(
    regions.map(([, region]) => region),
    channels,
  );
  return { ...request, regions: Object.fromEntries(regions.map(([pane, region]) => [pane, coarsen(region, factor)])) };
}
