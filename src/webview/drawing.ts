/** Draws one pane: its tiles, then the overlay with the inspection marks and the numbers on large pixels. */

import type { Axes } from '../core/axis';
import type { Inspection } from '../core/inspect';
import { type OperatorName, operatorOf } from '../core/operators';
import { alteredBase, isChange, isDerived, isOperator, isStage, type PaneKind, type StackPane } from '../core/panes';
import { canvasSize } from '../core/viewport';
import { comparedPart } from '../lab/shiftChange';
import { chequerFor } from './chequer';
import { drawInspection, inkOf, Overlay } from './overlay';
import { axesOf, baseOf, extents, lagOf, operatorsOf, type Plan } from './plan';
import { placementOf, type Scene } from './scene';
import { drawTrace } from './stack/drawTrace';
import { drawnAs, type TileCanvas } from './tileCanvas';

/** @param overlayCanvas lies on top of the tile canvas */
export function drawPane(
  scene: Scene,
  kind: PaneKind,
  tiles: TileCanvas,
  overlayCanvas: HTMLCanvasElement | undefined,
): void {
  fillBox(tiles.canvas);
  const placement = placementOf(scene, kind, tiles.canvas);
  tiles.draw(placement, scene.display, () => chequerFor(tiles.canvas));
  if (!overlayCanvas) return;
  fillBox(overlayCanvas);
  const { plan, inspection, trace, channel, against } = scene;
  const base = baseOf(kind, against);
  const overlay = new Overlay(overlayCanvas, placement, inkOf(overlayCanvas));
  const [vertical, horizontal] = extents(plan, base);
  overlay.edge(horizontal.count, vertical.count);
  const windows = hatchedBy(plan, inspection);
  if (kind === 'input' && windows) overlay.borders(windows);
  if (isChange(kind) && plan.alteration?.kind === 'shift') {
    overlay.except(comparedPart(axesOf(plan, alteredBase(kind)), plan.alteration), horizontal.count, vertical.count);
  }
  const white = isDerived(kind) ? 255 : scene.white;
  // Derived pictures have no values other than the displayed bytes. Of 8-bit pictures the bytes are exact, and so are
  // pixels that are picked; all else has decimals.
  const isExact = white === 255 && !isChange(kind) && (!isOperator(base) || operatorOf(base).selects !== undefined);
  overlay.numbers(
    horizontal.count,
    vertical.count,
    values => drawnAs(values, kind, scene.display, white),
    (x, y) => scene.valuesAt(kind, x, y) ?? (isExact ? tiles.valuesAt(x, y) : undefined),
  );
  if (inspection && !isStage(base)) drawInspection(overlay, base, inspection, plan, channel, lagOf(kind, plan));
  if (trace && plan.stack && isOfStack(kind)) drawTrace(overlay, kind, trace, plan.stack, channel);
}

/** The layers whose windows leave out the pixels that the input hatches. */
function hatchedBy(plan: Plan, inspection: Inspection | undefined): readonly Axes[] | undefined {
  if (plan.stack) return plan.stack.isPicture ? plan.stack.stages.map(({ axes }) => axes) : undefined;
  const pointed = pointedOperator(plan, inspection);
  return pointed && [axesOf(plan, pointed)];
}

function isOfStack(kind: PaneKind): kind is StackPane {
  return kind === 'input' || isStage(kind);
}

/** The pooling whose windows are marked: the one that is pointed at, else the first. */
function pointedOperator(plan: Plan, inspection: Inspection | undefined): OperatorName | undefined {
  const all = operatorsOf(plan);
  return all.find(name => name === inspection?.spot.pane) ?? all[0];
}

/** Sets the canvas size to that of its box on the page, in device pixels. */
export function fillBox(canvas: HTMLCanvasElement): void {
  const { width, height } = canvasSize({ width: canvas.clientWidth, height: canvas.clientHeight }, devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
