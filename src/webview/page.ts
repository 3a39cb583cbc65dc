/** The page's state and its reducer. What changes every frame (pointer, tiles, animation) is kept elsewhere. */
import { isEqual } from '../core/equal';
import type { Knobs } from '../core/knobs';
import { equalPairs, type Framework, type Pair, PoolError } from '../core/options';
import type { PaneKind, Place } from '../core/panes';
import type { CodeSource, HostNotice, OpeningStage, PictureInfo, Remedy } from '../protocol';
import { withFramework, withKernel } from './knobs';
import { isOn, makePlan, makeStackedPlan, type Plan, planInput } from './plan';
import { emptyFields, type FieldName, refusalRemark, refusedFields } from './refusedFields';
import { initialState, parseState, type SavedState } from './savedState';
import { translatedStack } from './stack/editStack';
import { othersOwn, rulesOf } from './viewRules';

/** The picture that is shown. */
export interface OpenPicture {
  readonly info: PictureInfo;
  /** Its number among the pictures that this page has shown, from 1. */
  readonly generation: number;
  /** Tiles are coming without a request: request none until they are here, then only the missing ones. */
  readonly isPrefetching: boolean;
  /** What the panes show. */
  readonly plan: Plan;
  /** The last legal knobs, which the plan follows; undefined if there were none. */
  readonly applied: Knobs | undefined;
  /** Why the current knobs are not applied. */
  readonly refusal?: Refusal;
}

/** Why knobs are not applied. */
export interface Refusal {
  /** The framework's words, the host's, or our own about an empty field. */
  readonly message: string;
  /** Refused by the host, for example for lack of memory, and not by the framework: it may work with fewer panes. */
  readonly byHost: boolean;
  /** The fields at fault. */
  readonly fields: readonly FieldName[];
  /** What the message needs to be understood. */
  readonly remark: 'strideFollowsKernel' | undefined;
  /** A kernel that fits a picture for which no pooling can be shown yet. */
  readonly offer: Pair | undefined;
}

export type Phase =
  | { readonly kind: 'opening'; readonly stage: OpeningStage; readonly before: PictureInfo | undefined }
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly remedies: readonly Remedy[];
      readonly before: PictureInfo | undefined;
    }
  | {
      readonly kind: 'open';
      readonly picture: OpenPicture;
      /** A newer picture of the file, whose tiles are coming. */
      readonly upcoming?: PictureInfo;
    };

/** The page's state. */
export interface PageState {
  /** The file's name; empty until `hello` has arrived, which also brings the language. */
  readonly name: string;
  readonly saved: SavedState;
  /** What the settings say. */
  readonly defaults: SavedState;
  /** The user has chosen nothing, neither in this page nor before a reload. */
  readonly isFresh: boolean;
  readonly phase: Phase;
  /** How many pictures this page has shown. */
  readonly generation: number;
  /** The call in the user's code that the settings come from. */
  readonly source?: CodeSource;
  /** What was shown before those settings were taken. */
  readonly undo?: SavedState;
}

export type PageEvent =
  | Extract<HostNotice, { type: 'hello' | 'opening' | 'opened' | 'failed' | 'reset' | 'settings' | 'source' }>
  /** Put back what was shown before the settings of the user's code. */
  | { readonly type: 'undone' }
  /** The tiles of the upcoming picture are here. */
  | { readonly type: 'arrived' }
  /** The tiles that came without a request have been taken. */
  | { readonly type: 'prefetched' }
  /** The user has changed something. */
  | { readonly type: 'chosen'; readonly part: Partial<SavedState> }
  /** The host could not render a plan. */
  | { readonly type: 'refused'; readonly plan: Plan; readonly message: string };

/** What a page saves for the next one in its place: a hidden tab has none. */
export function savedBy({ saved, undo }: PageState): SavedState & { readonly undo?: SavedState } {
  return undo ? { ...saved, undo } : saved;
}

/** @param saved what an earlier page has saved; undefined if there is none */
export function initialPage(saved: unknown): PageState {
  const { undo }: { readonly undo?: unknown } = typeof saved === 'object' && saved !== null ? saved : {};
  return {
    name: '',
    saved: parseState(saved),
    ...(undo !== undefined && { undo: parseState(undo) }),
    defaults: initialState,
    isFresh: saved === undefined,
    phase: { kind: 'opening', stage: 'reading', before: undefined },
    generation: 0,
  };
}

/**
 * The state after an event.
 * @param missing gives the message for knobs that lack a number
 */
