import type { Inspection, Spot } from '../core/inspect';
import type { PaneKind } from '../core/panes';
import { type Placement, pixelAt, place, type Size, type Sizing, type View } from '../core/viewport';
import { baseOf, extents, type FoundDifference, type Plan } from './plan';

/** What the panes are to show. */
export interface Scene {
  readonly plan: Plan;
  readonly view: View;
  readonly sizing: Sizing;
  /** Counts the pictures that this file has held. */
  readonly generation: number;
  /** Pictures are on their way that were not asked for: nothing is until they are there. */
  readonly isPrefetching: boolean;
  /** What the overlay marks. */
  readonly inspection: Inspection | undefined;
  readonly channel: number;
  /** The panes on the page. */
  readonly panes: readonly PaneKind[];
  /** One channel shown as grey, or all as they are. */
  readonly display: number | 'all';
  /** What the mask compares with. */
  readonly against: FoundDifference | undefined;
  /** What each pane could have of the page, while that stands as it began. */
  readonly room: Size | undefined;
  /** The largest value a sample can have: 255, or 65535 for 16-bit pictures. */
  readonly white: number;
  /** Exact values of a pixel for writing on it, where they are known beyond the bytes of the picture. */
  readonly valuesAt: (kind: PaneKind, x: number, y: number) => readonly number[] | undefined;
}

/** Where a pane's picture lies on its canvas. */
export function placementOf(scene: Scene, kind: PaneKind, canvas: HTMLCanvasElement): Placement {
  const { plan, view, sizing, against } = scene;
  const [vertical, horizontal] = extents(plan, baseOf(kind, against));
  const size = { width: canvas.clientWidth, height: canvas.clientHeight };
  return place(view, plan.picture, size, horizontal, vertical, sizing, canvas.width / canvas.clientWidth);
}

/** The pixel at a point of a pane, in CSS pixels. */
export function spotOn(
  scene: Scene,
  kind: PaneKind,
  canvas: HTMLCanvasElement,
  x: number,
  y: number,
): Spot | undefined {
  const base = baseOf(kind, scene.against);
  const [vertical, horizontal] = extents(scene.plan, base);
  const ratio = canvas.width / canvas.clientWidth;
  const placement = placementOf(scene, kind, canvas);
  const pixel = pixelAt(placement, x * ratio, y * ratio, horizontal.count, vertical.count);
  return pixel && { pane: base, ...pixel };
}
