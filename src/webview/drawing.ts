/** Draws one pane: its tiles, then the overlay with the inspection marks and the numbers on large pixels. */
import type { Inspection } from '../core/inspect';
import { type OperatorName, operators } from '../core/operators';
import { isDerived, isOperator, type PaneKind } from '../core/panes';
import { canvasSize } from '../core/viewport';
import { chequerFor } from './chequer';
import { drawInspection, inkOf, Overlay } from './overlay';
import { axesOf, baseOf, extents, operatorsOf, type Plan } from './plan';
import { placementOf, type Scene } from './scene';
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
  const { plan, inspection, channel, against } = scene;
  const base = baseOf(kind, against);
  const overlay = new Overlay(overlayCanvas, placement, inkOf(overlayCanvas));
  const [vertical, horizontal] = extents(plan, base);
  overlay.edge(horizontal.count, vertical.count);
  const pointed = pointedOperator(plan, inspection);
  if (kind === 'input' && pointed) overlay.borders(axesOf(plan, pointed));
  const white = isDerived(kind) ? 255 : scene.white;
  // Derived pictures have no values other than the displayed bytes. Of 8-bit pictures the bytes are exact, but averages
  // have decimals.
  const isExact = white === 255 && !(isOperator(kind) && operators[kind].divides);
  overlay.numbers(
    horizontal.count,
    vertical.count,
    values => drawnAs(values, kind, scene.display, white),
    (x, y) => scene.valuesAt(kind, x, y) ?? (isExact ? tiles.valuesAt(x, y) : undefined),
  );
  if (inspection) drawInspection(overlay, base, inspection, plan, channel);
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
