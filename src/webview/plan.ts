/** A legal choice of options on a known picture: everything that follows from it without looking at a pixel. */
import { compareFrameworks, type Difference } from '../core/compare';
import type { Spot } from '../core/inspect';
import type { Framework, PoolOptions } from '../core/options';
import { possibleMode, shapeOf } from '../core/view';
import { type Extent, inputExtent, outputExtent, type Size } from '../core/viewport';
import { type Axis, type PoolKind, planAxes } from '../core/window';
import type { ColourMode, DerivedKind, PaneKind, PictureInfo } from '../protocol';
import { poolOptions } from './knobs';
import type { State } from './state';

export type Axes = readonly [vertical: Axis, horizontal: Axis];

export interface Plan {
  readonly framework: Framework;
  readonly options: PoolOptions;
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly channels: number;
  readonly picture: Size;
  /** The input tensor's `[1, C, H, W]`. */
  readonly shape: readonly [1, number, number, number];
  readonly max: Axes;
  readonly average: Axes;
  /** Where other frameworks answer differently to what looks like the same setting. */
  readonly differences: readonly (Difference & { readonly kind: PoolKind })[];
}

/** @throws PoolError in the framework's words when the options are illegal for this picture. */
export function makePlan(state: State, info: PictureInfo): Plan {
  const mode = possibleMode(state.mode, info);
  const shape = shapeOf(info, mode, state.orient);
  const [, channels, height, width] = shape;
  const picture = { width, height };
  const options = poolOptions(state.knobs, shape);
  const max = planAxes('max', shape, options);
  const average = planAxes('average', shape, options);
  const { framework } = state.knobs;
  // PyTorch with 'same' is pooled by Keras' rule; what plain PyTorch would do is no news to who has chosen it.
  const differences = (['max', 'average'] as const).flatMap(kind =>
    compareFrameworks(kind, shape, options)
      .filter(difference => difference.framework !== framework)
      .map(difference => ({ ...difference, kind })),
  );
  return { framework, options, mode, orient: state.orient, channels, picture, shape, max, average, differences };
}

/** Whether a pane shows a picture made of the input and the poolings. */
export function isDerived(pane: PaneKind): pane is DerivedKind {
  return pane !== 'input' && pane !== 'max' && pane !== 'average';
}

/** What a pane's pixels are pixels of: the input, or an output. */
export function baseOf(pane: PaneKind, against: { readonly kind: PoolKind } | null | undefined): Spot['pane'] {
  switch (pane) {
    case 'input':
    case 'max':
    case 'average':
      return pane;
    case 'maxChange':
    case 'averageChange':
    case 'argmax':
    case 'unpooled':
      return 'input';
    case 'difference':
      return 'max';
    case 'mask':
      return against?.kind ?? 'max';
  }
}

/** Where pixels of the input or of an output lie over the input. */
export function extents(plan: Plan, base: Spot['pane']): readonly [vertical: Extent, horizontal: Extent] {
  if (base === 'input') return [inputExtent(plan.picture.height), inputExtent(plan.picture.width)];
  const [vertical, horizontal] = plan[base];
  return [outputExtent(vertical), outputExtent(horizontal)];
}

/** Whether a plan has a pixel: one that was pinned can lie outside after the knobs, or the file, have changed. */
export function isOn(plan: Plan, { pane, x, y }: Spot): boolean {
  const [vertical, horizontal] = extents(plan, pane);
  return x < horizontal.count && y < vertical.count;
}
