import type { PlannedLayer } from '../plan';
import type { Arena } from './arena';
import type { AxisSlice, Range, Source } from './axisSlice';

/** A pooling, or a part of it, for the kernels. */
export interface FastJob {
  readonly layer: PlannedLayer;
  /** The output's rows and columns that are wanted. */
  readonly rows: Range;
  readonly columns: Range;
  /** What their windows look at. */
  readonly vertical: AxisSlice;
  readonly horizontal: AxisSlice;
}

/** Pools from `source` to address `to`: rows of pixels with nothing between them. */
export type PoolTo = (arena: Arena, source: Source, job: FastJob, to: number) => void;

/** What the kernels can do of an operator, for 8-bit samples of one to four channels. */
export interface FastPooling {
  supports(layer: PlannedLayer): boolean;
  /** The bytes that a picture shows: values clipped to 0..255 and truncated. */
  readonly bytes: PoolTo;
  /** The exact values in float32; absent where the bytes are exact. */
  readonly floats?: PoolTo;
}
