import { sameView } from '../core/view';
import type { HostNotice, PictureInfo, RenderRequest, Tile } from '../protocol';
import type { DocumentState, PictureDocument } from './document';
import { type Defaults, type PrefetchGuess, withinBudget } from './prefetchGuess';

/** Tiles that a page gets without a request, with the request that they answer. */
export type Prefetched = HostNotice & { type: 'prefetched' };

/**
 * Renders for one panel what its page will request first of a picture, while the page is loading or still shows the
 * previous picture. A page that has requested nothing yet will most likely request what other pages did; one that shows
 * a picture will request the same of a next picture of the same size.
 */
export class Prefetch {
  /** What the page shows, and of which picture. */
  #shown: { readonly info: PictureInfo; readonly request: RenderRequest } | undefined;
  #making: Promise<Prefetched> | undefined;

  /** @param defaults what a new page begins with */
  constructor(
    private readonly document: PictureDocument,
    private readonly guess: PrefetchGuess,
    private readonly defaults: () => Defaults,
  ) {}

  /** The tiles being rendered for the open picture; undefined if there is nothing to base a guess on. */
  get making(): Promise<Prefetched> | undefined {
    return this.#making;
  }

  /** Records a request of the page. A page requests only what it lacks, so regions of successive requests add up. */
  note(request: RenderRequest): void {
    this.guess.learn(this.defaults(), request);
    const { state } = this.document;
    if (state.type !== 'opened') return;
    const before = this.#shown?.request;
    const isSameView = sameView(before?.view, request.view);
    const all = { ...(isSameView && before?.regions), ...request.regions };
    const { panes } = request;
    const onPage = Object.entries(all).filter(([kind]) => !panes || panes.some(pane => pane === kind));
    const regions = Object.fromEntries(onPage);
    const against = request.against ?? before?.against;
    this.#shown = { info: state.info, request: { ...request, ...(against && { against }), regions } };
  }

  /** Starts again for a new state of the document. */
  prepare(state: DocumentState): void {
    this.#making = undefined;
    if (state.type !== 'opened') return;
    const request = this.#shown ? this.#again(state.info) : this.guess.guess(this.defaults(), state.info);
    if (!request) return;
    const { view, alteration, options } = request;
    const prefetched = (tiles: readonly Tile[]): Prefetched => ({
      type: 'prefetched',
      request: { view, ...(alteration && { alteration }), options },
      tiles,
    });
    this.#making = this.document.ask('render', request).then(
      outcome => prefetched('ok' in outcome ? outcome.ok.tiles : []),
      () => prefetched([]),
    );
  }

  /**
   * The page's request, for another picture of the same size and small enough for one reply; undefined for other sizes.
   */
  #again(info: PictureInfo): RenderRequest | undefined {
    const { info: before, request } = this.#shown!;
    return isAlike(before, info) ? withinBudget(request, info) : undefined;
  }
}

/** Whether the same regions exist in both pictures. */
export function isAlike(a: PictureInfo, b: PictureInfo): boolean {
  return a.width === b.width && a.height === b.height && a.channels === b.channels && a.orientation === b.orientation;
}
