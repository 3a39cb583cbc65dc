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
  for (const layer of layers) stages.push(nextStage(shape, stages, layer));
  return stages;
}

/**
 * One more layer on a stack.
 *
 * @param shape the input's
 * @param before the layers so far
 * @throws {StackError} if it is illegal, with the framework's message
 */
export function nextStage(shape: Shape, before: readonly Stage[], layer: Layer): Stage {
  try {
    return stageOn(shape, before, layer);
  } catch (error) {
    throw error instanceof PoolError ? new StackError(error, before.length, before) : error;
  }
}

/** The shape behind the last of some stages; the input's if there is none. */
export function shapeBehind(shape: Shape, stages: readonly Stage[]): Shape {
  return stages.at(-1)?.row.shape ?? shape;
}

function stageOn(shape: Shape, before: readonly Stage[], layer: Layer): Stage {
  const { axes, output, parameters, pooling } = planned(layer, shapeBehind(shape, before));
  const field = receptiveFieldOf([...before.map(stage => stage.axes), axes]);
  return { layer, axes, row: { shape: output, ...field, parameters }, ...(pooling && { pooling }) };
}

function planned(layer: Layer, input: Shape) {
  if (!isPooling(layer)) return { ...planConv(layer, input), pooling: undefined };
  const pooling = planLayer(layer.operator, input, optionsOf(layer));
  return { axes: pooling.axes, output: pooling.output, parameters: 0, pooling };
}

/** Layers in a stack, at most. */
export const mostLayers = 32;

/** Bytes of all outputs of a stack together: more are not computed. */
const mostBytes = 2 ** 30;

/**
 * How many of the stages have a picture: poolings up to the first convolution, whose weights are unknown, up to an empty
 * output, and as far as there is memory.
 */
export function computableStages(stages: readonly Stage[]): number {
  let bytes = 0;
  const end = stages.findIndex(({ pooling }) => {
    if (!pooling) return true;
    const [, channels, height, width] = pooling.output;
    // Each value takes a float32, and a byte for the screen.
    bytes += channels * height * width * 5;
    return height * width === 0 || bytes > mostBytes;
  });
  return end < 0 ? stages.length : end;
}
