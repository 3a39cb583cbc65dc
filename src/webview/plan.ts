/** What is shown of a picture: everything that follows from the choices and the picture's size, without its pixels. */
import type { Axes } from '../core/axis';
import { compareFrameworks, type Difference } from '../core/compare';
import { frameworks } from '../core/frameworks';
import type { Knobs } from '../core/knobs';
import { firstOperators, type OperatorName } from '../core/operators';
import { type Framework, PoolError, type PoolOptions } from '../core/options';
import {
  type AlteredPane,
  alteredBase,
  type BasePane,
  type DerivedKind,
  derivedPanes,
  isBefore,
  isChange,
  isDerived,
  isStage,
  layersBefore,
  type PaneKind,
  type Place,
} from '../core/panes';
import { type PlannedLayer, planLayer } from '../core/plan';
import type { Point, Rectangle } from '../core/region';
import type { Shape } from '../core/tensor';
import { type InputView, possibleView, shapeOf } from '../core/view';
import { type Extent, inputExtent, outputExtent, type Size } from '../core/viewport';
import type { Alteration } from '../lab/alteration';
import { moveOf } from '../lab/shiftChange';
import type { PictureInfo, Pooling } from '../protocol';
import { defaultKnobs } from './knobs';
import type { SavedState } from './savedState';
import { computedLayers, planStackOf, type StackPlan } from './stack/stackPlan';
import { rulesOf } from './viewRules';

/** Layers applied one after the other; the output of the last one is shown. */
export interface Branch {
  readonly operator: OperatorName;
  readonly layers: readonly [PlannedLayer, ...PlannedLayer[]];
}

/** A setting of an operator for which another framework gives a different result. */
export interface FoundDifference extends Difference {
  readonly kind: OperatorName;
}

/** A pooling that is not shown, and the words of its refusal. */
export interface LeftOut {
  readonly operator: OperatorName;
  readonly why: string;
}

/** What the panes show, and how it is computed. */
export interface Plan {
  /** Colour mode and orientation. */
  readonly view: InputView;
  readonly picture: Size;
  /** Shape of the input tensor, `[1, C, H, W]`. */
  readonly shape: Shape;
  readonly framework: Framework;
  /** What is done to the picture before it is pooled. */
  readonly alteration?: Alteration;
  readonly options: PoolOptions;
  /** One branch per operator, shown side by side; empty if there are no legal options yet, or none is chosen. */
  readonly branches: readonly Branch[];
  readonly differences: readonly FoundDifference[];
  /** The poolings that are refused beside others that are not. */
  readonly leftOut?: readonly LeftOut[];
  /** Layers one after the other, shown in place of branches. */
  readonly stack?: StackPlan;
}

/** The choices that a plan follows from, besides the knobs and the picture. */
export type PlanChoices = Pick<SavedState, 'mode' | 'orient' | 'operators' | 'tab' | 'noise' | 'shift'>;

/** @throws {PoolError} with the framework's message if the options are illegal for this picture */
export function makePlan(choices: PlanChoices, knobs: Knobs, info: PictureInfo): Plan {
  const plan = planInput(choices, info, knobs);
  const { shape, options, framework } = plan;
  const rules = rulesOf(choices);
  const alteration = rules.alteration?.(choices);
  const operators = rules.operators(choices, framework);
  const branchOf = (operator: OperatorName): Branch => ({ operator, layers: [planLayer(operator, shape, options)] });
  if (alteration) return { ...plan, alteration, ...legalBranches(operators, branchOf) };
  const branches = operators.map(branchOf);
  // PyTorch with 'same' is pooled by Keras' rule. The difference to plain PyTorch is left out: the user has chosen it.
  const differences = operators.flatMap(kind =>
    compareFrameworks(kind, shape, options)
      .filter(difference => difference.framework !== framework)
      .map(difference => ({ ...difference, kind })),
  );
  return { ...plan, branches, differences };
}

/**
 * The branches of poolings that are compared with max pooling: one that is refused is left out, and the others are shown.
 * @throws {PoolError} if max pooling is refused, or average pooling
 */
function legalBranches(
  operators: readonly OperatorName[],
  branchOf: (operator: OperatorName) => Branch,
): Pick<Plan, 'branches' | 'leftOut'> {
  const branches: Branch[] = [];
  const leftOut: LeftOut[] = [];
  for (const operator of operators) {
    try {
      branches.push(branchOf(operator));
    } catch (error) {
      if (!(error instanceof PoolError) || firstOperators.includes(operator)) throw error;
      leftOut.push({ operator, why: error.message });
    }
  }
  return { branches, ...(leftOut.length > 0 && { leftOut }) };
}

