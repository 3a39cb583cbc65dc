/** The template of a pane, and the layout of panes and dock. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { isEqual } from '../core/equal';
import { frameworks } from '../core/frameworks';
import type { Inspection, Spot } from '../core/inspect';
import {
  type DerivedKind,
  derivedPanes,
  isDerived,
  isOperator,
  type PaneKind,
  type PoolPane,
  sameSizeFor,
} from '../core/panes';
import { callLine, paneTitle, probeOf, settingLine, tensorLine } from './captions';
import type { Histograms } from './histograms';
import { chartContent, type Layout, largestDock, layOut, layOutStrip, smallestDock } from './layout';
import { baseOf, layerOf, type Plan } from './plan';
import type { SavedState } from './savedState';
import { shapeCode } from './shapes';

/** What a pane is rendered from. */
export interface PaneProps {
  /** The file's name. */
  readonly name: string;
  readonly plan: Plan;
  /** The setting that the mask compares with. */
  readonly against: SavedState['against'] | undefined;
  readonly inspection: Inspection | undefined;
  /** Absent if none are shown. */
  readonly histograms: Histograms | undefined;
  /** The knobs are refused, and the plan follows the last legal ones. */
  readonly isStale: boolean;
  /** Called with the canvases once they are on the page. */
  readonly attach: AttachPane;
}

/** Called with the canvases of a pane once they are on the page. */
type AttachPane = (kind: PaneKind, canvas: HTMLCanvasElement, overlay?: HTMLCanvasElement) => void;

/** What a pane is, whatever its picture. */
export interface FrameProps {
  readonly kind: PaneKind;
  readonly title: string;
  /** Stands beside the title. */
  readonly remark: string | undefined;
  /** Stands at the end of the title's line. */
  readonly badge?: TemplateResult | undefined;
  /** A picture over this one that shows while the button is held that one pane of the row has. */
  readonly held?: PaneKind;
  /** That button. */
  readonly hold?: { readonly title: string; readonly words: string };
  /** The picture's accessible name. */
  readonly label: string;
  /** There is no picture, only the caption that says why. */
  readonly isMissing: boolean;
  /** Why there is nothing on the canvas; undefined if there is. */
  readonly nothing: string | undefined;
  /** For VS Code's context menu, and the commands in it. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly caption: TemplateResult;
  /** Called with the canvases once they are on the page. */
  readonly attach: AttachPane;
}

/** A pane of a pooling: heading, canvases, and captions below. */
export function pane(kind: PoolPane, props: PaneProps): TemplateResult {
  const { plan, against, isStale, attach } = props;
  const remark = remarkOf(kind, props);
  const shape = tensorLine(baseOf(kind, against), plan);
  return paneFrame({
    kind,
    title: paneTitle(kind),
    remark,
    label: [paneTitle(kind), shape, ...(isStale && kind !== 'input' ? [remark] : [])].join(', '),
    isMissing: isMissing(kind, plan),
    nothing: isEmpty(kind, plan)
      ? l10n.t('An output size of 0 gives an empty tensor: there is no picture of it.')
      : undefined,
    context: isOperator(kind) ? { pane: kind } : {},
    caption: isDerived(kind) ? legendOf(kind, plan) : caption(kind, props),
    attach,
  });
}

export function paneFrame({
  kind,
  title,
  remark,
  label,
  isMissing,
  nothing: why,
  context,
  caption,
  attach,
  badge,
  held,
  hold,
}: FrameProps): TemplateResult {
  const find = (element: Element | undefined) => {
    const [canvas, overlay, over] = element?.querySelectorAll('canvas') ?? [];
    if (canvas && overlay) attach(kind, canvas, overlay);
    if (held && over) attach(held, over);
  };
  // VS Code's context menu without its items for cut and paste.
  const menu = JSON.stringify({ preventDefaultContextMenuItems: true, ...context });
  return html`<figure class=${isMissing || why !== undefined ? 'pane missing' : 'pane'} data-pane=${kind} data-vscode-context=${menu}>
    <div class="title">
      <h2>${title}</h2>
      ${remark === undefined ? nothing : html`<span class="remark" title=${remark}>${remark}</span>`} ${badge ?? nothing}
      ${hold ? html`<button type="button" class="icon hold" title=${hold.words}>${hold.title}</button>` : nothing}
    </div>
    <div class="view" ${ref(find)}>
      <canvas
        tabindex="0"
        role="application"
        data-kind=${kind}
        aria-label=${label}
        aria-description=${l10n.t('Enter pins the middle pixel, arrow keys walk or pan, plus and minus zoom, Escape releases.')}
      ></canvas>
      <canvas class="overlay" aria-hidden="true"></canvas>
      ${held ? html`<canvas class="held" aria-hidden="true"></canvas>` : nothing}
      ${why === undefined ? nothing : html`<p class="nothing">${why}</p>`}
    </div>
    <figcaption>${caption}</figcaption>
  </figure>`;
}

