/** Requests the tiles that the view needs and the panes lack. At most one request is in flight. */
import { type Channel, type Failure, type Outcome, Throttler } from '../channel';
import { isEqual } from '../core/equal';
import { isDerived, type PaneKind, type Place, type RenderPane, type ValuedPane } from '../core/panes';
import type { Region } from '../core/region';
import { budgetFactor, coarsen, type Size, visibleRegion } from '../core/viewport';
import type { Calls, HostNotice, Rendered, RenderRequest, Tile } from '../protocol';
import { drawPane } from './drawing';
import { isLegible } from './overlay';
import { baseOf, extents, madeOf, type Plan, pooledIn } from './plan';
import { firstVisible, placementOf, type Scene, spotOn } from './scene';
import { computedLayers } from './stack/stackPlan';
import { TileCanvas } from './tileCanvas';

/** Milliseconds without a reply after which the page shows that it is waiting. */
const unnoticed = 300;

interface Shown {
  /** Identifies the picture: it changes with everything that changes the pixels. */
  readonly key: string;
  readonly region: Region;
  /** The size of the whole picture in its own pixels. */
  readonly size: Size;
  /** The plan under which the host refused the tile; the pane still shows the previous picture. */
  readonly refusedFor?: Plan;
}

/** What the controller reports. */
export interface TileHooks {
  /** `isWaiting` has changed. */
  readonly onWaiting: () => void;
  /** All tiles that the view needs are here. */
  readonly onSettled: () => void;
  /** The host could not render a plan. */
  readonly onRefused: (plan: Plan, failure: Failure) => void;
}

/** Keeps the panes of a scene filled with tiles. */
export class TileController {
  readonly #canvases = new Map<PaneKind, TileCanvas>();
  readonly #overlays = new Map<PaneKind, HTMLCanvasElement>();
  readonly #shown = new Map<PaneKind, Shown>();
  #throttler = new Throttler();
  /** Incremented when the picture changes: a reply for an earlier picture is dropped. */
  #picture = 0;
  #scene: Scene | undefined;
  #isWaiting = false;

  constructor(
    private readonly channel: Channel<Calls>,
    private readonly hooks: TileHooks,
  ) {}

