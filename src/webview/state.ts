/** What survives hiding the tab and reloading the window: the knobs and the view, never pixels. */
import { type Fields, isFields, isNumber, oneOf, paddingOf, pairOf } from '../core/fields';
import type { Spot } from '../core/inspect';
import { type Framework, frameworks } from '../core/options';
import { maximumScale, type Sizing, type View } from '../core/viewport';
import type { ColourMode, DerivedKind } from '../protocol';
import { defaultKnobs, type Knobs } from './knobs';

export interface State {
  readonly knobs: Knobs;
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
  /** The derived pictures that are shown beside the three. */
  readonly extras: readonly Exclude<DerivedKind, 'mask'>[];
  readonly histograms: boolean;
  /** The framework whose setting the mask compares with, for one of the poolings. */
  readonly against: { readonly framework: Framework; readonly kind: 'max' | 'average' } | null;
}

export const extraKinds = ['difference', 'maxChange', 'averageChange', 'argmax', 'unpooled'] as const;

export const initialState: State = {
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

/** A saved state, read with suspicion: whatever is missing or malformed takes its first value. */
export function parseState(saved: unknown): State {
  const from = record(saved);
  const knobs = record(from['knobs']);
  const view = record(from['view']);
  return {
    knobs: {
      framework: oneOf(frameworks, knobs['framework']) ?? defaultKnobs.framework,
      kernel: pairOf(knobs['kernel']) ?? defaultKnobs.kernel,
      linked: boolean(knobs['linked']) ?? defaultKnobs.linked,
      stride: pairOf(knobs['stride']) ?? defaultKnobs.stride,
      padding:
        oneOf(['same', 'sameLower'] as const, knobs['padding']) ?? paddingOf(knobs['padding']) ?? defaultKnobs.padding,
      dilation: pairOf(knobs['dilation']) ?? defaultKnobs.dilation,
      ceilMode: boolean(knobs['ceilMode']) ?? defaultKnobs.ceilMode,
      countIncludePad: boolean(knobs['countIncludePad']) ?? defaultKnobs.countIncludePad,
    },
    mode: oneOf(['grey', 'colour', 'alpha'] as const, from['mode']) ?? initialState.mode,
    orient: boolean(from['orient']) ?? initialState.orient,
    view: {
      scale: scale(view['scale']) ?? 'fit',
      x: number(view['x']) ?? 0,
      y: number(view['y']) ?? 0,
    },
    sizing: oneOf(['overlay', 'relative'] as const, from['sizing']) ?? initialState.sizing,
    channel: oneOf([0, 1, 2, 3] as const, from['channel']) ?? initialState.channel,
    numbers: boolean(from['numbers']) ?? initialState.numbers,
    folded: boolean(from['folded']) ?? initialState.folded,
    pin: spot(from['pin']),
    display: oneOf([0, 1, 2, 3] as const, from['display']) ?? 'all',
    extras: extraKinds.filter(kind => Array.isArray(from['extras']) && from['extras'].includes(kind)),
    histograms: boolean(from['histograms']) ?? initialState.histograms,
    against: counterpart(from['against']),
  };
}

function counterpart(value: unknown): State['against'] {
  const from = record(value);
  const framework = oneOf(frameworks, from['framework']);
  const kind = oneOf(['max', 'average'] as const, from['kind']);
  return framework && kind ? { framework, kind } : null;
}

function spot(value: unknown): Spot | null {
  const from = record(value);
  const pane = oneOf(['input', 'max', 'average'] as const, from['pane']);
  const [x, y] = [number(from['x']), number(from['y'])];
  return pane && Number.isInteger(x) && Number.isInteger(y) ? { pane, x: x!, y: y! } : null;
}

function record(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function boolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return isNumber(value) ? value : undefined;
}

function scale(value: unknown): number | undefined {
  const parsed = number(value);
  return parsed !== undefined && parsed > 0 ? Math.min(parsed, maximumScale) : undefined;
}
