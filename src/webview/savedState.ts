/** What survives hiding the tab and reloading the window: the knobs and the view, never pixels. */
import * as v from 'valibot';
import type { Spot } from '../core/inspect';
import { firstOperators, type OperatorName, operatorNames } from '../core/operators';
import type { Framework } from '../core/options';
import { type DerivedKind, derivedKinds } from '../core/panes';
import type { ColourMode } from '../core/view';
import { maximumScale, type Sizing, type View } from '../core/viewport';
import * as schema from '../schema';
import { defaultKnobs, type PageKnobs } from './knobs';

/** A picture that can be shown beside those that are always there; the mask is shown with what it compares. */
export type ExtraKind = OperatorName | Exclude<DerivedKind, 'mask'>;

export const extraKinds: readonly ExtraKind[] = [
  ...operatorNames.filter(name => !firstOperators.includes(name)),
  ...derivedKinds.filter(kind => kind !== 'mask'),
];

export interface SavedState {
  readonly knobs: PageKnobs;
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly view: View;
  readonly sizing: Sizing;
  /** The channel that the inspector shows. */
  readonly channel: number;
  /** The inspector writes out the values of large windows. */
  readonly numbers: boolean;
  /** The inspector is folded away. */
  readonly folded: boolean;
  /** The pixel that the inspector is pinned to. */
  readonly pin: Spot | null;
  /** One channel shown as grey, or all as they are. */
  readonly display: number | 'all';
  /** The pictures that are shown beside the first ones. */
  readonly extras: readonly ExtraKind[];
  readonly histograms: boolean;
  /** The framework whose setting the mask compares with, for one of the poolings. */
  readonly against: { readonly framework: Framework; readonly kind: OperatorName } | null;
}

export const initialState: SavedState = {
  knobs: defaultKnobs,
  mode: 'colour',
  orient: true,
  view: { scale: 'fit', x: 0, y: 0 },
  sizing: 'overlay',
  channel: 0,
  numbers: false,
  folded: false,
  pin: null,
  display: 'all',
  extras: [],
  histograms: false,
  against: null,
};

const channel = v.picklist([0, 1, 2, 3]);
const boolean = v.boolean();

/** Whatever is missing or malformed takes its first value. */
const savedState = record({
  knobs: record({
    framework: or(schema.framework, defaultKnobs.framework),
    kernel: or(schema.pair, defaultKnobs.kernel),
    linked: or(boolean, defaultKnobs.linked),
    stride: or(schema.pair, defaultKnobs.stride),
    padding: or(v.union([v.picklist(['same', 'sameLower']), schema.sides]), defaultKnobs.padding),
    dilation: or(schema.pair, defaultKnobs.dilation),
    ceilMode: or(boolean, defaultKnobs.ceilMode),
    countIncludePad: or(boolean, defaultKnobs.countIncludePad),
  }),
  mode: or(schema.mode, initialState.mode),
  orient: or(boolean, initialState.orient),
  view: record({
    scale: or(
      v.pipe(
        schema.number,
        v.gtValue(0),
        v.transform(scale => Math.min(scale, maximumScale)),
      ),
      initialState.view.scale,
    ),
    x: or(schema.number, 0),
    y: or(schema.number, 0),
  }),
  sizing: or(v.picklist(['overlay', 'relative']), initialState.sizing),
  channel: or(channel, initialState.channel),
  numbers: or(boolean, initialState.numbers),
  folded: or(boolean, initialState.folded),
  pin: or(schema.spot, null),
  display: or(channel, initialState.display),
  extras: or(
    v.pipe(
      v.array(v.unknown()),
      v.transform(given => extraKinds.filter(kind => given.includes(kind))),
    ),
    initialState.extras,
  ),
  histograms: or(boolean, initialState.histograms),
  against: or(v.object({ framework: schema.framework, kind: schema.operator }), initialState.against),
});

/** A saved state, read with suspicion. */
export function parseState(saved: unknown): SavedState {
  return v.parse(savedState, saved);
}

/** A value, or another for what is malformed. */
function or<S extends v.GenericSchema, D>(wanted: S, otherwise: D) {
  return v.union([
    wanted,
    v.pipe(
      v.unknown(),
      v.transform(() => otherwise),
    ),
  ]);
}

/** Fields of an object; what is no object is taken for one without fields. */
function record<E extends v.ObjectEntries>(entries: E) {
  return v.pipe(
    v.unknown(),
    v.transform(value => {
      const given: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
      return Object.fromEntries(Object.keys(entries).map(key => [key, given[key]]));
    }),
    v.object(entries),
  );
}