export function reduce(state: PageState, event: PageEvent, missing: () => string): PageState {
  const { phase, saved } = state;
  switch (event.type) {
    case 'hello': {
      const defaults = parseDefaults(event.defaults);
      const start = event.start === undefined ? defaults : parseState(event.start);
      return { ...state, name: event.name, defaults, saved: state.isFresh ? start : saved };
    }
    case 'opening':
      return { ...state, phase: { kind: 'opening', stage: event.stage, before: infoOf(phase) } };
    case 'failed': {
      const { message, remedies } = event;
      return { ...state, phase: { kind: 'failed', message, remedies, before: infoOf(phase) } };
    }
    case 'opened':
      // The open picture stays on screen until the tiles of the next one are here.
      if (event.isPrefetching && phase.kind === 'open') {
        return { ...state, phase: { ...phase, upcoming: event.info } };
      }
      return show(state, event.info, event.isPrefetching === true, missing);
    case 'arrived':
      return phase.kind === 'open' && phase.upcoming ? show(state, phase.upcoming, true, missing) : state;
    case 'prefetched':
      if (phase.kind !== 'open') return state;
      return { ...state, phase: { ...phase, picture: { ...phase.picture, isPrefetching: false } } };
    case 'chosen':
      return choose(state, event.part, missing);
    case 'reset':
      return choose(state, atDefaults(state), missing);
    case 'settings':
      return take(state, event.state, missing);
    case 'source': {
      if (event.source) return { ...state, source: event.source };
      const { source: _, undo: __, ...rest } = state;
      return rest;
    }
    case 'undone': {
      const { undo, ...rest } = state;
      return undo ? choose(rest, undo, missing) : state;
    }
    case 'refused':
      // Ignore the refusal of an earlier plan: the current one may be possible.
      if (phase.kind !== 'open' || phase.picture.plan !== event.plan) return state;
      return {
        ...state,
        phase: { ...phase, picture: { ...phase.picture, refusal: refusalByHost(event.message) } },
      };
  }
}

/** What the settings say; the stack to begin with is under their framework. */
function parseDefaults(given: unknown): SavedState {
  const defaults = parseState(given);
  return {
    ...defaults,
    stack: translatedStack(defaults.stack, initialState.knobs.framework, defaults.knobs.framework),
  };
}

function choose(state: PageState, part: Partial<SavedState>, missing: () => string): PageState {
  const next: PageState = { ...state, saved: { ...state.saved, ...part }, isFresh: false };
  const { phase } = next;
  if (phase.kind !== 'open') return next;
  const hasOtherPanes = part.extras !== undefined || part.against !== undefined;
  const isRetry = phase.picture.refusal?.byHost && (hasOtherPanes || part.operators !== undefined);
  const isOther =
    part.knobs ||
    part.mode !== undefined ||
    part.orient !== undefined ||
    part.operators ||
    part.stack ||
    part.noise ||
    part.shift ||
    part.tab !== undefined ||
    isRetry;
  if (!isOther) return next;
  const { info, generation, isPrefetching } = phase.picture;
  const planned = plan(info, next.saved, phase.picture, missing);
  // A new object with equal content, so that the tiles refused under the previous plan are requested again.
  const retried = isRetry ? { ...planned, plan: { ...planned.plan } } : planned;
  return { ...next, phase: { ...phase, picture: { info, generation, isPrefetching, ...retried } } };
}

/** Takes settings over those that stand, which one click puts back: not those of a page that has shown nothing yet. */
function take(state: PageState, given: unknown, missing: () => string): PageState {
  const { saved, isFresh, phase } = state;
  const settings: { readonly knobs?: object } = typeof given === 'object' && given !== null ? given : {};
  const { framework } = parseState({ knobs: { ...saved.knobs, ...settings.knobs } }).knobs;
  const base = underFramework(saved, framework);
  const next = parseState({ ...base, ...settings, knobs: { ...base.knobs, ...settings.knobs } });
  // The settings can arrive twice.
  if (isEqual(next, saved)) return state;
  const { undo: _, ...rest } = state;
  const isNew = isFresh && phase.kind !== 'open';
  return choose(isNew ? rest : { ...rest, undo: saved }, next, missing);
}

function underFramework(saved: SavedState, framework: Framework): SavedState {
  const { knobs, stack } = saved;
  if (framework === knobs.framework) return saved;
  return {
    ...saved,
    knobs: withFramework(knobs, framework),
    stack: translatedStack(stack, knobs.framework, framework),
  };
}

function show(state: PageState, info: PictureInfo, isPrefetching: boolean, missing: () => string): PageState {
  const generation = state.generation + 1;
  const picture = { info, generation, isPrefetching, ...plan(info, state.saved, undefined, missing) };
  return { ...state, generation, phase: { kind: 'open', picture } };
}

/**
 * The plan for the current choices. Colour mode and orientation always apply. If the knobs are refused, the last legal
 * ones stay, unless they are illegal for this view; then only the input is shown.
 */
