/** The bar between the pictures and the dock: pointer and arrow keys change the dock's height. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';
import { largestDock, smallestDock } from './layout';

/** CSS pixels by which an arrow key moves the bar. */
const keyStep = 24;

/** @param onHeight gets the dock's new height in CSS pixels; null for the usual one */
export function splitter(onHeight: (height: number | null) => void): TemplateResult {
  const heightOf = (bar: HTMLElement) => (bar.nextElementSibling as HTMLElement).offsetHeight;
  const onKey = (event: KeyboardEvent) => {
    const bar = event.currentTarget as HTMLElement;
    const stage = bar.parentElement!.clientHeight;
    const to: Readonly<Record<string, () => number | null>> = {
      ArrowUp: () => heightOf(bar) + keyStep,
      ArrowDown: () => heightOf(bar) - keyStep,
      Home: () => largestDock({ height: stage }),
      End: () => smallestDock,
      Enter: () => null,
    };
    const move = to[event.key];
    if (!move) return;
    event.preventDefault();
    onHeight(move());
  };
  const onDown = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement;
    if (event.button === 0) bar.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement;
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const bottom = bar.parentElement!.getBoundingClientRect().bottom;
    onHeight(Math.max(smallestDock, Math.round(bottom - event.clientY - bar.offsetHeight / 2)));
  };
  return html`<div
    class="splitter"
    role="separator"
    aria-orientation="horizontal"
    aria-label=${l10n.t('Height of the pictures')}
    aria-controls="dock"
    title=${l10n.t('Drag to share the height; double-click for the usual one')}
    tabindex="0"
    @keydown=${onKey}
    @pointerdown=${onDown}
    @pointermove=${onMove}
    @dblclick=${() => onHeight(null)}
  ></div>`;
}
