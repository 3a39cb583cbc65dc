/** What the scripts of a whole stack have in common, computed once per request. */
import { paddingOf } from '../core/axis';
import { type ConvLayer, isPooling } from '../core/layer';
import type { Padding } from '../core/options';
import { planStages, type Stage } from '../core/stack';
import type { Shape } from '../core/tensor';
import { type FileJob, largestSample, type Pooling, planFile, poolingOf } from './job';
import type { StackRequest } from './request';

/** One convolution. Its weights are unknown: a script can only have random ones. */
export interface Conv {
  readonly layer: ConvLayer;
  readonly input: Shape;
  readonly output: Shape;
  /** The padding, as numbers also for `'same'`. */
  readonly around: Padding;
}

/** A layer of the stack: exactly one of `pooling` and `conv` is there. */
export type Step =
  | { readonly output: Shape; readonly pooling: Pooling; readonly conv?: undefined }
  | { readonly output: Shape; readonly pooling?: undefined; readonly conv: Conv };

/** A request, and the numbers that follow from it. */
export interface StackJob extends FileJob {
  readonly steps: readonly Step[];
  /** Behind the last layer, the tensor's own shape if there is none. */
  readonly output: Shape;
  /** Whether all layers are poolings, so that the last picture is known. */
  readonly pooled: boolean;
}

/**
 * @throws {StackError} for layers that their framework refuses
 * @throws {InexpressibleError} for an output without pixels
 */
export function planStackJob(request: StackRequest): StackJob {
  const { shape } = request;
  const file: FileJob = { ...planFile(request), ...(shape && { shape, isBlank: true }) };
  const stages = planStages(file.shape, request.layers);
  const steps: Step[] = [];
  let isWhole = true;
  let input = file.shape;
  for (const stage of stages) {
    const step = stepOf(stage, input, largestSample(request), isWhole);
    steps.push(step);
    input = step.output;
    // Only selected values are surely whole.
    isWhole &&= step.pooling !== undefined && step.pooling.largestSum === undefined;
  }
  return { ...file, steps, output: input, pooled: steps.every(({ pooling }) => pooling) };
}

function stepOf({ layer, axes, row, pooling }: Stage, input: Shape, largest: number, isWhole: boolean): Step {
  const output = row.shape;
  if (pooling) return { output, pooling: poolingOf(pooling, largest, isWhole) };
  if (isPooling(layer)) throw new TypeError(`${layer.operator} is a pooling without a plan`);
  return { output, conv: { layer, input, output, around: paddingOf(axes) } };
}
