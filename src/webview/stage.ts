/** The panes: lays them out, keeps them filled with what the view shows, and turns gestures into views. */
import { isEqual } from '../core/equal';
import type { Inspection, Spot } from '../core/inspect';
import {
  budgetFactor,
  canvasSize,
  coarsen,
  type Placement,
  pixelAt,
  place,
  type Size,
  type Sizing,
  type View,
  visibleRegion,
} from '../core/viewport';
import type { Counterpart, FromHost, FromWebview, PaneKind, Region, RenderRequest, Tile } from '../protocol';
import { drawInspection, inkOf, Overlay } from './overlay';
import { drawnAs, Pane } from './pane';
import { baseOf, extents, isDerived, type Plan } from './plan';
import { Turn } from './turn';

/** Milliseconds that an answer may take before the page says that it is being worked on. */
const unnoticed = 300;

interface Shown {
  /** Which picture: changes with everything that changes its pixels. */
  readonly key: string;
  readonly region: Region;
  /** The whole picture's size in its own pixels. */
  readonly size: Size;
  /** The host could not make it: what the pane still shows is another picture. */
  readonly refused?: boolean;
}

export interface StageScene {
  readonly plan: Plan;
  readonly view: View;
  readonly sizing: Sizing;
  /** Counts the pictures that this file has held. */
  readonly generation: number;
  /** What the overlay marks. */
  readonly inspection: Inspection | undefined;
  readonly channel: number;
  /** The panes on the page. */
  readonly panes: readonly PaneKind[];
  /** One channel shown as grey, or all as they are. */
  readonly display: number | 'all';
  readonly against: Counterpart | undefined;
  /** What each pane could have of the page, while that stands as it began. */
  readonly room: Size | undefined;
  /** The largest value a sample can have: 255, or 65535 for 16-bit pictures. */
  readonly white: number;
  /** Exact values of a pixel for writing on it, where they are known beyond the bytes of the picture. */
  readonly valuesAt: (kind: PaneKind, x: number, y: number) => readonly number[] | undefined;
}

export class Stage {
  readonly #panes = new Map<PaneKind, Pane>();
  readonly #overlays = new Map<PaneKind, HTMLCanvasElement>();
  readonly #shown = new Map<PaneKind, Shown>();
  readonly #turn = new Turn();
  #asked: { readonly plan: Plan; readonly shown: ReadonlyMap<PaneKind, Shown> } | undefined;
  #scene: StageScene | undefined;
  /** Pictures are on their way that were not asked for. */
  #isPrefetching = false;

  #patience: ReturnType<typeof setTimeout> | undefined;

  /** @param onWaiting told when an answer is long in coming, and when it has come after all */
  constructor(
    private readonly post: (message: FromWebview) => void,
    private readonly onWaiting: (waiting: boolean) => void,
  ) {}

