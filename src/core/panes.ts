/**
 * The pictures that a preview can show: the input, the poolings, pictures derived from these, stages of a stack, and of an
 * altered picture what is before the alteration and what it changes.
 */
import { type OperatorName, operators } from './operators';
import type { Point } from './region';

/** A picture derived from the input and the poolings, shown on request. It is for display only, so 8-bit. */
interface DerivedPane {
  /** Heading, in English; the page translates it. */
  readonly title: string;
  /** What it shows, in one line of English; the page translates it. */
  readonly legend: string;
  /**
   * Whose pixels it shows: the input's or an output's; `'counterpart'`: the output of the operator that is compared.
   */
  readonly base: 'input' | OperatorName | 'counterpart';
  /** Brightness factor for display: differences are small. */
  readonly gain: number;
  /** The poolings that it is made from; for the mask, whichever is compared. */
  readonly madeFrom: readonly OperatorName[];
  /** Whether their outputs must have one size; without it, any sizes do. */
  readonly sameSize?: true;
}

const differenceLegend = 'black: unchanged · brighter: the pooled value is further from the pixel (drawn 4× as bright)';

export const derivedPanes = {
  /** `|max − average|`, if both have the same size. */
  difference: {
    title: 'Max − average',
    legend: 'black: equal · brighter: the maximum is further above the average (drawn 4× as bright)',
    base: 'max',
    gain: 4,
    madeFrom: ['max', 'average'],
    sameSize: true,
  },
  /** `|input − output|`, the output enlarged to the input's size by nearest neighbour. */
  maxChange: { title: '|Input − max|', legend: differenceLegend, base: 'input', gain: 4, madeFrom: ['max'] },
  averageChange: {
    title: '|Input − average|',
    legend: differenceLegend,
    base: 'input',
    gain: 4,
    madeFrom: ['average'],
  },
  /** 255 where a sample of the input is the maximum of a window, else 0, for each channel. */
  argmax: {
    title: 'Where the maxima are',
    legend: 'bright: the largest of a window, per channel',
    base: 'input',
    gain: 1,
    madeFrom: ['max'],
  },
  /** The maxima at their places in the input, 0 elsewhere (`max_unpool2d`). */
  unpooled: {
    title: 'Max unpooled',
    legend: 'each maximum back at its place, 0 elsewhere',
    base: 'input',
    gain: 1,
    madeFrom: ['max'],
  },
  /** 255 where another framework's setting gives another output pixel, else 0; one channel. */
  mask: {
    title: 'Where they differ',
    legend: 'white: output pixels with another value',
    base: 'counterpart',
    gain: 1,
    madeFrom: [],
  },
} satisfies Record<string, DerivedPane>;

export type DerivedKind = keyof typeof derivedPanes;

export const derivedKinds = Object.keys(derivedPanes) as DerivedKind[];

/** The output of a layer of a stack, counted from 1. */
export type StageName = `stage${number}`;

/** Of an altered picture, the input or a pooling without the alteration. */
export type BeforePane = `before.${'input' | OperatorName}`;

/** What an alteration changes of a pooling. */
export type ChangePane = `change.${OperatorName}`;

/** The pictures that only an altered picture has. */
export type AlteredPane = BeforePane | ChangePane;

/** The pictures of a pooling. */
export type PoolPane = 'input' | OperatorName | DerivedKind;

/** The pictures that are made from the input by one pooling each. */
export type RenderPane = PoolPane | AlteredPane;

/** The pictures of a stack. */
export type StackPane = 'input' | StageName;

export type PaneKind = RenderPane | StackPane;

/** The pictures that are computed, and not derived from others. */
export type BasePane = Exclude<PaneKind, DerivedKind | AlteredPane>;

/** The pictures that have values of their own. */
export type ValuedPane = BasePane | AlteredPane;

/** A pixel of a picture. */
export interface Place extends Point {
  readonly pane: BasePane;
}

/** The picture behind so many layers: none is the input. */
export function stackPane(layers: number): StackPane {
  return layers === 0 ? 'input' : `stage${layers}`;
}

/** How many layers a picture is behind. */
export function layersBefore(pane: StackPane): number {
  return pane === 'input' ? 0 : Number(pane.slice('stage'.length));
}

/** Whether a pane shows a layer's output. */
export function isStage(pane: PaneKind): pane is StageName {
  return /^stage[1-9]/.test(pane);
}

/** Whether a pane shows a pooling. */
export function isOperator(pane: PaneKind): pane is OperatorName {
  return pane in operators;
}

/** Whether a pane shows a derived picture. */
export function isDerived(pane: PaneKind): pane is DerivedKind {
  return pane in derivedPanes;
}

/** Whether a pane shows what is before an alteration. */
export function isBefore(pane: PaneKind): pane is BeforePane {
  return pane.startsWith('before.');
}

/** Whether a pane shows what an alteration changes. */
export function isChange(pane: PaneKind): pane is ChangePane {
  return pane.startsWith('change.');
}

/** The picture of which a pane shows what was before, or what has changed. */
export function alteredBase<B extends 'input' | OperatorName>(pane: `before.${B}` | `change.${B}`): B {
  return pane.slice('before.'.length) as B;
}

/** Brightness factor for display: differences are small. */
export function gainOf(pane: PaneKind): number {
  if (isChange(pane)) return changeGain;
  return isDerived(pane) ? derivedPanes[pane].gain : 1;
}

const changeGain = 4;

/** The operators whose outputs must have one size for a derived picture. */
export function sameSizeFor(pane: DerivedKind): readonly OperatorName[] {
  const { madeFrom, sameSize }: DerivedPane = derivedPanes[pane];
  return sameSize ? madeFrom : [];
}

/** The poolings that a derived picture is made from and that are not among those shown: without them it is not shown. */
export function lackingFor(pane: DerivedKind, shown: readonly OperatorName[]): readonly OperatorName[] {
  const { madeFrom }: DerivedPane = derivedPanes[pane];
  return madeFrom.filter(name => !shown.includes(name));
}