/**
 * The plan of a stack of layers. An illegal layer does not stop it: the plan says which one it is.
 * @param missing the message for a layer that lacks a number
 */
export function makeStackedPlan(saved: SavedState, info: PictureInfo, missing: () => string): Plan {
  const { framework } = saved.knobs;
  const plan = planInput(saved, info, { ...defaultKnobs, framework });
  const { layers, size } = saved.stack;
  const shape: Shape = size ? [1, ...size] : plan.shape;
  return { ...plan, stack: planStackOf(layers, framework, shape, size === null, missing) };
}

/** The plan without pooling: only the picture in its view. */
export function planInput(
  choices: Pick<SavedState, 'mode' | 'orient'>,
  info: PictureInfo,
  knobs: Knobs = defaultKnobs,
): Plan {
  const view = possibleView(choices, info);
  const shape = shapeOf(info, view);
  const [, , height, width] = shape;
  const { framework } = knobs;
  const options = frameworks[framework].optionsOf(knobs, shape);
  return { view, picture: { width, height }, shape, framework, options, branches: [], differences: [] };
}

/** What a plan pools, as requests say it. */
export function pooledIn({ view, alteration, options }: Plan): Pooling {
  return { view, ...(alteration && { alteration }), options };
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
export function baseOf<P extends PaneKind>(
  pane: P,
  against: { readonly kind: OperatorName } | null | undefined,
): Exclude<P, DerivedKind | AlteredPane> | OperatorName | 'input' {
  if (isBefore(pane) || isChange(pane)) return alteredBase(pane);
  if (!isDerived(pane)) return pane as Exclude<P, DerivedKind | AlteredPane>;
  const { base } = derivedPanes[pane as DerivedKind];
  return base === 'counterpart' ? (against?.kind ?? firstOperators[0]!) : base;
}

/** Where the pixels of the input or of an output lie over the input; of an output that the plan lacks, no pixels. */
export function extents(plan: Plan, base: BasePane): readonly [vertical: Extent, horizontal: Extent] {
  if (base === 'input') return [inputExtent(plan.picture.height), inputExtent(plan.picture.width)];
  if (isStage(base)) return stageExtents(plan, layersBefore(base));
  const layer = layerOf(plan, base);
  if (!layer) return [inputExtent(0), inputExtent(0)];
  const [vertical, horizontal] = layer.axes;
  return [outputExtent(vertical), outputExtent(horizontal)];
}

/** What a pane's picture follows from, besides the input's view. */
export function madeOf(pane: PaneKind, { options, stack, alteration }: Plan): readonly unknown[] {
  if (pane === 'before.input') return [];
  if (isBefore(pane)) return [options];
  if (pane === 'input') return alteration ? [alteration] : [];
  if (isStage(pane)) return stack ? computedLayers(stack).slice(0, layersBefore(pane)) : [];
  return alteration ? [options, alteration] : [options];
}

/** How many pixels further down and right a pane's picture is than those of the others. */
export function lagOf(pane: PaneKind, { alteration, branches }: Plan): Point {
  const layer = branches[0]?.layers[0];
  if (!isBefore(pane) || alteration?.kind !== 'shift' || !layer) return { x: 0, y: 0 };
  return moveOf(layer.axes, alteration);
}

function stageExtents({ stack }: Plan, layers: number): readonly [vertical: Extent, horizontal: Extent] {
  const stages = stack && layers <= stack.computed ? stack.stages.slice(0, layers) : [];
  if (stages.length < layers) return [inputExtent(0), inputExtent(0)];
  const along = (side: 0 | 1) => stages.map(({ axes }) => outputExtent(axes[side])).reduce(within);
  return [along(0), along(1)];
}

/** The extent over the input of an output whose own input has an extent. */
function within(below: Extent, { origin, step, count }: Extent): Extent {
  return { origin: below.origin + origin * below.step, step: below.step * step, count };
}

/** The part of the input that a pixel stands for, as the panes draw it. */
export function areaOf(plan: Plan, { pane, x, y }: Place): Rectangle {
  const [vertical, horizontal] = extents(plan, pane);
  return {
    x: horizontal.origin + x * horizontal.step,
    y: vertical.origin + y * vertical.step,
    width: horizontal.step,
    height: vertical.step,
  };
}

/** Whether a plan contains a pixel: a pinned one can be outside after the knobs or the file have changed. */
export function isOn(plan: Plan, { pane, x, y }: Place): boolean {
  const [vertical, horizontal] = extents(plan, pane);
  return x < horizontal.count && y < vertical.count;
}
