/** Composition of the page: messages change the state, each change repaints, notices go to the host. */
import * as l10n from '@vscode/l10n';
import { render } from 'lit-html';
import { Channel, type Failure, failureSentences } from '../channel';
import { isEqual } from '../core/equal';
import type { Inspection, Spot } from '../core/inspect';
import {
  isBefore,
  isChange,
  isDerived,
  isOperator,
  isStage,
  type PaneKind,
  type Place,
  type ValuedPane,
} from '../core/panes';
import type { Region } from '../core/region';
import { offsetOf, reveal, type Size, scaleOf, zoomAround } from '../core/viewport';
import { withNumbers } from '../jsonNumbers';
import type { Calls, FromHost, FromPage, HostNotice, Status } from '../protocol';
import { probeOf } from './captions';
import { Chart } from './chart';
import { Clipboard } from './clipboard';
import { ExactValues } from './exactValues';
import { Focus } from './focus';
import { listen } from './gestures';
import { Histograms } from './histograms';
import { Inspecting, sameSpot } from './inspection';
import { Measuring } from './lab/measuring';
import { PictureRow } from './lab/pictureRow';
import {
  channelIn,
  haveOtherChoices,
  initialPage,
  type OpenPicture,
  openIn,
  type PageEvent,
  type PageState,
  panesOf,
  pinnedIn,
  reduce,
  savedBy,
  whiteOf,
} from './page';
import { pageText } from './pageText';
import { arrange } from './panes';
import type { PageParts } from './parts';
import { areaOf, isOn, type Plan, pooledIn } from './plan';
import { listenForArrows, updateStops } from './roving';
import type { SavedState } from './savedState';
import { ShiftAnimation } from './shiftAnimation';
import { shownStack } from './stack/stackPlan';
import { type Traced, Tracing } from './stack/tracing';
import { StatusReport } from './statusReport';
import { Store } from './store';
import { page } from './template';
import { TileController } from './tileController';
import { againstIn, rulesOf } from './viewRules';
import { viewOf } from './views';
import { nextStep, Walk } from './walk';
import { placeWords, valuesText } from './words';

/** Milliseconds after the load event in which the page waits for messages that were posted before it existed. */
const patience = 50;

const vscode = acquireVsCodeApi();
const root = document.getElementById('app')!;
const post = (message: FromPage) => vscode.postMessage(message);
// Ids begin at a random number, so that a reply meant for the page before a reload matches no new request.
const channel = new Channel<Calls>(post, Math.floor(Math.random() * 2 ** 40));
const store = new Store<PageState, PageEvent>(
  initialPage(vscode.getState()),
  (state, event) => reduce(state, event, () => l10n.t('A number is missing.')),
  onChange,
);
const inspecting = new Inspecting(channel, paint);
const histograms = new Histograms(channel, paint);
const tracing = new Tracing(channel, paint);
const measuring = new Measuring(channel, paint);
const chart = new Chart(paint);
const pictureRow = new PictureRow(channel, paint);
const animation = new ShiftAnimation(() => strideAcross(), paint);
const exactValues = new ExactValues(channel, paint);
const status = new StatusReport(post);
const clipboard = new Clipboard(error => post({ type: 'copied', ...(error !== undefined && { error }) }));
const tiles = new TileController(channel, {
  onWaiting: paint,
  onSettled: () => {
    const picture = openIn(store.state);
    if (picture) fetchMore(picture);
  },
  onRefused: (plan, failure) => {
    const message = wordsFor(failure);
    if (message !== undefined) store.dispatch({ type: 'refused', plan, message });
  },
});
const walk = new Walk(step, paint);
const focus = new Focus(root);
const parts: PageParts = {
  tiles,
  inspecting,
  tracing,
  walk,
  histograms,
  measuring,
  chart,
  pictureRow,
  animation,
  choose,
  zoom,
  release: clear,
  reset,
  cancel: () => post({ type: 'cancel' }),
  remedy: remedy => post({ type: 'remedy', remedy }),
  useCode: action => post({ type: 'code', action }),
  undo: () => store.dispatch({ type: 'undone' }),
  describe,
  runCommand: command => post({ type: 'export', command }),
  copyText: text => post({ type: 'copyText', text }),
};

/** The stride of the poolings across the picture. */
function strideAcross(): number {
  return openIn(store.state)?.plan.options.stride[1] ?? 1;
}

function describe(): void {
  post({ type: 'description', text: pageText(store.state, parts) });
}

function choose(part: Partial<SavedState>): void {
  store.dispatch({ type: 'chosen', part });
}

/**
 * Why a request failed; undefined if there is nothing to show, for example because the host reports a lost file itself.
 */
function wordsFor(failure: Failure): string | undefined {
  if (failure.kind === 'refused') return failure.message;
  const sentence = failureSentences[failure.kind];
  return sentence && l10n.t(sentence);
}