  /** Whether the reply in flight is taking long enough to tell the user. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  attach(kind: PaneKind, canvas: HTMLCanvasElement, overlay?: HTMLCanvasElement): void {
    if (overlay) this.#overlays.set(kind, overlay);
    if (this.#canvases.get(kind)?.canvas === canvas) return;
    this.#canvases.set(kind, new TileCanvas(canvas));
    this.#shown.delete(kind);
  }

  /** Draws the scene with the tiles at hand and requests the missing ones. */
  update(scene: Scene): void {
    this.#scene = scene;
    for (const kind of this.#canvases.keys()) if (!scene.panes.includes(kind)) this.#forget(kind);
    this.#draw();
    this.#request();
  }

  /** Clears the canvases and ignores replies to come: the picture is gone. */
  clear(): void {
    this.#picture++;
    // A new throttler: a request still running for the previous picture must not delay the next one.
    this.#throttler = new Throttler();
    this.#scene = undefined;
    this.#isWaiting = false;
    this.#shown.clear();
    for (const canvas of this.#canvases.values()) canvas.clear();
  }

  /** Takes tiles that the host has sent without a request, if they match the scene. */
  takePrefetched({ request, tiles }: HostNotice & { type: 'prefetched' }): void {
    const scene = this.#scene;
    if (!scene) return;
    if (isEqual(request, pooledIn(scene.plan))) {
      for (const tile of tiles) this.#take(tile, scene);
    }
  }

  #take(tile: Tile, scene: Scene): void {
    const canvas = this.#canvases.get(tile.pane);
    if (!canvas) return;
    const { x, y, width, height, columns, rows } = tile;
    const shown = { ...this.#wanted(tile.pane, scene), region: { x, y, width, height, columns, rows } };
    canvas.show(tile, true, isWhole(tile, shown.size));
    this.#shown.set(tile.pane, shown);
  }

  /** Requests, once the current request has ended, what is missing then. */
  #request(): void {
    const scene = this.#scene;
    if (!scene || scene.isPrefetching || this.#missing(scene).size === 0) return;
    void this.#throttler.queue(() => this.#fetch());
  }

  async #fetch(): Promise<void> {
    const scene = this.#scene;
    if (!scene || scene.isPrefetching) return;
    const missing = this.#missing(scene);
    if (missing.size === 0) return;
    const inSight = new Map([...missing].filter(([kind]) => !scene.held.includes(kind)));
    const batch = this.#batchOf(inSight.size > 0 ? inSight : missing, scene);
    const picture = this.#picture;
    const patience = setTimeout(() => this.#wait(picture, true), unnoticed);
    const outcome = await this.#ask(batch, scene);
    clearTimeout(patience);
    if (picture !== this.#picture) return;
    if ('ok' in outcome) {
      this.#show(batch, outcome.ok.tiles);
    } else {
      // Counts as answered, so that the same request is not sent again.
      for (const [kind, shown] of batch) this.#shown.set(kind, { ...shown, refusedFor: scene.plan });
      this.hooks.onRefused(scene.plan, outcome.err);
    }
    this.#wait(picture, false);
    this.#draw();
    this.#request();
    if (this.settled) this.hooks.onSettled();
  }

  #wait(picture: number, isWaiting: boolean): void {
    if (picture !== this.#picture || isWaiting === this.#isWaiting) return;
    this.#isWaiting = isWaiting;
    this.hooks.onWaiting();
  }

  #show(batch: ReadonlyMap<PaneKind, Shown>, tiles: readonly Tile[]): void {
    for (const [kind, shown] of batch) {
      const canvas = this.#canvases.get(kind);
      if (!canvas) continue;
      const before = this.#shown.get(kind);
      const fresh = before?.key !== shown.key || before.refusedFor !== undefined;
      const tile = tiles.find(each => each.pane === kind);
      // A pane without a tile has no picture, for example the difference of outputs of two sizes.
      if (tile) canvas.show(tile, fresh, isWhole(tile, shown.size));
      else canvas.clear();
      this.#shown.set(kind, shown);
    }
  }

  /**
   * What to request next. If the tiles do not fit one reply: a coarse one of each pane, then each pane sharp in its own
   * reply.
   */
  #batchOf(missing: ReadonlyMap<PaneKind, Shown>, { plan }: Scene): ReadonlyMap<PaneKind, Shown> {
    const regions = [...missing.values()].map(({ region }) => region);
    const factor = budgetFactor(regions, plan.shape[1]);
    const coarseIsThere = [...missing].every(([kind, { key }]) => this.#shown.get(kind)?.key === key);
    return factor < 1 && coarseIsThere
      ? new Map([...missing].slice(0, 1))
      : new Map([...missing].map(([kind, shown]) => [kind, { ...shown, region: coarsen(shown.region, factor) }]));
  }

  #ask(batch: ReadonlyMap<PaneKind, Shown>, scene: Scene): Promise<Outcome<Rendered>> {
    const { view, stack } = scene.plan;
    if (!stack) return this.channel.call('render', this.#requestFor(batch, scene));
    return this.channel.call('stages', { view, layers: computedLayers(stack), regions: regionsOf(batch) });
  }

  #requestFor(batch: ReadonlyMap<PaneKind, Shown>, { plan, against, panes, room }: Scene): RenderRequest {
    return {
      ...pooledIn(plan),
      ...(against && batch.has('mask') && { against: { operator: against.kind, options: against.options } }),
      regions: regionsOf(batch),
      panes: panes as readonly RenderPane[],
      ...(room && { room: { ...room, pixelRatio: devicePixelRatio } }),
    };
  }

  /** Whether all tiles that the view needs are here. */
  get settled(): boolean {
    return this.#scene !== undefined && this.#missing(this.#scene).size === 0;
  }

  /** The pixel under a pointer event. */
  spotAt(kind: PaneKind, event: MouseEvent): Place | undefined {
    return this.#spot(kind, event.offsetX, event.offsetY);
  }

  /** The pixel at the centre of a pane. */
  middleOf(kind: PaneKind): Place | undefined {
    const { width, height } = this.paneSize;
    return this.#spot(kind, width / 2, height / 2);
  }

  /** The first pixel in sight of a pane. */
  firstOf(kind: PaneKind): Place | undefined {
    const canvas = this.#canvases.get(kind)?.canvas;
    return canvas && this.#scene && firstVisible(this.#scene, kind, canvas);
  }

  /** The pixel at a point of a pane, in CSS pixels. */
  #spot(kind: PaneKind, x: number, y: number): Place | undefined {
    const canvas = this.#canvases.get(kind)?.canvas;
    return canvas && this.#scene && spotOn(this.#scene, kind, canvas, x, y);
  }

