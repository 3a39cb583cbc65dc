/** The pictures that a preview can show: the input, the poolings, and pictures made of these. */
import { type OperatorName, operators } from './operators';

/** A picture made of the input and the poolings, shown on request: what a person sees, so 8-bit. */
interface DerivedPane {
  /** As a heading, in English; the page translates it. */
  readonly title: string;
  /** What it shows, in one line. */
  readonly legend: string;
  /** What its pixels are pixels of; `'counterpart'`: of the pooling that is compared. */
  readonly base: 'input' | OperatorName | 'counterpart';
  /** Differences are small: they are drawn this many times as bright. */
  readonly gain: number;
}

const differenceLegend = 'black: unchanged · brighter: the pooled value is further from the pixel (drawn 4× as bright)';

export const derivedPanes = {
  /** `|max − average|`, where both are equally large. */
  difference: {
    title: 'Max − average',
    legend: 'black: equal · brighter: the maximum is further above the average (drawn 4× as bright)',
    base: 'max',
    gain: 4,
  },
  /** `|input − output|`, the output enlarged to the input's size by nearest neighbour. */
  maxChange: { title: '|Input − max|', legend: differenceLegend, base: 'input', gain: 4 },
  averageChange: { title: '|Input − average|', legend: differenceLegend, base: 'input', gain: 4 },
  /** Which input pixels are the maximum of a window, per channel 255 or 0. */
  argmax: {
    title: 'Where the maxima are',
    legend: 'bright: the largest of a window, per channel',
    base: 'input',
    gain: 1,
  },
  /** The maxima back at their places, 0 elsewhere (`max_unpool2d`). */
  unpooled: { title: 'Max unpooled', legend: 'each maximum back at its place, 0 elsewhere', base: 'input', gain: 1 },
  /** Which output pixels another framework's setting gives differently: 255 or 0, one channel. */
  mask: {
    title: 'Where they differ',
    legend: 'white: output pixels with another value',
    base: 'counterpart',
    gain: 1,
  },
} satisfies Record<string, DerivedPane>;

export type DerivedKind = keyof typeof derivedPanes;

export const derivedKinds = Object.keys(derivedPanes) as DerivedKind[];

export type PaneKind = 'input' | OperatorName | DerivedKind;

/** Whether a pane shows a pooling. */
export function isOperator(pane: PaneKind): pane is OperatorName {
  return pane in operators;
}

/** Whether a pane shows a picture made of the input and the poolings. */
export function isDerived(pane: PaneKind): pane is DerivedKind {
  return pane in derivedPanes;
}