function plan(
  info: PictureInfo,
  saved: SavedState,
  before: OpenPicture | undefined,
  missing: () => string,
): Pick<OpenPicture, 'plan' | 'applied' | 'refusal'> {
  if (rulesOf(saved).isStacked) {
    const stacked = makeStackedPlan(saved, info, missing);
    return { plan: before && isEqual(stacked, before.plan) ? before.plan : stacked, applied: before?.applied };
  }
  const empty = emptyFields(saved.knobs);
  // No framework has a message for an empty field.
  const chosen = empty.length > 0 ? new Error(missing()) : attempt(saved, saved.knobs, info, before?.plan);
  if (!(chosen instanceof Error)) return { plan: chosen, applied: saved.knobs };
  const applied = before?.applied;
  const kept = applied && attempt(saved, applied, info, before.plan);
  const isKept = kept !== undefined && !(kept instanceof Error);
  const refusal: Refusal = {
    message: chosen.message,
    byHost: false,
    fields: chosen instanceof PoolError ? refusedFields(chosen, saved.knobs) : empty,
    remark: chosen instanceof PoolError ? refusalRemark(chosen, saved.knobs) : undefined,
    offer: isKept || empty.length > 0 ? undefined : fittingKernel(saved, info),
  };
  return { plan: isKept ? kept : planAltered(saved, info), applied, refusal };
}

/** Only the picture, as the view in front alters it. */
function planAltered(saved: SavedState, info: PictureInfo): Plan {
  const alteration = rulesOf(saved).alteration?.(saved);
  return { ...planInput(saved, info), ...(alteration && { alteration }) };
}

function refusalByHost(message: string): Refusal {
  return { message, byHost: true, fields: [], remark: undefined, offer: undefined };
}

/** The largest part of the kernel that the picture can hold, if that is less and can be pooled with. */
function fittingKernel(saved: SavedState, info: PictureInfo): Pair | undefined {
  const { height, width } = planInput(saved, info).picture;
  const [kernelHeight, kernelWidth] = saved.knobs.kernel;
  const kernel: Pair = [Math.min(kernelHeight, height), Math.min(kernelWidth, width)];
  if (equalPairs(kernel, saved.knobs.kernel)) return undefined;
  return attempt(saved, withKernel(saved.knobs, kernel), info, undefined) instanceof Error ? undefined : kernel;
}

/** A plan, or why there is none. Returns `before` if the new plan is equal, so that nothing is requested twice. */
function attempt(saved: SavedState, knobs: Knobs, info: PictureInfo, before: Plan | undefined): Plan | Error {
  try {
    const plan = makePlan(saved, knobs, info);
    return before && isEqual(plan, before) ? before : plan;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/**
 * The saved state with what the view shows as the settings say. The page's own layout stays, and what only the other
 * view shows, under the framework of the settings.
 */
function atDefaults({ saved, defaults }: PageState): SavedState {
  const { tab, dock, more, knobs } = saved;
  const { framework } = defaults.knobs;
  const others = othersOwn(saved);
  return {
    ...defaults,
    tab,
    dock,
    more,
    ...others,
    ...(others.stack && { stack: translatedStack(others.stack, knobs.framework, framework) }),
    // A stack has knobs of its own: it leaves alone those of the others.
    ...(rulesOf(saved).isStacked && {
      knobs: framework === knobs.framework ? knobs : withFramework(knobs, framework),
    }),
  };
}

/** Whether more has changed than the place in the picture, which no other page takes over. */
export function haveOtherChoices(saved: SavedState, before: SavedState): boolean {
  const { pin, view } = before;
  return !isEqual({ ...saved, pin, view }, before);
}

/** Whether there is nothing to put back. */
export function isAtDefaults(state: PageState): boolean {
  return isEqual(state.saved, atDefaults(state));
}

/** The picture that the toolbar describes: the open one, or the one that was open before. */
export function infoOf(phase: Phase): PictureInfo | undefined {
  return phase.kind === 'open' ? phase.picture.info : phase.before;
}

/** The open picture; undefined while opening and after a failure. */
export function openIn({ phase }: PageState): OpenPicture | undefined {
  return phase.kind === 'open' ? phase.picture : undefined;
}

/** Whether the pictures are of the last legal knobs, while the present ones are refused. */
export function isStale({ plan, refusal }: OpenPicture): boolean {
  return refusal !== undefined && !refusal.byHost && plan.branches.length > 0;
}

/** The panes on the page, in order. */
export function panesOf(plan: Plan, saved: SavedState): PaneKind[] {
  return rulesOf(saved).panes(plan, saved);
}

/** The pinned pixel, if the plan contains it. It stays saved if not: the next knobs may contain it again. */
export function pinnedIn(plan: Plan, { pin }: SavedState): Place | undefined {
  return pin && isOn(plan, pin) ? pin : undefined;
}

/** The channel that the inspector shows and the panes mark: the chosen one, or the last one there is. */
export function channelIn({ shape: [, channels] }: Plan, { channel }: SavedState): number {
  return Math.min(channel, channels - 1);
}

/** The largest value of a picture's samples. */
export function whiteOf({ bitDepth }: PictureInfo): number {
  return bitDepth === 16 ? 65535 : 255;
}