  /** A pane's size in CSS pixels. */
  get paneSize(): Size {
    // All panes have one size.
    const [{ canvas } = {}] = this.#canvases.values();
    return { width: canvas?.clientWidth || 1, height: canvas?.clientHeight || 1 };
  }

  /** What each pane shows of the input or an output, if its pixels are large enough for numbers. */
  get legibleRegions(): Readonly<Partial<Record<ValuedPane, Region>>> {
    const scene = this.#scene;
    const regions: Partial<Record<ValuedPane, Region>> = {};
    if (!scene) return regions;
    for (const [kind, { canvas }] of this.#canvases) {
      if (isDerived(kind)) continue;
      const placement = placementOf(scene, kind, canvas);
      if (!isLegible(placement, canvas.width / canvas.clientWidth)) continue;
      const [vertical, horizontal] = extents(scene.plan, baseOf(kind, scene.against));
      const region = visibleRegion(placement, canvas, horizontal.count, vertical.count);
      if (region) regions[kind] = region;
    }
    return regions;
  }

  #draw(): void {
    const scene = this.#scene;
    if (!scene) return;
    for (const [kind, tiles] of this.#canvases) drawPane(scene, kind, tiles, this.#overlays.get(kind));
  }

  /** The regions that the view needs and the panes lack. */
  #missing(scene: Scene): Map<PaneKind, Shown> {
    const missing = new Map<PaneKind, Shown>();
    for (const [kind, { canvas }] of this.#canvases) {
      const { key, size } = this.#wanted(kind, scene);
      const region = visibleRegion(placementOf(scene, kind, canvas), canvas, size.width, size.height);
      const shown = this.#shown.get(kind);
      const isAnswered = shown?.key === key && isEqual(shown.region, region) && isFor(scene.plan, shown);
      if (region && !isAnswered) missing.set(kind, { key, region, size });
    }
    return missing;
  }

  /** Key and size of the picture that a pane has to show. */
  #wanted(kind: PaneKind, { plan, generation, against }: Scene): Pick<Shown, 'key' | 'size'> {
    const [vertical, horizontal] = extents(plan, baseOf(kind, against));
    const key = JSON.stringify([generation, plan.view, ...madeOf(kind, plan), ...(kind === 'mask' ? [against] : [])]);
    return { key, size: { width: horizontal.count, height: vertical.count } };
  }

  #forget(kind: PaneKind): void {
    this.#canvases.delete(kind);
    this.#overlays.delete(kind);
    this.#shown.delete(kind);
  }
}

function regionsOf(batch: ReadonlyMap<PaneKind, Shown>): Readonly<Partial<Record<PaneKind, Region>>> {
  return Object.fromEntries([...batch].map(([kind, { region }]) => [kind, region]));
}

/** A refusal counts only under the plan that was refused; a picture always counts. */
function isFor(plan: Plan, { refusedFor }: Shown): boolean {
  return refusedFor === undefined || refusedFor === plan;
}

function isWhole(region: Region, size: Size): boolean {
  return region.width === size.width && region.height === size.height;
}
