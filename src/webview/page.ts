/** The page's one state, and what each event makes of it. What moves every frame (pointer, tiles, animation) is elsewhere. */
import { isEqual } from '../core/equal';
import type { Spot } from '../core/inspect';
import type { Knobs } from '../core/knobs';
import type { PaneKind } from '../core/panes';
import type { HostNotice, OpeningStage, PictureInfo, Remedy } from '../protocol';
import { isIncomplete } from './knobs';
import { type FoundDifference, isOn, makePlan, operatorsOf, type Plan, planInput } from './plan';
import { parseState, type SavedState } from './savedState';

/** A picture that is shown. */
export interface OpenPicture {
  readonly info: PictureInfo;
  /** Its number among the pictures that this page has shown. */
  readonly generation: number;
  /** Pixels are on their way that nobody has asked for: what they do not bring is asked for when they are there. */
  readonly isPrefetching: boolean;
  /** What the panes show. */
  readonly plan: Plan;
  /** The knobs that the plan follows: the last legal ones; undefined if none have been. */
  readonly applied: Knobs | undefined;
  /** Why the knobs as they stand are not applied. */
  readonly refusal?: {
    readonly message: string;
    /** It was not the framework that refused but the host, for want of memory, say: without one of the pictures it may be possible. */
    readonly byHost: boolean;
  };
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
      /** A further picture of the file, whose pixels are on their way. */
      readonly upcoming?: PictureInfo;
    };

export interface PageState {
  /** The file's name; empty until the host has said hello: then the language is not known either. */
  readonly name: string;
  readonly saved: SavedState;
  /** Nothing has been chosen here, now or before. */
  readonly isFresh: boolean;
  readonly phase: Phase;
  /** How many pictures this page has shown. */
  readonly generation: number;
}

export type PageEvent =
  | Extract<HostNotice, { type: 'hello' | 'opening' | 'opened' | 'failed' }>
  /** The pixels of the further picture are there. */
  | { readonly type: 'arrived' }
  /** What was sent without being asked for has been taken. */
  | { readonly type: 'prefetched' }
  /** The person has chosen something. */
  | { readonly type: 'chosen'; readonly part: Partial<SavedState> }
  /** The host could not make what a plan asks for. */
  | { readonly type: 'refused'; readonly plan: Plan; readonly message: string };

/** @param saved what was saved when the page was here before, undefined if it was not */
export function initialPage(saved: unknown): PageState {
  return {
    name: '',
    saved: parseState(saved),
    isFresh: saved === undefined,
    phase: { kind: 'opening', stage: 'reading', before: undefined },
    generation: 0,
  };
}

/** @param missing what is said of knobs that lack a number */
export function reduce(state: PageState, event: PageEvent, missing: () => string): PageState {
  const { phase, saved } = state;
  switch (event.type) {
    case 'hello':
      return { ...state, name: event.name, saved: state.isFresh ? parseState(event.defaults) : saved };
    case 'opening':
      return { ...state, phase: { kind: 'opening', stage: event.stage, before: infoOf(phase) } };
    case 'failed': {
      const { message, remedies } = event;
      return { ...state, phase: { kind: 'failed', message, remedies, before: infoOf(phase) } };
    }
    case 'opened':
      // What is on the screen stays until there is something to put in its place.
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
    case 'refused':
      // The knobs may have moved on since: what they ask for now may well be possible.
      if (phase.kind !== 'open' || phase.picture.plan !== event.plan) return state;
      return {
        ...state,
        phase: { ...phase, picture: { ...phase.picture, refusal: { message: event.message, byHost: true } } },
      };
  }
}

function choose(state: PageState, part: Partial<SavedState>, missing: () => string): PageState {
  const next: PageState = { ...state, saved: { ...state.saved, ...part }, isFresh: false };
  const { phase } = next;
  if (phase.kind !== 'open') return next;
  const isRetry = phase.picture.refusal?.byHost && (part.extras !== undefined || part.against !== undefined);
  const isOther = part.knobs || part.mode !== undefined || part.orient !== undefined || part.extras || isRetry;
  if (!isOther) return next;
  const { info, generation, isPrefetching } = phase.picture;
  const planned = plan(info, next.saved, phase.picture, missing);
  // Another plan, though it says the same: what was refused of the one before is asked for again.
  const retried = isRetry ? { ...planned, plan: { ...planned.plan } } : planned;
  return { ...next, phase: { ...phase, picture: { info, generation, isPrefetching, ...retried } } };
}

function show(state: PageState, info: PictureInfo, isPrefetching: boolean, missing: () => string): PageState {
  const generation = state.generation + 1;
  const picture = { info, generation, isPrefetching, ...plan(info, state.saved, undefined, missing) };
  return { ...state, generation, phase: { kind: 'open', picture } };
}

/**
 * The plan as chosen. How the picture is looked at always counts; knobs that are refused do not, and the last legal ones stay
 * as long as they are legal for the picture as it is looked at now.
 */
function plan(
  info: PictureInfo,
  saved: SavedState,
  before: OpenPicture | undefined,
  missing: () => string,
): Pick<OpenPicture, 'plan' | 'applied' | 'refusal'> {
  // An empty field is no value that a framework could say anything about.
  const chosen = isIncomplete(saved.knobs) ? new Error(missing()) : attempt(saved, saved.knobs, info, before?.plan);
  if (!(chosen instanceof Error)) return { plan: chosen, applied: saved.knobs };
  const refusal = { message: chosen.message, byHost: false };
  const applied = before?.applied;
  const kept = applied && attempt(saved, applied, info, before.plan);
  return { plan: !kept || kept instanceof Error ? planInput(saved, info) : kept, applied, refusal };
}

/** A plan, or why there is none. The one before if it is the same, so that nothing that was asked for it is asked again. */
function attempt(saved: SavedState, knobs: Knobs, info: PictureInfo, before: Plan | undefined): Plan | Error {
  try {
    const plan = makePlan(saved, knobs, info);
    return before && isEqual(plan, before) ? before : plan;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** The picture that the toolbar is about: the one that is open, or was before. */
export function infoOf(phase: Phase): PictureInfo | undefined {
  return phase.kind === 'open' ? phase.picture.info : phase.before;
}

/** The picture that is open. */
export function openIn({ phase }: PageState): OpenPicture | undefined {
  return phase.kind === 'open' ? phase.picture : undefined;
}

/** The panes on the page, in order. */
export function panesOf(plan: Plan, saved: SavedState): PaneKind[] {
  if (plan.branches.length === 0) return ['input'];
  const derived = saved.extras.filter(kind => !operatorsOf(plan).some(name => name === kind));
  return ['input', ...operatorsOf(plan), ...derived, ...(againstIn(plan, saved) ? (['mask'] as const) : [])];
}

/** The setting that the mask compares with, while it is one that differs. */
export function againstIn({ differences }: Plan, { against }: SavedState): FoundDifference | undefined {
  return differences.find(
    found => found.framework === against?.framework && found.kind === against.kind && found.theirs,
  );
}

/** The pinned pixel, as long as the picture has it: with other knobs it can lie outside, and may be back with the next. */
export function pinnedIn(plan: Plan, { pin }: SavedState): Spot | undefined {
  return pin && isOn(plan, pin) ? pin : undefined;
}

/** The channel that the inspector shows and the panes mark: the chosen one as far as there is one. */
export function channelIn({ shape: [, channels] }: Plan, { channel }: SavedState): number {
  return Math.min(channel, channels - 1);
}

/** The largest value that a sample of a picture can have. */
export function whiteOf({ bitDepth }: PictureInfo): number {
  return bitDepth === 16 ? 65535 : 255;
}
