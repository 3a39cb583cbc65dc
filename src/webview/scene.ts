import type { Inspection } from '../core/inspect';
import type { PaneKind, Place } from '../core/panes';
import { type Placement, pixelAt, place, type Sizing, type View } from '../core/viewport';
import type { Room } from '../protocol';
import { baseOf, extents, type FoundDifference, isOn, lagOf, type Plan } from './plan';
import type { Traced } from './stack/tracing';

/** What the panes have to show. */
export interface Scene {
  readonly plan: Plan;
  readonly view: View;
  readonly sizing: Sizing;
  /** The picture's number among those that this page has shown. */
  readonly generation: number;
  /** Tiles are coming without a request: request none until they are here. */
  readonly isPrefetching: boolean;
  /** The inspection that the overlay marks. */
  readonly inspection: Inspection | undefined;
  /** The pixel of a stack whose receptive field the overlay marks. */
  readonly trace: Traced | undefined;
  readonly channel: number;
  /** The panes on the page. */
  readonly panes: readonly PaneKind[];
  /** Those of them that lie over others until they are asked for: their tiles come last. */
  readonly held: readonly PaneKind[];
  /** One channel, shown as grey, or all channels. */
  readonly display: number | 'all';
  /** The setting that the mask compares with. */
  readonly against: FoundDifference | undefined;
  /** The room for one pane's canvas, in CSS pixels; only as long as the user has changed nothing. */
  readonly room: Omit<Room, 'pixelRatio'> | undefined;
  /** The largest value a sample can have: 255, or 65535 for 16-bit pictures. */
  readonly white: number;
  /** A pixel's exact values, if the page has more than the bytes in the tiles. */
  readonly valuesAt: (kind: PaneKind, x: number, y: number) => readonly number[] | undefined;
}

/** Where a pane's picture lies on its canvas, in device pixels. */
export function placementOf(scene: Scene, kind: PaneKind, canvas: HTMLCanvasElement): Placement {
  const { plan, view, sizing, against } = scene;
  const [vertical, horizontal] = extents(plan, baseOf(kind, against));
  const size = { width: canvas.clientWidth, height: canvas.clientHeight };
  return place(view, plan.picture, size, horizontal, vertical, sizing, canvas.width / canvas.clientWidth);
}

/** The pixel at a point of a pane, in CSS pixels; undefined outside the picture. */
export function spotOn(
  scene: Scene,
  kind: PaneKind,
  canvas: HTMLCanvasElement,
  x: number,
  y: number,
): Place | undefined {
  const base = baseOf(kind, scene.against);
  const [vertical, horizontal] = extents(scene.plan, base);
  const ratio = canvas.width / canvas.clientWidth;
  const placement = placementOf(scene, kind, canvas);
  const pixel = pixelAt(placement, x * ratio, y * ratio, horizontal.count, vertical.count);
  const lag = lagOf(kind, scene.plan);
  return pixel && onPlan(scene.plan, { pane: base, x: pixel.x + lag.x, y: pixel.y + lag.y });
}

/** The first pixel, in reading order, that a pane shows whole; undefined if it shows none. */
export function firstVisible(scene: Scene, kind: PaneKind, canvas: HTMLCanvasElement): Place | undefined {
  const base = baseOf(kind, scene.against);
  const { left, top, scaleX, scaleY } = placementOf(scene, kind, canvas);
  const first = (offset: number, scale: number) => Math.max(0, Math.ceil(-offset / scale));
  const [x, y] = [first(left, scaleX), first(top, scaleY)];
  const lag = lagOf(kind, scene.plan);
  return onPlan(scene.plan, { pane: base, x: x + lag.x, y: y + lag.y });
}

function onPlan(plan: Plan, place: Place): Place | undefined {
  return isOn(plan, place) ? place : undefined;
}
