import { trimmed } from '../axis';
import type { PlannedLayer } from '../plan';
import type { Arena } from './arena';
import { type AxisSlice, type Range, type Source, sliceOf } from './axisSlice';

/** A pooling, or a part of one, for the kernels. */
export interface FastJob {
  readonly layer: PlannedLayer;
  /** The output's rows and columns that are requested. */
  readonly rows: Range;
  readonly columns: Range;
  /** What their windows cover. */
  readonly vertical: AxisSlice;
  readonly horizontal: AxisSlice;
}

/** The part of a layer's output that lies in these rows and columns. */
export function jobOf(layer: PlannedLayer, rows: Range, columns: Range): FastJob {
  const [vertical, horizontal] = layer.axes;
  return {
    layer,
    rows,
    columns,
    vertical: sliceOf(trimmed(vertical), rows),
    horizontal: sliceOf(trimmed(horizontal), columns),
  };
}

/** Pools from `source` to address `to`: rows of pixels without gaps. */
export type PoolTo = (arena: Arena, source: Source, job: FastJob, to: number) => void;

/** What the kernels can do for an operator, on 8-bit samples of one to four channels. */
export interface FastPooling {
  supports(layer: PlannedLayer): boolean;
  /** The bytes of a picture: values clipped to 0..255 and truncated. */
  readonly bytes: PoolTo;
  /** The exact values in float32; absent if the bytes are exact. */
  readonly floats?: PoolTo;
  /** Whether rows are requested once from top to bottom, at most four of them at a time, so that they can be streamed. */
  readonly streams?: boolean;
}