function onChange(state: PageState, before: PageState): void {
  // A page that begins with more than the settings keeps that, too, over a reload.
  const isOther = state.saved !== before.saved || state.undo !== before.undo;
  if (isOther && (!state.isFresh || state.saved !== state.defaults)) {
    vscode.setState(savedBy(state));
    // What follows another page begins with what it shows, not with what is refused there.
    const isTold = !state.isFresh && !openIn(state)?.refusal && haveOtherChoices(state.saved, before.saved);
    if (isTold) post({ type: 'chosen', state: state.saved });
  }
  const isOpen = state.phase.kind === 'open';
  if (state.generation !== before.generation || (!isOpen && before.phase !== state.phase)) {
    tiles.clear();
    inspecting.reset();
    tracing.reset();
    histograms.reset();
    measuring.reset();
    pictureRow.reset();
    exactValues.reset();
    status.reset();
  }
  if (!isOpen) walk.stop();
  if (!isOpen || state.saved.tab !== before.saved.tab) animation.stop();
  paint();
}

function paint(): void {
  const picture = openIn(store.state);
  if (picture) paintPicture(picture);
  else render(page(store.state, parts), root);
  updateStops(root);
  focus.keep();
}

function paintPicture(picture: OpenPicture): void {
  const { state } = store;
  const { saved } = state;
  const { plan, info, generation, isPrefetching } = picture;
  const place = pinnedIn(plan, saved) ?? gestures.hovered;
  point(plan, place);
  render(page(state, parts), root);
  const before = tiles.paneSize;
  const rules = rulesOf(saved);
  const panes = rules.panes(plan, saved);
  const held = rules.heldPanes?.(plan) ?? [];
  const layout = arrange(root, plan, panes, saved.dock, rules.perRow);
  // The zoom above a fitted picture depends on the pane's size, which has changed.
  if (!isEqual(tiles.paneSize, before)) render(page(state, parts), root);
  histograms.draw(root);
  tiles.update({
    plan,
    generation,
    isPrefetching,
    view: saved.view,
    sizing: saved.sizing,
    panes: [...panes, ...held],
    held,
    display: saved.display,
    against: againstIn(plan, saved),
    room: state.isFresh ? layout?.room : undefined,
    // What the inspector speaks of stays marked when the pointer has gone.
    inspection: !place || sameSpot(inspecting.inspection?.spot, place) ? inspecting.inspection : undefined,
    trace: tracing.traced,
    channel: channelIn(plan, saved),
    white: whiteOf(info),
    valuesAt: (kind, x, y) => valuesAt(plan, kind, x, y),
  });
  status.tell(isShown(plan) ? statusOf(picture) : undefined);
  if (tiles.settled) fetchMore(picture);
}

/** Whether there is more than the input to show. */
function isShown({ branches, stack }: Plan): boolean {
  return branches.length > 0 || stack !== undefined;
}

/** Reads the pixel that is pointed at; without one, the last one again, so that it follows the knobs. */
function point(plan: Plan, place: Place | undefined): void {
  if (plan.stack) {
    inspecting.clear();
    tracing.at(plan, place);
    return;
  }
  tracing.clear();
  inspecting.at(plan, plan.branches.length > 0 && place && isSpot(place) ? place : undefined);
}

/** Whether a pixel is one of a pooling. */
function isSpot(place: Place): place is Place & Spot {
  return !isStage(place.pane);
}

/** Whether the page can never read a pane's values by itself. */
function isSpotless(pane: ValuedPane): pane is Exclude<ValuedPane, Spot['pane']> {
  return isStage(pane) || isBefore(pane) || isChange(pane);
}

function valuesAt(plan: Plan, kind: PaneKind, x: number, y: number): readonly number[] | undefined {
  if (isDerived(kind)) return undefined;
  const own = isSpotless(kind) ? undefined : inspecting.valuesAt(plan, kind, x, y);
  const values = own ?? exactValues.valuesAt(plan, kind, x, y);
  // What is not compared has no number.
  return isChange(kind) && values?.some(Number.isNaN) ? undefined : values;
}

/** Requests that wait until the tiles are there, so as not to delay them. */
function fetchMore(picture: OpenPicture): void {
  const { plan } = picture;
  if (!isShown(plan)) return;
  inspecting.fetch(plan);
  const legible = Object.entries(tiles.legibleRegions) as [ValuedPane, Region][];
  const lacking = legible.filter(([pane]) => isSpotless(pane) || !inspecting.hasValues(plan, pane));
  exactValues.show(plan, Object.fromEntries(lacking));
  if (plan.stack) return;
  if (plan.alteration) {
    const { state } = store;
    measuring.want(viewOf(state.saved.tab).measures?.({ state, picture }) ?? [], isLarge(plan.picture));
  } else if (store.state.saved.histograms) {
    histograms.count(plan);
  }
}

/** Whether it takes long to measure what happens to a picture. */
function isLarge({ width, height }: Size): boolean {
  return width * height > 4_000_000;
}

