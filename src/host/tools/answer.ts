/** What the answers of several tools consist of. */
import { frameworks } from '../../core/frameworks';
import { operatorOf } from '../../core/operators';
import type { Framework } from '../../core/options';
import type { PlannedLayer } from '../../core/plan';
import type { Shape } from '../../core/tensor';
import type { InputShape } from './input';

/** The shape of a layer's output for the whole batch; also in the framework's own order if that is another one. */
export function outputShapes([, channels, height, width]: Shape, { batch }: InputShape, framework: Framework) {
  return {
    output_shape: [batch, channels, height, width],
    ...(frameworks[framework].layout === 'NHWC' && { output_shape_nhwc: [batch, height, width, channels] }),
  };
}

/** A pooling as the framework's call. */
export function callOf({ operator, options, axes }: PlannedLayer, framework: Framework): string {
  return frameworks[framework].callText(operatorOf(operator), options, axes);
}