  attach(kind: PaneKind, canvas: HTMLCanvasElement, overlay: HTMLCanvasElement): void {
    this.#overlays.set(kind, overlay);
    if (this.#panes.get(kind)?.canvas === canvas) return;
    this.#panes.set(kind, new Pane(canvas));
    this.#shown.delete(kind);
  }

  /** Draws the scene with what is at hand and asks the host for what is missing. */
  update(scene: StageScene): void {
    this.#scene = scene;
    for (const kind of this.#panes.keys()) if (!scene.panes.includes(kind)) this.#forget(kind);
    this.#draw();
    this.#request();
  }

  /** The picture is gone: nothing on the canvases is true any more, and no answer is awaited. */
  clear(): void {
    this.#scene = undefined;
    this.#asked = undefined;
    this.#isPrefetching = false;
    this.#turn.reset();
    this.#answered();
    this.#shown.clear();
    for (const pane of this.#panes.values()) pane.clear();
  }

  /** Pictures come without being asked for: nothing is, until {@link takePrefetched} brings them. */
  expectPrefetched(): void {
    this.#isPrefetching = true;
  }

  /** Takes what the host has sent by itself, as far as the scene shows it, and asks for the rest. */
  takePrefetched({ request, tiles }: FromHost & { type: 'prefetched' }): void {
    this.#isPrefetching = false;
    const scene = this.#scene;
    if (!scene) return;
    const { mode, orient, options } = scene.plan;
    if (isEqual(request, { mode, orient, options })) {
      for (const tile of tiles) this.#take(tile, scene);
    }
  }

  #take(tile: Tile, scene: StageScene): void {
    const pane = this.#panes.get(tile.pane);
    if (!pane) return;
    const { x, y, width, height, columns, rows } = tile;
    const shown = { ...this.#wanted(tile.pane, scene), region: { x, y, width, height, columns, rows } };
    pane.show(tile, true, isWhole(tile, shown.size));
    this.#shown.set(tile.pane, shown);
  }

  rendered(message: FromHost & { type: 'rendered' }): void {
    const asked = this.#asked;
    if (!this.#turn.end(message.revision) || !asked) return;
    for (const [kind, shown] of asked.shown) {
      const pane = this.#panes.get(kind);
      if (!pane) continue;
      const before = this.#shown.get(kind);
      const fresh = before?.key !== shown.key || before.refused === true;
      const tile = message.tiles.find(each => each.pane === kind);
      // A pane without a tile has no picture, such as the difference of outputs of two sizes.
      if (tile) pane.show(tile, fresh, isWhole(tile, shown.size));
      else pane.clear();
      this.#shown.set(kind, shown);
    }
    this.#answered();
    this.#draw();
    this.#request();
  }

  /**
   * The host could not do it: what was asked counts as answered, so that only another question is asked.
   * @returns the plan that it was asked for; undefined for an answer that is not awaited
   */
  refused(revision: number): Plan | undefined {
    if (!this.#turn.end(revision)) return undefined;
    for (const [kind, shown] of this.#asked?.shown ?? []) this.#shown.set(kind, { ...shown, refused: true });
    this.#answered();
    return this.#asked?.plan;
  }

  /** Nothing that the view shows is missing. */
  get settled(): boolean {
    return this.#scene !== undefined && this.#missing(this.#scene).size === 0;
  }

  /** The pixel under a pointer event. */
  spotAt(kind: PaneKind, event: MouseEvent): Spot | undefined {
    return this.#spot(kind, event.offsetX, event.offsetY);
  }

  /** The pixel in the middle of what a pane shows. */
  middleOf(kind: PaneKind): Spot | undefined {
    const { width, height } = this.paneSize;
    return this.#spot(kind, width / 2, height / 2);
  }

  /** The pixel at a point of a pane, in CSS pixels. */
  #spot(kind: PaneKind, x: number, y: number): Spot | undefined {
    const canvas = this.#panes.get(kind)?.canvas;
    if (!canvas || !this.#scene) return undefined;
    const base = baseOf(kind, this.#scene.against);
    const [vertical, horizontal] = extents(this.#scene.plan, base);
    const ratio = canvas.width / canvas.clientWidth;
    const placement = this.#placement(kind, canvas);
    const pixel = pixelAt(placement, x * ratio, y * ratio, horizontal.count, vertical.count);
    return pixel && { pane: base, ...pixel };
  }

  /** A pane's size in CSS pixels. */
  get paneSize(): Size {
    const canvas = this.#panes.get('input')?.canvas;
    return { width: canvas?.clientWidth || 1, height: canvas?.clientHeight || 1 };
  }

  #placement(kind: PaneKind, canvas: HTMLCanvasElement): Placement {
    const { plan, view, sizing, against } = this.#scene!;
    const [vertical, horizontal] = extents(plan, baseOf(kind, against));
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    return place(view, plan.picture, size, horizontal, vertical, sizing, canvas.width / canvas.clientWidth);
  }

  #draw(): void {
    if (!this.#scene) return;
    for (const [kind, pane] of this.#panes) {
      fillBox(pane.canvas);
      const placement = this.#placement(kind, pane.canvas);
      pane.draw(placement, this.#scene.display);
      const canvas = this.#overlays.get(kind);
      if (canvas) this.#drawOver(kind, canvas, placement, this.#scene);
    }
  }

  #drawOver(kind: PaneKind, canvas: HTMLCanvasElement, placement: Placement, scene: StageScene): void {
    fillBox(canvas);
    const { plan, inspection, channel, against } = scene;
    const base = baseOf(kind, against);
    const overlay = new Overlay(canvas, placement, inkOf(canvas));
    if (kind === 'input') overlay.borders(plan.max);
    const [vertical, horizontal] = extents(plan, base);
    const white = isDerived(kind) ? 255 : scene.white;
    overlay.numbers(
      horizontal.count,
      vertical.count,
      values => drawnAs(values, kind, scene.display, white),
      (x, y) => scene.valuesAt(kind, x, y) ?? this.#bytesAt(kind, x, y),
    );
    if (inspection) drawInspection(overlay, base, inspection, plan, channel);
  }

  /** What the screen shows of a pixel is all there is to write on a derived picture, and on 8-bit ones it is exact. */
  #bytesAt(kind: PaneKind, x: number, y: number): readonly number[] | undefined {
    return this.#scene?.white === 255 || isDerived(kind) ? this.#panes.get(kind)?.valuesAt(x, y) : undefined;
  }

  #request(): void {
    const scene = this.#scene;
    if (!scene || this.#isPrefetching) return;
    const missing = this.#missing(scene);
    if (missing.size === 0) return;
    const revision = this.#turn.take();
    if (revision === undefined) return;

    const { plan } = scene;
    const regions = [...missing.values()].map(({ region }) => region);
    const factor = budgetFactor(regions, plan.channels);
    // More than fits one answer: first a coarse picture of all, then each pane sharp, one answer each.
    const coarseIsThere = [...missing].every(([kind, { key }]) => this.#shown.get(kind)?.key === key);
    const batch =
      factor < 1 && coarseIsThere
        ? new Map([...missing].slice(0, 1))
        : new Map([...missing].map(([kind, shown]) => [kind, { ...shown, region: coarsen(shown.region, factor) }]));

    const request: RenderRequest = {
      revision,
      mode: plan.mode,
      orient: plan.orient,
      options: plan.options,
      ...(scene.against && batch.has('mask') && { against: scene.against }),
      regions: Object.fromEntries([...batch].map(([kind, { region }]) => [kind, region])),
      panes: scene.panes,
      ...(scene.room && { room: { ...scene.room, pixelRatio: devicePixelRatio } }),
    };
    this.#asked = { plan, shown: batch };
    this.#patience = setTimeout(() => {
      this.#patience = undefined;
      this.onWaiting(true);
    }, unnoticed);
    this.post({ type: 'render', request });
  }

  #answered(): void {
    if (this.#patience === undefined) this.onWaiting(false);
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  /** The regions that the view shows and the panes do not have. */
  #missing(scene: StageScene): Map<PaneKind, Shown> {
    const missing = new Map<PaneKind, Shown>();
    for (const [kind, { canvas }] of this.#panes) {
      const { key, size } = this.#wanted(kind, scene);
      const region = visibleRegion(this.#placement(kind, canvas), canvas, size.width, size.height);
      const shown = this.#shown.get(kind);
      if (region && !(shown?.key === key && sameRegion(shown.region, region))) missing.set(kind, { key, region, size });
    }
    return missing;
  }

  /** Which picture a pane is to show, and how large that is. */
  #wanted(kind: PaneKind, { plan, generation, against }: StageScene): Pick<Shown, 'key' | 'size'> {
    const [vertical, horizontal] = extents(plan, baseOf(kind, against));
    const made = kind === 'input' ? [] : kind === 'mask' ? [plan.options, against] : [plan.options];
    const key = JSON.stringify([generation, plan.mode, plan.orient, ...made]);
    return { key, size: { width: horizontal.count, height: vertical.count } };
  }

  #forget(kind: PaneKind): void {
    this.#panes.delete(kind);
    this.#overlays.delete(kind);
    this.#shown.delete(kind);
  }
}

/** As many device pixels as its box on the page has. */
function fillBox(canvas: HTMLCanvasElement): void {
  const { width, height } = canvasSize({ width: canvas.clientWidth, height: canvas.clientHeight }, devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function isWhole(region: Region, size: Size): boolean {
  return region.width === size.width && region.height === size.height;
}

function sameRegion(a: Region, b: Region): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.columns === b.columns &&
    a.rows === b.rows
  );
}
