/** What is shown of a picture: everything that follows from the choices and the picture's size, without its pixels. */
import type { Axes } from '../core/axis';
import { compareFrameworks, type Difference } from '../core/compare';
import { frameworks } from '../core/frameworks';
import type { Spot } from '../core/inspect';
import type { Knobs } from '../core/knobs';
import { firstOperators, type OperatorName } from '../core/operators';
import type { Framework, PoolOptions } from '../core/options';
import { derivedPanes, isDerived, isOperator, type PaneKind } from '../core/panes';
import { type PlannedLayer, planLayer } from '../core/plan';
import type { Rectangle } from '../core/region';
import type { Shape } from '../core/tensor';
import { type InputView, possibleView, shapeOf } from '../core/view';
import { type Extent, inputExtent, outputExtent, type Size } from '../core/viewport';
import type { PictureInfo } from '../protocol';
import { defaultKnobs } from './knobs';
import type { SavedState } from './savedState';

/** Layers applied one after the other; the output of the last one is shown. */
export interface Branch {
  readonly operator: OperatorName;
  readonly layers: readonly [PlannedLayer, ...PlannedLayer[]];
}

/** A setting of an operator for which another framework gives a different result. */
export interface FoundDifference extends Difference {
  readonly kind: OperatorName;
}

/** What the panes show, and how it is computed. */
export interface Plan {
  /** Colour mode and orientation. */
  readonly view: InputView;
  readonly picture: Size;
  /** Shape of the input tensor, `[1, C, H, W]`. */
  readonly shape: Shape;
  readonly framework: Framework;
  readonly options: PoolOptions;
  /** One branch per operator, shown side by side; empty if there are no legal options yet. */
  readonly branches: readonly Branch[];
  readonly differences: readonly FoundDifference[];
}

/** The choices that a plan follows from, besides the knobs and the picture. */
export type PlanChoices = Pick<SavedState, 'mode' | 'orient' | 'extras'>;

/** @throws {PoolError} with the framework's message if the options are illegal for this picture */
export function makePlan(choices: PlanChoices, knobs: Knobs, info: PictureInfo): Plan {
  const plan = planInput(choices, info, knobs);
  const { shape, options, framework } = plan;
  const operators = [...firstOperators, ...choices.extras.filter(isOperator)];
  const branches = operators.map((operator): Branch => ({ operator, layers: [planLayer(operator, shape, options)] }));
  // PyTorch with 'same' is pooled by Keras' rule. The difference to plain PyTorch is left out: the user has chosen it.
  const differences = operators.flatMap(kind =>
    compareFrameworks(kind, shape, options)
      .filter(difference => difference.framework !== framework)
      .map(difference => ({ ...difference, kind })),
  );
  return { ...plan, branches, differences };
}

/** The plan without pooling: only the picture in its view. */
export function planInput(choices: PlanChoices, info: PictureInfo, knobs: Knobs = defaultKnobs): Plan {
  const view = possibleView(choices, info);
  const shape = shapeOf(info, view);
  const [, , height, width] = shape;
  const { framework } = knobs;
  const options = frameworks[framework].optionsOf(knobs, shape);
  return { view, picture: { width, height }, shape, framework, options, branches: [], differences: [] };
}

/** The operators that a plan shows. */
export function operatorsOf({ branches }: Plan): OperatorName[] {
  return branches.map(({ operator }) => operator);
}

/** The last layer of each branch. */
export function lastLayers({ branches }: Plan): PlannedLayer[] {
  return branches.map(({ layers }) => layers.at(-1)!);
}

/** The last layer of an operator's branch; undefined if the plan does not show the operator. */
export function layerOf({ branches }: Plan, operator: OperatorName): PlannedLayer | undefined {
  return branches.find(branch => branch.operator === operator)?.layers.at(-1);
}

/**
 * The geometry of an operator's windows.
 * @throws {Error} if the plan does not show the operator
 */
export function axesOf(plan: Plan, operator: OperatorName): Axes {
  const layer = layerOf(plan, operator);
  if (!layer) throw new Error(`${operator} is not shown`);
  return layer.axes;
}

/** Whose pixels a pane shows: the input's, or those of an operator's output. */
export function baseOf(pane: PaneKind, against: { readonly kind: OperatorName } | null | undefined): Spot['pane'] {
  if (!isDerived(pane)) return pane;
  const { base } = derivedPanes[pane];
  return base === 'counterpart' ? (against?.kind ?? firstOperators[0]!) : base;
}

/** Where the pixels of the input or of an output lie over the input; of an output that the plan lacks, no pixels. */
export function extents(plan: Plan, base: Spot['pane']): readonly [vertical: Extent, horizontal: Extent] {
  if (base === 'input') return [inputExtent(plan.picture.height), inputExtent(plan.picture.width)];
  const layer = layerOf(plan, base);
  if (!layer) return [inputExtent(0), inputExtent(0)];
  const [vertical, horizontal] = layer.axes;
  return [outputExtent(vertical), outputExtent(horizontal)];
}

/** The part of the input that a pixel stands for, as the panes draw it. */
export function areaOf(plan: Plan, { pane, x, y }: Spot): Rectangle {
  const [vertical, horizontal] = extents(plan, pane);
  return {
    x: horizontal.origin + x * horizontal.step,
    y: vertical.origin + y * vertical.step,
    width: horizontal.step,
    height: vertical.step,
  };
}

/** Whether a plan contains a pixel: a pinned one can be outside after the knobs or the file have changed. */
export function isOn(plan: Plan, { pane, x, y }: Spot): boolean {
  const [vertical, horizontal] = extents(plan, pane);
  return x < horizontal.count && y < vertical.count;
}
