/** What each view pools and shows: everything about it but how it looks, which `views/` has. */
import type { OperatorName } from '../core/operators';
import type { Framework } from '../core/options';
import { lackingFor, type PaneKind, type StackPane, stackPane } from '../core/panes';
import type { Alteration } from '../lab/alteration';
import { operatorsIn } from './knobs';
import { noiseOf, noisyOperators } from './lab/noiseChoices';
import { movedOperators, shiftOf } from './lab/shiftChoices';
import type { FoundDifference, Plan } from './plan';
import type { SavedState } from './savedState';

/** The rules of a view. */
export interface ViewRules {
  /** The choices that are its own: another view leaves them alone when it is reset. The knobs belong to all. */
  readonly own: readonly (keyof SavedState)[];
  /** Whether it shows layers one after the other in place of one pooling. */
  readonly isStacked?: true;
  /** What it does to the picture before it is pooled; absent if nothing. */
  alteration?(saved: Pick<SavedState, 'noise' | 'shift'>): Alteration;
  /** The poolings that it is about. */
  operators(saved: Pick<SavedState, 'operators' | 'noise'>, framework: Framework): readonly OperatorName[];
  /** Its panes, in order. */
  panes(plan: Plan, saved: SavedState): PaneKind[];
  /** Panes that lie over others until they are asked for; absent if none. */
  heldPanes?(plan: Plan): PaneKind[];
  /** How many panes a row has, if their order needs it. */
  readonly perRow?: number;
}

const pool: ViewRules = {
  own: ['operators', 'extras', 'histograms', 'against'],
  operators: ({ operators }, framework) => operatorsIn(framework, operators),
  panes(plan, saved) {
    if (plan.branches.length === 0) return ['input'];
    const shown = shownIn(plan);
    const derived = saved.extras.filter(kind => lackingFor(kind, shown).length === 0);
    return ['input', ...shown, ...derived, ...(againstIn(plan, saved) ? (['mask'] as const) : [])];
  },
};

const layers: ViewRules = {
  own: ['stack'],
  isStacked: true,
  operators: () => [],
  /** The input and the stages that have a picture; none if only shapes are known. */
  panes: ({ stack }) => {
    const computed = stack?.computed ?? 0;
    return computed === 0 ? [] : Array.from({ length: computed + 1 }, (_, layers): StackPane => stackPane(layers));
  },
};

const noise: ViewRules = {
  own: ['noise'],
  alteration: ({ noise }) => noiseOf(noise),
  operators: ({ noise }) => noisyOperators(noise),
  panes: plan => ['input', ...shownIn(plan)],
  /** Each picture without the noise. */
  heldPanes: plan => (['input', ...shownIn(plan)] as const).map(pane => `before.${pane}` as const),
};

const shift: ViewRules = {
  own: ['shift'],
  alteration: ({ shift }) => shiftOf(shift),
  operators: (_, framework) => operatorsIn(framework, movedOperators),
  /** Each chosen pooling as it was, as it is, and what has changed; the picture itself if there is none. */
  panes(plan, saved) {
    const chosen = shownIn(plan).filter(name => saved.shift.operators.includes(name));
    if (chosen.length === 0) return ['input'];
    return chosen.flatMap(name => [`before.${name}`, name, `change.${name}`] as const);
  },
  perRow: 3,
};

const rules: Readonly<Record<string, ViewRules>> = { pool, layers, noise, shift };

/** The rules of the view in front; those of the first one for a name that there is no longer. */
export function rulesOf({ tab }: Pick<SavedState, 'tab'>): ViewRules {
  return rules[tab] ?? pool;
}

/** The choices that belong to other views than the one in front. */
export function othersOwn(saved: SavedState): Partial<SavedState> {
  const others = Object.values(rules).filter(each => each !== rulesOf(saved));
  return Object.fromEntries(others.flatMap(({ own }) => own.map(key => [key, saved[key]])));
}

/** The setting that the mask compares with; undefined if it no longer gives a different result. */
export function againstIn({ differences }: Plan, { against }: SavedState): FoundDifference | undefined {
  return differences.find(
    found => found.framework === against?.framework && found.kind === against.kind && found.theirs,
  );
}

function shownIn({ branches }: Plan): OperatorName[] {
  return branches.map(({ operator }) => operator);
}