/** Whether a derived picture cannot be made: there is no difference of two outputs of different sizes. */
function isMissing(kind: PoolPane, plan: Plan): boolean {
  const sizes = isDerived(kind) ? sameSizeFor(kind).map(name => layerOf(plan, name)?.output) : [];
  return sizes.some(size => !isEqual(size, sizes[0]));
}

/** Whether an output has no pixels, as PyTorch's adaptive poolings can. */
function isEmpty(kind: PaneKind, plan: Plan): boolean {
  const output = isOperator(kind) ? layerOf(plan, kind)?.output : undefined;
  return output?.includes(0) ?? false;
}

/** What a derived picture shows, or why there is none. */
function legendOf(kind: DerivedKind, plan: Plan): TemplateResult {
  const text = isMissing(kind, plan) ? l10n.t('none: the two have different sizes') : l10n.t(derivedPanes[kind].legend);
  return html`<p class="quiet">${text}</p>`;
}

/** The call, the shape and the pixel pointed at. */
export function caption(
  kind: Spot['pane'],
  { plan, inspection, histograms }: Pick<PaneProps, 'plan' | 'inspection' | 'histograms'>,
) {
  const call = callLine(kind, plan);
  const probe = probeOf(kind, inspection);
  const shape = shapeCode(tensorLine(kind, plan), frameworks[plan.framework].layout);
  const counts = isEmpty(kind, plan) ? undefined : histograms?.describe(kind);
  return html`<div class="call" title=${call}><code>${call}</code></div>
    <div class="shape"><b>${shape}</b></div>
    <div class="probe" title=${probe?.exact ?? nothing}>${probe?.short}</div>
    ${counts === undefined ? nothing : html`<canvas class="histogram" role="img" aria-label=${counts} title=${counts}></canvas>`}`;
}

/** What stands beside a pane's heading. */
function remarkOf(kind: PoolPane, { name, plan, against, isStale }: PaneProps): string | undefined {
  if (kind === 'input') return name;
  if (isStale) return l10n.t('last valid: {0}', settingLine(kind, plan));
  return kind === 'mask' && against ? `${frameworks[against.framework].title} · ${paneTitle(against.kind)}` : undefined;
}

/**
 * Gives panes and dock their sizes. Returns the layout, undefined without panes.
 * @param dock the dock's height that the user has chosen, null if none
 * @param perRow how many panes a row has, if their order needs it
 */
export function arrange(
  root: HTMLElement,
  { picture, stack, alteration }: Plan,
  panes: readonly PaneKind[],
  dock: number | null,
  perRow: number | undefined,
): Layout | undefined {
  // One row of stages scrolls; it has room for so many.
  const places = stack?.places;
  const stage = root.querySelector<HTMLElement>('.stage');
  const pane = stage?.querySelector<HTMLElement>('.pane');
  const view = pane?.querySelector<HTMLElement>('.view');
  const bar = stage?.querySelector<HTMLElement>('.splitter');
  if (!stage || !pane || !view || !bar) return undefined;
  const size = { width: stage.clientWidth, height: stage.clientHeight - bar.offsetHeight };
  const chrome = { width: pane.offsetWidth - view.clientWidth, height: pane.offsetHeight - view.offsetHeight };
  const steady = panes.filter(kind => kind !== 'mask').length;
  const around = {
    stage: size,
    picture,
    panes: places ?? panes.length,
    steady,
    perRow,
    chrome,
    dock,
    content: alteration && chartContent,
  };
  const layout = places === undefined ? layOut(around) : layOutStrip(around);
  stage.style.setProperty('--columns', String(layout.columns));
  // Not by the style sheet: a third of a width there can be a hair less than here.
  stage.style.setProperty('--column', `${layout.column}px`);
  stage.style.setProperty('--canvas', `${layout.canvas}px`);
  stage.style.setProperty('--dock', `${layout.dock}px`);
  bar.setAttribute('aria-valuemin', String(smallestDock));
  bar.setAttribute('aria-valuemax', String(largestDock(size)));
  bar.setAttribute('aria-valuenow', String(layout.dock));
  return layout;
}