/** What the host has to know about the screen. */
function statusOf({ plan, refusal }: OpenPicture): Status {
  const { picture } = plan;
  const pixel = plan.stack ? tracedText(tracing.traced) : inspectedText(inspecting.inspection);
  const { saved } = store.state;
  const scale = scaleOf(saved.view, picture, tiles.paneSize);
  return {
    ...pooledIn(plan),
    operators: panesOf(plan, saved).filter(isOperator),
    scale,
    ...(pixel && { pixel }),
    ...(refusal && { refusal: refusal.message }),
    ...(plan.stack && shownStack(plan.stack)),
  };
}

function inspectedText(inspection: Inspection | undefined): string | undefined {
  return inspection && probeOf(inspection.spot.pane, inspection)?.exact;
}

function tracedText(traced: Traced | undefined): string | undefined {
  return traced?.trace && `${placeWords(traced.place)} · ${valuesText(traced.trace.values)}`;
}

/** Moves the pin in reading order, or to the first pixel in sight if none is pinned. False if there is no next pixel. */
function step(by: number): boolean {
  const picture = openIn(store.state);
  if (!picture) return false;
  const start = panesOf(picture.plan, store.state.saved)
    .filter(pane => pane !== 'input')
    .map(pane => tiles.firstOf(pane))
    .find(place => place !== undefined);
  const to = nextStep(picture.plan, pinned(), by, start);
  if (to) pin(picture.plan, to);
  return to !== undefined;
}

/** Pins a pixel, and moves the view as far as it needs to be seen. */
function pin(plan: Plan, spot: Place): void {
  choose({ pin: spot, view: reveal(store.state.saved.view, plan.picture, tiles.paneSize, areaOf(plan, spot)) });
}

/** Zooms around the pinned pixel, so that it stays in sight, or around the middle. */
function zoom(scale: number): void {
  const picture = openIn(store.state);
  if (!picture) return;
  const { plan } = picture;
  const { view } = store.state.saved;
  const spot = pinned();
  const pane = tiles.paneSize;
  if (!spot) {
    choose({ view: zoomAround(view, plan.picture, pane, scale, 0, 0) });
    return;
  }
  const area = areaOf(plan, spot);
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  const { x, y } = offsetOf(view, plan.picture, pane, middle);
  choose({ view: reveal(zoomAround(view, plan.picture, pane, scale, x, y), plan.picture, pane, area) });
}

/** Takes away all that pointing has shown. */
function clear(): void {
  walk.stop();
  inspecting.clear();
  tracing.clear();
  if (store.state.saved.pin) choose({ pin: null });
  else paint();
}

/** Puts everything back as the settings say. */
function reset(): void {
  clear();
  store.dispatch({ type: 'reset' });
}

function receive(message: FromHost): void {
  if ('outcome' in message) channel.receive(message);
  else notice(message);
}

function notice(message: HostNotice): void {
  if (message.type === 'clipboard') {
    clipboard.copy(message.png as Uint8Array<ArrayBuffer>);
    return;
  }
  if (message.type === 'describe') {
    describe();
    return;
  }
  if (message.type === 'reset') {
    reset();
    return;
  }
  if (message.type === 'hello' && message.strings) l10n.config({ contents: message.strings });
  if (message.type === 'prefetched') {
    store.dispatch({ type: 'arrived' });
    tiles.takePrefetched(message);
    store.dispatch({ type: 'prefetched' });
    return;
  }
  store.dispatch(message);
  if (message.type === 'settings') post({ type: 'taken' });
}

const gestures = listen(root, {
  scene: () => {
    const picture = openIn(store.state);
    return picture && { view: store.state.saved.view, picture: picture.plan.picture, pane: tiles.paneSize };
  },
  spotAt: (kind, event) => tiles.spotAt(kind, event),
  onView: view => choose({ view }),
  onZoom: zoom,
  onPoint: () => {
    if (!pinned()) paint();
  },
  onPin: spot => {
    walk.stop();
    choose({ pin: spot && !sameSpot(spot, pinned()) ? spot : null });
  },
  middleOf: kind => tiles.middleOf(kind),
  pinned,
  onClear: clear,
  onWalk: (dx, dy) => {
    const from = pinned() ?? inspecting.inspection?.spot ?? tracing.traced?.place;
    const to = from && { ...from, x: Math.max(0, from.x + dx), y: Math.max(0, from.y + dy) };
    const picture = openIn(store.state);
    if (to && picture && isOn(picture.plan, to)) pin(picture.plan, to);
  },
});

function pinned(): Place | undefined {
  const picture = openIn(store.state);
  return picture && pinnedIn(picture.plan, store.state.saved);
}

listenForArrows(root);
window.addEventListener('message', event => receive(withNumbers(event.data) as FromHost));
new ResizeObserver(() => paint()).observe(root);
paint();
// Messages posted before the page existed arrive right after the load event. If none did, `heard: false` requests them.
window.addEventListener('load', () =>
  setTimeout(() => post({ type: 'ready', heard: store.state.name !== '', state: vscode.getState() }), patience),
);
