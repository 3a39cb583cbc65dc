/** Layers one after the other, as in a network: the shape and the receptive field behind each. */
import type { Axes } from './axis';
import { planConv } from './conv';
import { isPooling, type Layer, optionsOf } from './layer';
import { PoolError } from './options';
import { type PlannedLayer, planLayer } from './plan';
import { type ReceptiveField, receptiveFieldOf } from './receptiveField';
import type { Shape } from './tensor';

/** What is known behind a layer without any pixels. */
export interface StackRow extends ReceptiveField {
  /** Of the layer's output. */
  readonly shape: Shape;
  /** Learned numbers of the layer: 0 for a pooling. */
  readonly parameters: number;
}

/** A layer of a stack, and what is known behind it. */
export interface Stage {
  readonly layer: Layer;
  readonly axes: Axes;
  readonly row: StackRow;
  /** The pooling; absent for a convolution. */
  readonly pooling?: PlannedLayer;
}

/** A layer of a stack is illegal. The message is the framework's own. */
export class StackError extends PoolError {
  /**
   * @param layer the illegal layer's place in the stack, from 0
   * @param stages those before it
   */
  constructor(
    { message, about }: PoolError,
    readonly layer: number,
    readonly stages: readonly Stage[],
  ) {
    super(message, about);
  }

  /** What is known behind the layers before the illegal one. */
  get rows(): readonly StackRow[] {
    return this.stages.map(({ row }) => row);
  }
}

/**
 * The shape, the receptive field and the parameters behind each layer.
 *
 * @param shape the input's `[1, C, H, W]`
 * @throws {StackError} for an illegal layer, with the framework's message
 */
export function planStack(shape: Shape, layers: readonly Layer[]): StackRow[] {
  return planStages(shape, layers).map(({ row }) => row);
}

/**
 * {@link planStack}, with the windows of each layer.
 * @throws {StackError} for an illegal layer, with the framework's message
 */
export function planStages(shape: Shape, layers: readonly Layer[]): Stage[] {
  const stages: Stage[] = [];
  for (const [i, layer] of layers.entries()) {
    try {
      stages.push(nextStage(shape, stages, layer));
    } catch (error) {
      throw error instanceof PoolError ? new StackError(error, i, stages) : error;
    }
  }
  return stages;
}

function nextStage(shape: Shape, before: readonly Stage[], layer: Layer): Stage {
  const input = before.at(-1)?.row.shape ?? shape;
  const { axes, output, parameters, pooling } = planned(layer, input);
  const field = receptiveFieldOf([...before.map(stage => stage.axes), axes]);
  return { layer, axes, row: { shape: output, ...field, parameters }, ...(pooling && { pooling }) };
}

function planned(layer: Layer, input: Shape) {
  if (!isPooling(layer)) return { ...planConv(layer, input), pooling: undefined };
  const pooling = planLayer(layer.operator, input, optionsOf(layer));
  return { axes: pooling.axes, output: pooling.output, parameters: 0, pooling };
}
