import { sameView } from '../core/view';
import type { HostNotice, PictureInfo, RenderRequest, Tile } from '../protocol';
import type { DocumentState, PictureDocument } from './document';
import { type Defaults, type PrefetchGuess, withinBudget } from './prefetchGuess';

/** The pictures that a page is sent with the announcement of what it will ask them of. */
export type Prefetched = HostNotice & { type: 'prefetched' };

/**
 * Makes for one panel what its page will ask first of a picture, while that is still loading or shows the picture before: one
 * that has asked nothing yet most likely what others did, one that shows a picture of the same size the same of the next.
 */
export class Prefetch {
  /** What the page shows, and of which picture. */
  #shown: { readonly info: PictureInfo; readonly request: RenderRequest } | undefined;
  #making: Promise<Prefetched> | undefined;

  /** @param defaults the settings as a fresh page takes them */
  constructor(
    private readonly document: PictureDocument,
    private readonly guess: PrefetchGuess,
    private readonly defaults: () => Defaults,
  ) {}

  /** What is being made for the picture that is open; undefined when there is nothing to go by. */
  get making(): Promise<Prefetched> | undefined {
    return this.#making;
  }

  /** Takes note of what the page asks. It asks only for what is new to it, so requests add up. */
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

  /** Begins anew with what the document has become. */
  prepare(state: DocumentState): void {
    this.#making = undefined;
    if (state.type !== 'opened') return;
    const request = this.#shown ? this.#again(state.info) : this.guess.guess(this.defaults(), state.info);
    if (!request) return;
    const { view, options } = request;
    const prefetched = (tiles: readonly Tile[]): Prefetched => ({
      type: 'prefetched',
      request: { view, options },
      tiles,
    });
    this.#making = this.document.ask('render', request).then(
      outcome => prefetched('ok' in outcome ? outcome.ok.tiles : []),
      () => prefetched([]),
    );
  }

  /** What the page shows, of another picture of the same size, as far as it crosses at once. */
  #again(info: PictureInfo): RenderRequest | undefined {
    const { info: before, request } = this.#shown!;
    return isAlike(before, info) ? withinBudget(request, info) : undefined;
  }
}

/** Whether the same regions are there in both. */
export function isAlike(a: PictureInfo, b: PictureInfo): boolean {
  return a.width === b.width && a.height === b.height && a.channels === b.channels && a.orientation === b.orientation;
}
