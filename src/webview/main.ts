/** Composition of the page: messages in, state, one render function, messages out. */
import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { Spot } from '../core/inspect';
import { possibleMode, sizeOf } from '../core/view';
import { scaleOf, zoomAround } from '../core/viewport';
import type {
  CountsOfPanes,
  FromHost,
  FromWebview,
  Stage as OpeningStage,
  PaneKind,
  PictureInfo,
  Remedy,
  Status,
  TakeHome,
} from '../protocol';
import { copyPicture } from './clipboard';
import { facts, failure, journeyStrip, notes, opening, probeLine, refusal } from './frame';
import { listen } from './gestures';
import { hint } from './hint';
import { inspector } from './inspector';
import { defaultKnobs, isIncomplete } from './knobs';
import { drawHistograms, layOut, pane } from './panes';
import { extents, isDerived, isOn, makePlan, type Plan } from './plan';
import { Pointing, sameSpot } from './pointing';
import { Stage } from './stage';
import { parseState, type State } from './state';
import { toolbar } from './toolbar';
import { Turn } from './turn';
import { viewMenu } from './viewMenu';
import { stepFrom, Walk } from './walk';

/** Milliseconds after loading in which the page waits for what has been sent ahead. */
const patience = 50;

type Phase =
  | { readonly kind: 'opening'; readonly stage: OpeningStage }
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly message: string; readonly remedies: readonly Remedy[] };

const vscode = acquireVsCodeApi();
const root = document.getElementById('app')!;
const post = (message: FromWebview) => vscode.postMessage(message);
const stage = new Stage(post, waits => {
  if (waits === waiting) return;
  waiting = waits;
  paint();
});
const pointing = new Pointing(post);
const counting = new Turn();
const walk = new Walk(
  by => step(by),
  () => paint(),
);

let name = '';
let phase: Phase = { kind: 'opening', stage: 'reading' };
let info: PictureInfo | undefined;
let state = parseState(vscode.getState());
let generation = 0;
/** A further picture of the file, whose pixels are on their way. */
let upcoming: (FromHost & { type: 'opened' }) | undefined;
/** A pooling takes long enough to say so. */
let waiting = false;
/** The last legal plan: what the panes show while the knobs stand on something illegal. */
let plan: Plan | undefined;
/** Nothing has been legal for this picture yet: of the plan, which pools nothing, only the input is shown. */
let inputOnly = false;
let refused: string | undefined;
/** It was the host that refused, not the framework: for want of memory, say. Without one of the pictures it may be possible. */
let refusedByHost = false;
let hovered: Spot | undefined;
let counted: { readonly plan: Plan; counts?: CountsOfPanes } | undefined;
let told = '';

function change(part: Partial<State>): void {
  state = { ...state, ...part };
  vscode.setState(state);
  const isRetry = refusedByHost && (part.extras !== undefined || part.against !== undefined);
  if (part.knobs || part.mode !== undefined || part.orient !== undefined || isRetry) replan();
  paint();
}

function replan(): void {
  if (!info) return;
  refusedByHost = false;
  refused = whyNot(info);
  if (refused === undefined) {
    inputOnly = false;
  } else if (!plan) {
    plan = makePlan({ ...state, knobs: { ...defaultKnobs, kernel: [1, 1] } }, info);
    inputOnly = true;
  }
}

