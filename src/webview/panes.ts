/** The template of a pane, and the height of the panes. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { frameworks } from '../core/frameworks';
import type { Inspection } from '../core/inspect';
import { derivedPanes, isDerived, isOperator, type PaneKind } from '../core/panes';
import { paneHeight, type Size } from '../core/viewport';
import { paneTitle, probeLine, shapeLine } from './captions';
import type { Plan } from './plan';
import type { SavedState } from './savedState';

/** What a pane is rendered from. */
export interface PaneProps {
  /** The file's name. */
  readonly name: string;
  readonly plan: Plan;
  /** The setting that the mask compares with. */
  readonly against: SavedState['against'] | undefined;
  readonly inspection: Inspection | undefined;
  readonly histograms: boolean;
  /** Called with the canvases once they are on the page. */
  readonly attach: (kind: PaneKind, canvas: HTMLCanvasElement, overlay: HTMLCanvasElement) => void;
}

/** A pane: heading, canvases, and captions below. */
export function pane(kind: PaneKind, props: PaneProps): TemplateResult {
  const { name, plan, against, inspection, histograms } = props;
  const remark =
    kind === 'input'
      ? name
      : kind === 'mask' && against
        ? `${frameworks[against.framework].title} · ${paneTitle(against.kind)}`
        : undefined;
  const attach = (element: Element | undefined) => {
    const [canvas, overlay] = element?.querySelectorAll('canvas') ?? [];
    if (canvas && overlay) props.attach(kind, canvas, overlay);
  };
  // For VS Code's context menu: the pane's operator, and no default items for cut and paste.
  const context = {
    preventDefaultContextMenuItems: true,
    ...(isOperator(kind) && { pane: kind }),
  };
  return html`<figure class="pane" data-pane=${kind} data-vscode-context=${JSON.stringify(context)}>
    <header>
      <h2>${paneTitle(kind)}</h2>
      ${remark === undefined ? nothing : html`<code title=${remark}>${remark}</code>`}
    </header>
    <div class="view" ${ref(attach)}>
      <canvas
        tabindex="0"
        role="img"
        data-kind=${kind}
        aria-label=${paneTitle(kind)}
        aria-description=${l10n.t('Enter pins the middle pixel, arrow keys walk or pan, plus and minus zoom, Escape releases.')}
      ></canvas>
      <canvas class="overlay" aria-hidden="true"></canvas>
    </div>
    <figcaption>
      ${
        isDerived(kind)
          ? html`<div class="probe">${l10n.t(derivedPanes[kind].legend)}</div>`
          : html`<div class="shape">${shapeLine(kind, plan)}</div>
              <div class="probe">${probeLine(kind, inspection)}</div>
              ${histograms ? html`<canvas class="histogram" role="img" aria-label=${l10n.t('Histogram')}></canvas>` : nothing}`
      }
    </figcaption>
  </figure>`;
}

/**
 * Makes the panes as high as the picture needs and the page allows. Returns the room for one pane's canvas in CSS
 * pixels, undefined without panes.
 */
export function layOut(root: HTMLElement, picture: Size, count: number): Size | undefined {
  const panes = root.querySelector<HTMLElement>('.panes');
  const view = panes?.querySelector<HTMLElement>('.view');
  if (!panes || !view) return undefined;
  const beside = getComputedStyle(panes).gridTemplateColumns.split(' ').length > 1;
  const page = root.querySelector<HTMLElement>('.stage')!.clientHeight;
  const chrome = view.closest<HTMLElement>('.pane')!.offsetHeight - view.offsetHeight;
  // With a second row of panes the page scrolls anyway: only the first row has to fit.
  const below = count > 3 ? [] : [...root.querySelectorAll<HTMLElement>('.facts, .hint-line, .inspector')];
  const rest = beside ? page - chrome - below.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0) : page * 0.6;
  const room = { width: view.clientWidth, height: rest };
  panes.style.setProperty('--pane-height', `${paneHeight(room, picture)}px`);
  return room;
}
