/** Turns wheel, drag and key events on the canvases into changes of the view and the pin. */
import type { PaneKind, Place } from '../core/panes';
import { pan, type Size, scaleOf, type View, wholeView, zoomAround, zoomFactor } from '../core/viewport';
import { sameSpot } from './inspection';

/** What the gestures read and call. */
export interface GestureHooks {
  readonly scene: () => { readonly view: View; readonly picture: Size; readonly pane: Size } | undefined;
  readonly spotAt: (kind: PaneKind, event: MouseEvent) => Place | undefined;
  readonly onView: (view: View) => void;
  /** Zooms around the pinned pixel, or the middle. */
  readonly onZoom: (scale: number) => void;
  /** The pointer has moved to another pixel, or to none. */
  readonly onPoint: () => void;
  readonly onPin: (spot: Place | undefined) => void;
  /** The pixel at the centre of a pane. */
  readonly middleOf: (kind: PaneKind) => Place | undefined;
  readonly pinned: () => Place | undefined;
  /** Takes away all that pointing has shown: the pin, the marks and the arithmetic. */
  readonly onClear: () => void;
  /** Moves the pin by `x` and `y` pixels. */
  readonly onWalk: (x: number, y: number) => void;
}

/** CSS pixels by which an arrow key moves the picture. */
const keyStep = 40;

/** The current state of the pointer. */
export interface Pointer {
  /** The pixel under it; undefined if none. */
  readonly hovered: Place | undefined;
}

/** Listens on all canvases below an element. */
export function listen(root: HTMLElement, hooks: GestureHooks): Pointer {
  const kindOf = (event: Event) =>
    event.target instanceof HTMLCanvasElement ? (event.target.dataset['kind'] as PaneKind | undefined) : undefined;
  let hovered: Place | undefined;
  const point = (spot: Place | undefined) => {
    if (sameSpot(spot, hovered)) return;
    hovered = spot;
    hooks.onPoint();
  };
  let dragging: { readonly canvas: HTMLCanvasElement; x: number; y: number } | undefined;

  root.addEventListener(
    'wheel',
    event => {
      const scene = hooks.scene();
      if (!kindOf(event) || !scene) return;
      event.preventDefault();
      // A swipe to the side is no zoom.
      if (event.deltaY === 0) return;
      const factor = zoomFactor(event.deltaY, event.deltaMode, event.ctrlKey);
      const { view, picture, pane } = scene;
      const to = scaleOf(view, picture, pane) * factor;
      hooks.onView(
        zoomAround(view, picture, pane, to, event.offsetX - pane.width / 2, event.offsetY - pane.height / 2),
      );
    },
    { passive: false },
  );

  root.addEventListener('pointerdown', event => {
    if (!kindOf(event) || event.button !== 0) return;
    const canvas = event.target as HTMLCanvasElement;
    canvas.setPointerCapture(event.pointerId);
    dragging = { canvas, x: event.clientX, y: event.clientY };
  });
  root.addEventListener('pointermove', event => {
    const kind = kindOf(event);
    const scene = hooks.scene();
    if (!scene) return;
    if (dragging) {
      const x = dragging.x - event.clientX;
      const y = dragging.y - event.clientY;
      if (Math.hypot(x, y) < 3 && !dragging.canvas.classList.contains('panning')) return;
      dragging.canvas.classList.add('panning');
      dragging.x = event.clientX;
      dragging.y = event.clientY;
      hooks.onView(pan(scene.view, scene.picture, scene.pane, x, y));
    } else {
      point(kind && hooks.spotAt(kind, event));
    }
  });
  const drop = () => {
    dragging?.canvas.classList.remove('panning');
    dragging = undefined;
  };
  root.addEventListener('pointerup', event => {
    const kind = kindOf(event);
    if (kind && dragging && !dragging.canvas.classList.contains('panning')) hooks.onPin(hooks.spotAt(kind, event));
    drop();
  });
  root.addEventListener('pointercancel', drop);
  root.addEventListener('pointerleave', () => point(undefined));

  // Escape acts wherever the focus is, and after a click on text it is on nothing.
  window.addEventListener('keydown', event => {
    const scene = hooks.scene();
    // Escape inside an open menu only closes the menu.
    if (event.key === 'Escape' && !(event.target as Element).closest('[popover]')) {
      hovered = undefined;
      hooks.onClear();
      return;
    }
    const kind = kindOf(event);
    if (!kind || !scene || event.ctrlKey || event.metaKey || event.altKey) return;
    const { view, picture, pane } = scene;
    const scale = scaleOf(view, picture, pane);
    const arrow = arrows[event.key];
    if (arrow) {
      const [x, y] = arrow;
      if (hooks.pinned()) hooks.onWalk(x, y);
      else hooks.onView(pan(view, picture, pane, x * keyStep, y * keyStep));
    } else if (event.key === '+' || event.key === '=') hooks.onZoom(scale * 1.25);
    else if (event.key === '-') hooks.onZoom(scale / 1.25);
    else if (event.key === '0') hooks.onView(wholeView);
    else if (event.key === '1') hooks.onZoom(1);
    else if (event.key === 'Enter' || event.key === ' ') hooks.onPin(hooks.pinned() ? undefined : hooks.middleOf(kind));
    else return;
    event.preventDefault();
  });

  return {
    get hovered() {
      return hovered;
    },
  };
}

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