/** Takes the knobs as they are for the plan, or says why not. */
function whyNot(info: PictureInfo): string | undefined {
  // An empty field is no value that a framework could say anything about.
  if (isIncomplete(state.knobs)) return l10n.t('A number is missing.');
  try {
    plan = makePlan(state, info);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

/** The pinned pixel, as long as the picture has it: with other knobs it can lie outside, and may be back with the next. */
function pinned(): Spot | undefined {
  return state.pin && plan && isOn(plan, state.pin) ? state.pin : undefined;
}

function paint(): void {
  const spot = pinned() ?? hovered;
  if (phase.kind !== 'open' || !plan) {
    walk.stop();
    render(page(), root);
    return;
  }
  pointing.at(plan, inputOnly ? undefined : spot);
  render(page(), root);
  const { height } = stage.paneSize;
  const room = layOut(root, plan.picture, paneKinds(plan).length);
  // The zoom of a picture that fits its pane, written above it, follows from the pane's new height.
  if (stage.paneSize.height !== height) render(page(), root);
  if (counted?.counts) drawHistograms(root, counted.counts);
  const marked = spot && sameSpot(pointing.inspection?.spot, spot) ? pointing.inspection : undefined;
  const shown = plan;
  stage.update({
    plan,
    generation,
    view: state.view,
    sizing: state.sizing,
    panes: paneKinds(plan),
    display: state.display,
    against: against(plan),
    room: vscode.getState() === undefined ? room : undefined,
    inspection: marked,
    channel: shownChannel(plan),
    white: white(),
    valuesAt: (kind, x, y) => (isDerived(kind) ? undefined : pointing.valuesAt(shown, kind, x, y)),
  });
  if (inputOnly) return;
  if (state.histograms) count(plan);
  tell(plan);
}

/** The largest value a sample can have. */
function white(): number {
  return info?.bitDepth === 16 ? 65535 : 255;
}

/** The channel that the inspector shows and the panes mark: the chosen one as far as there is one. */
function shownChannel({ channels }: Plan): number {
  return Math.min(state.channel, channels - 1);
}

/** The setting that the mask compares with, while it is one that differs. */
function against({ differences }: Plan) {
  const { framework, kind } = state.against ?? {};
  return differences.find(found => found.framework === framework && found.kind === kind && found.theirs);
}

function paneKinds(plan: Plan): PaneKind[] {
  if (inputOnly) return ['input'];
  return ['input', 'max', 'average', ...state.extras, ...(against(plan) ? (['mask'] as const) : [])];
}

function page(): TemplateResult | typeof nothing {
  // Until the host has said hello neither the file's name nor the language is known.
  if (name === '') return nothing;
  const open = plan && phase.kind === 'open' ? { plan } : undefined;
  return html`
    <h1 class="visually-hidden">${name}</h1>
    ${info ? knobs(info) : nothing} ${refused !== undefined ? refusal(refused) : nothing} ${info ? notes(info) : nothing}
    ${open && !inputOnly ? journeyStrip(open.plan, white()) : nothing}
    <div class="stage" aria-busy=${waiting}>
      ${waiting ? html`<div class="progress" role="progressbar" aria-label=${l10n.t('Pooling…')}></div>` : nothing}
      ${phase.kind === 'opening' ? opening(name, phase.stage, () => post({ type: 'cancel' })) : nothing}
      ${phase.kind === 'failed' ? failure(phase.message, phase.remedies, remedy => post({ type: 'remedy', remedy })) : nothing}
      ${open ? pictures(open.plan) : nothing}
    </div>
  `;
}

function knobs(info: PictureInfo): TemplateResult {
  const { width, height } = sizeOf(info, state.orient);
  const props = {
    knobs: state.knobs,
    mode: possibleMode(state.mode, info),
    orient: state.orient,
    info,
    picture: [height, width] as const,
    invalid: refused !== undefined,
    onKnobs: (knobs: State['knobs']) => change({ knobs }),
    onMode: (mode: State['mode']) => change({ mode }),
    onOrient: (orient: boolean) => change({ orient }),
  };
  if (phase.kind !== 'open' || !plan) return toolbar(props, nothing);
  const { picture, channels } = plan;
  const view = viewMenu({
    state,
    channels,
    scale: scaleOf(state.view, picture, stage.paneSize),
    onZoom: scale => change({ view: zoomAround(state.view, picture, stage.paneSize, scale, 0, 0) }),
    onChange: change,
  });
  return toolbar(props, html`${view}${takeHome()}`);
}

function takeHome(): TemplateResult {
  const button = (command: TakeHome, icon: string, title: string) =>
    html`<button type="button" class="icon" title=${title} aria-label=${title} @click=${() => post({ type: 'takeHome', command })}>
      <i class="codicon codicon-${icon}" aria-hidden="true"></i>
    </button>`;
  return html`<span class="take-home" role="group" aria-label=${l10n.t('Take it home')}>
    ${button('copyCode', 'code', l10n.t('Copy as Code'))} ${button('savePicture', 'save', l10n.t('Save Picture'))}
    ${button('saveArray', 'symbol-array', l10n.t('Save Array'))} ${button('copyPicture', 'copy', l10n.t('Copy Picture'))}
  </span>`;
}

function pictures(plan: Plan): TemplateResult {
  const shown = {
    name,
    plan,
    against: against(plan),
    inspection: pointing.inspection,
    histograms: state.histograms,
    attach: (kind: PaneKind, canvas: HTMLCanvasElement, overlay: HTMLCanvasElement) =>
      stage.attach(kind, canvas, overlay),
  };
  const panes = html`<div class="panes">${paneKinds(plan).map(kind => pane(kind, shown))}</div>`;
  if (inputOnly) return panes;
  return html`${panes} ${facts(plan)} ${hint(plan, state.against, against => change({ against }))}
    ${inspector({
      plan,
      inspection: pointing.inspection,
      channel: shownChannel(plan),
      pinned: pinned() !== undefined,
      numbers: state.numbers,
      white: white(),
      walk: walk.controls(),
      onChannel: channel => change({ channel }),
      onNumbers: numbers => change({ numbers }),
      onRelease: release,
      folded: state.folded,
      onFold: folded => change({ folded }),
    })}`;
}

function count(plan: Plan): void {
  if (counted?.plan === plan || !stage.settled) return;
  const revision = counting.take();
  if (revision === undefined) return;
  counted = { plan };
  const { mode, orient, options } = plan;
  post({ type: 'counts', request: { revision, mode, orient, options } });
}

/** Tells the host what is on screen, for its status bar and commands. */
function tell(plan: Plan): void {
  const { mode, orient, options, picture } = plan;
  const spot = pointing.inspection?.spot;
  const pixel = spot && probeLine(spot.pane, pointing.inspection);
  const status: Status = {
    mode,
    orient,
    options,
    scale: scaleOf(state.view, picture, stage.paneSize),
    ...(pixel && { pixel }),
  };
  const text = JSON.stringify(status);
  if (text === told) return;
  told = text;
  post({ type: 'status', status });
}

function release(): void {
  walk.stop();
  change({ pin: null });
}

/** Moves the pin on in reading order, from the first pixel when there is none. */
function step(by: number): boolean {
  if (!plan) return false;
  const pin = pinned();
  const from: Spot = pin ?? { pane: 'max', x: 0, y: 0 };
  const [vertical, horizontal] = extents(plan, from.pane);
  const to = pin ? stepFrom(from, by, { width: horizontal.count, height: vertical.count }) : from;
  if (to) change({ pin: { pane: from.pane, x: to.x, y: to.y } });
  return to !== undefined;
}

function showPicture({ info: opened, isPrefetching }: FromHost & { type: 'opened' }): void {
  phase = { kind: 'open' };
  info = opened;
  plan = undefined;
  generation++;
  stage.clear();
  pointing.reset();
  counting.reset();
  counted = undefined;
  replan();
  if (isPrefetching) stage.expectPrefetched();
  paint(); // once to have canvases to measure
}

/** What is asked for once the pictures are there, so that it does not hold them up. */
function onSettled(): void {
  if (!stage.settled || !plan) return;
  pointing.fetch(plan);
  if (state.histograms) count(plan);
}

function receive(message: FromHost): void {
  switch (message.type) {
    case 'hello':
      name = message.name;
      if (message.strings) l10n.config({ contents: message.strings });
      if (vscode.getState() === undefined) state = parseState(message.defaults);
      break;
    case 'opening':
      upcoming = undefined;
      phase = { kind: 'opening', stage: message.stage };
      stage.clear();
      break;
    case 'opened':
      upcoming = undefined;
      // What is on the screen stays until there is something to put in its place.
      if (message.isPrefetching && phase.kind === 'open') {
        upcoming = message;
        return;
      }
      showPicture(message);
      break;
    case 'prefetched':
      if (upcoming) showPicture(upcoming);
      upcoming = undefined;
      stage.takePrefetched(message);
      paint();
      onSettled();
      return;
    case 'rendered':
      stage.rendered(message);
      onSettled();
      return;
    case 'refused': {
      const asked = stage.refused(message.revision);
      if (!asked) return;
      // The knobs may have moved on since: what they ask for now may well be possible.
      if (asked === plan) {
        refused = message.message;
        refusedByHost = true;
      }
      break;
    }
    case 'inspected':
      pointing.inspected(message);
      break;
    case 'pixels':
      pointing.pixels(message);
      // The mode may have changed while they were on their way.
      if (stage.settled && plan) pointing.fetch(plan);
      break;
    case 'counts':
      if (!counting.end(message.revision) || !counted) return;
      counted = { plan: counted.plan, ...(message.counts && { counts: message.counts }) };
      break;
    case 'clipboard':
      copyPicture(message.png as Uint8Array<ArrayBuffer>, error =>
        post({ type: 'copied', ...(error !== undefined && { error }) }),
      );
      return;
    case 'failed':
      upcoming = undefined;
      phase = { kind: 'failed', message: message.message, remedies: message.remedies };
      stage.clear();
      pointing.reset();
      break;
  }
  paint();
}

window.addEventListener('message', (event: MessageEvent<FromHost>) => receive(event.data));
new ResizeObserver(() => paint()).observe(root);
listen(root, {
  scene: () =>
    plan && phase.kind === 'open' ? { view: state.view, picture: plan.picture, pane: stage.paneSize } : undefined,
  spotAt: (kind, event) => stage.spotAt(kind, event),
  onView: view => change({ view }),
  onPoint: spot => {
    if (sameSpot(spot, hovered)) return;
    hovered = spot;
    if (!pinned()) paint();
  },
  onPin: spot => {
    walk.stop();
    change({ pin: spot && !sameSpot(spot, pinned()) ? spot : null });
  },
  middleOf: kind => stage.middleOf(kind),
  pinned,
  onWalk: (dx, dy) => {
    const from = pinned() ?? pointing.inspection?.spot;
    const to = from && { ...from, x: Math.max(0, from.x + dx), y: Math.max(0, from.y + dy) };
    if (to && plan && isOn(plan, to)) change({ pin: to });
  },
});
paint();
// What the host has said before the page was there comes right behind the load event; if nothing does, it is asked for.
window.addEventListener('load', () => setTimeout(() => post({ type: 'ready', heard: name !== '' }), patience));
