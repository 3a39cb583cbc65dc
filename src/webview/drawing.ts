/** Draws one pane: its tiles, then the overlay with the inspection marks and the numbers on large pixels. */
import { isDerived, type PaneKind } from '../core/panes';
import { canvasSize } from '../core/viewport';
import { drawInspection, inkOf, Overlay } from './overlay';
import { baseOf, extents, layerOf, operatorsOf } from './plan';
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
  tiles.draw(placement, scene.display);
  if (!overlayCanvas) return;
  fillBox(overlayCanvas);
  const { plan, inspection, channel, against } = scene;
  const base = baseOf(kind, against);
  const overlay = new Overlay(overlayCanvas, placement, inkOf(overlayCanvas));
  const first = operatorsOf(plan)[0];
  if (kind === 'input' && first) overlay.borders(layerOf(plan, first)!.axes);
  const [vertical, horizontal] = extents(plan, base);
  const white = isDerived(kind) ? 255 : scene.white;
  // Derived pictures have no values other than the displayed bytes. Of 8-bit pictures the bytes are exact.
  const isExact = white === 255;
  overlay.numbers(
    horizontal.count,
    vertical.count,
    values => drawnAs(values, kind, scene.display, white),
    (x, y) => scene.valuesAt(kind, x, y) ?? (isExact ? tiles.valuesAt(x, y) : undefined),
  );
  if (inspection) drawInspection(overlay, base, inspection, plan, channel);
}

/** Sets the canvas size to that of its box on the page, in device pixels. */
export function fillBox(canvas: HTMLCanvasElement): void {
  const { width, height } = canvasSize({ width: canvas.clientWidth, height: canvas.clientHeight }, devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
