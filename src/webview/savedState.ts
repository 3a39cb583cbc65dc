/** The state that is kept when the tab is hidden or the window reloaded: the knobs and the view, never pixels. */
import * as v from 'valibot';
import type { Knobs } from '../core/knobs';
import { firstOperators, type OperatorName, operatorNames } from '../core/operators';
import type { Framework } from '../core/options';
import { type DerivedKind, derivedKinds, type Place } from '../core/panes';
import { mostLayers } from '../core/stack';
import type { ColourMode } from '../core/view';
import { maximumScale, type Sizing, type View, wholeView } from '../core/viewport';
import { noiseKinds } from '../lab/noise';
import * as schema from '../schema';
import { defaultKnobs, type PageKnobs, presetNames } from './knobs';
import { initialNoise, mostShare, mostSigma, type NoiseChoices } from './lab/noiseChoices';
import { directions, initialShift, movedOperators, type ShiftChoices } from './lab/shiftChoices';
import { layerKinds, newLayer } from './stack/layerChoice';
import { initialStack, type StackChoices } from './stack/stackChoices';
import { stackPresetNames } from './stack/stackPresets';

/** A picture that the user can add to the poolings. The mask is not one: it comes with a comparison. */
export type ExtraKind = Exclude<DerivedKind, 'mask'>;

export const extraKinds: readonly ExtraKind[] = derivedKinds.filter(kind => kind !== 'mask');

/** What the page saves. */
export interface SavedState {
  /** The name of the view that is shown. */
  readonly tab: string;
  readonly knobs: PageKnobs;
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly view: View;
  readonly sizing: Sizing;
  /** The channel that the inspector shows. */
  readonly channel: number;
  /** Whether the inspector writes out the values of large windows. */
  readonly numbers: boolean;
  /** The pinned pixel. */
  readonly pin: Place | null;
  readonly stack: StackChoices;
  readonly noise: NoiseChoices;
  readonly shift: ShiftChoices;
  /** One channel, shown as grey, or all channels. */
  readonly display: number | 'all';
  /** The chosen poolings; those that the framework lacks are not shown. */
  readonly operators: readonly OperatorName[];
  /** The derived pictures that the user has added; those whose poolings are not shown are not shown either. */
  readonly extras: readonly ExtraKind[];
  readonly histograms: boolean;
  /** The framework and the operator whose setting the mask compares with. */
  readonly against: { readonly framework: Framework; readonly kind: OperatorName } | null;
  /** The height of what stands beneath the pictures, in CSS pixels; null for the usual one. */
  readonly dock: number | null;
  /** Whether a narrow page shows all knobs. */
  readonly more: boolean;
}

export const initialState: SavedState = {
  tab: 'pool',
  knobs: defaultKnobs,
  mode: 'colour',
  orient: true,
  view: wholeView,
  sizing: 'overlay',
  channel: 0,
  numbers: false,
  pin: null,
  display: 'all',
  operators: firstOperators,
  extras: [],
  histograms: false,
  against: null,
  dock: null,
  more: false,
  stack: initialStack,
  noise: initialNoise,
  shift: initialShift,
};

const channel = v.picklist([0, 1, 2, 3]);
const boolean = v.boolean();

/** A missing or malformed field takes its initial value. */
const savedState = record({
  tab: or(v.string(), initialState.tab),
  knobs: record({
    framework: or(schema.framework, defaultKnobs.framework),
    ...settings(defaultKnobs),
    linked: or(boolean, defaultKnobs.linked),
    preset: or(v.picklist(presetNames), defaultKnobs.preset),
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
  pin: or(schema.place, null),
  display: or(channel, initialState.display),
  operators: or(someOf(operatorNames), initialState.operators),
  extras: or(someOf(extraKinds), initialState.extras),
  histograms: or(boolean, initialState.histograms),
  against: or(v.object({ framework: schema.framework, kind: schema.operator }), initialState.against),
  dock: or(v.pipe(schema.number, v.minValue(0)), initialState.dock),
  more: or(boolean, initialState.more),
  stack: record({
    layers: or(v.pipe(v.array(savedLayer()), v.maxLength(mostLayers)), initialStack.layers),
    size: or(v.nullable(v.strictTuple([schema.count, schema.count, schema.count])), initialStack.size),
    outFeatures: or(schema.count, initialStack.outFeatures),
    preset: or(
      v.nullable(v.object({ name: v.picklist(stackPresetNames), part: v.picklist(['network', 'poolings']) })),
      initialStack.preset,
    ),
    details: or(schema.count, null),
  }),
  noise: record({
    kind: or(v.picklist(noiseKinds), initialNoise.kind),
    share: or(v.pipe(schema.share, v.maxValue(mostShare)), initialNoise.share),
    sigma: or(v.pipe(schema.sigma, v.maxValue(mostSigma)), initialNoise.sigma),
    seed: or(schema.seed, initialNoise.seed),
    perChannel: or(boolean, initialNoise.perChannel),
    min: or(boolean, initialNoise.min),
    median: or(boolean, initialNoise.median),
  }),
  shift: record({
    dy: or(schema.distance, initialShift.dy),
    dx: or(schema.distance, initialShift.dx),
    along: or(v.picklist(directions), initialShift.along),
    operators: or(someOf(movedOperators), initialShift.operators),
  }),
});

/** Reads a saved state, which may have any form: malformed fields take their initial values. */
export function parseState(saved: unknown): SavedState {
  return v.parse(savedState, saved);
}

/** The settings of a pooling, in a state and in each layer of its stack. */
function settings(usual: Omit<Knobs, 'framework'>) {
  return {
    kernel: or(schema.pair, usual.kernel),
    stride: or(v.union([schema.pair, v.literal('default')]), usual.stride),
    padding: or(v.union([v.picklist(['same', 'sameLower']), schema.sides]), usual.padding),
    dilation: or(schema.pair, usual.dilation),
    ceilMode: or(boolean, usual.ceilMode),
    countIncludePad: or(boolean, usual.countIncludePad),
    divisorOverride: or(schema.number, usual.divisorOverride),
    norm: or(schema.number, usual.norm),
    outputSize: or(schema.outputSize, usual.outputSize),
  };
}

/** Without its kind, a layer and the stack are malformed: a stack without the layer would be another network. */
function savedLayer() {
  const usual = newLayer(1, 'max');
  return record({
    id: schema.count,
    kind: v.picklist(layerKinds),
    ...settings(usual),
    outChannels: or(schema.number, usual.outChannels),
    groups: or(schema.number, usual.groups),
    bias: or(boolean, usual.bias),
  });
}

/** Those of some names that a list contains, in the names' order. */
function someOf<T>(names: readonly T[]) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform(given => names.filter(name => given.includes(name))),
  );
}

/** A value of a schema, or `otherwise` if it is malformed. */
function or<S extends v.GenericSchema, D>(wanted: S, otherwise: D) {
  return v.union([
    wanted,
    v.pipe(
      v.unknown(),
      v.transform(() => otherwise),
    ),
  ]);
}

/** Fields of an object; any other value counts as an object without fields. */
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
