import { firstOperators, type OperatorName } from '../core/operators';
import { PoolError } from '../core/options';
import { planAxes } from '../core/plan';
import type { Region } from '../core/region';
import { type ColourMode, possibleView, shapeOf, sizeOf } from '../core/view';
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
    const { room, options } = request;
    const mode = (defaults['mode'] ?? 'colour') as ColourMode;
    const view = possibleView({ mode, orient: request.view.orient }, info);
    const sizing = (defaults['sizing'] ?? 'overlay') as Sizing;
    const picture = sizeOf(info, view.orient);
    const shape = shapeOf(info, view);
    const pane = { width: room.width, height: paneHeight(room, picture) };
    const region = (kind: 'input' | OperatorName) => {
      const [vertical, horizontal] =
        kind === 'input'
          ? [inputExtent(picture.height), inputExtent(picture.width)]
          : planAxes(kind, shape, options).map(outputExtent);
      const whole = { scale: 'fit', x: 0, y: 0 } as const;
      const placement = place(whole, picture, pane, horizontal!, vertical!, sizing, room.pixelRatio);
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
      // Illegal options for this picture: the page will say so.
      if (error instanceof PoolError) return undefined;
      throw error;
    }
  }
}

/** A request for a picture, coarsened so far that the answer crosses at once. */
export function withinBudget(request: RenderRequest, info: PictureInfo): RenderRequest {
  const [, channels] = shapeOf(info, request.view);
  const regions = Object.entries(request.regions);
  const factor = budgetFactor(
    regions.map(([, region]) => region),
    channels,
  );
  return { ...request, regions: Object.fromEntries(regions.map(([pane, region]) => [pane, coarsen(region, factor)])) };
}
