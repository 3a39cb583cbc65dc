import type { OperatorName } from '../../core/operators';
import type { Shift } from '../../lab/shift';

/** What the user has chosen in the Shift view. */
export interface ShiftChoices {
  readonly dy: number;
  readonly dx: number;
  /** The direction that was chosen last: the chart is about it. */
  readonly along: Direction;
  /** Those whose pictures are shown; all are measured. */
  readonly operators: readonly OperatorName[];
}

/** The poolings that can be compared. */
export const movedOperators: readonly OperatorName[] = ['max', 'average', 'maxBlur'];

export const directions = ['dx', 'dy'] as const;
export type Direction = (typeof directions)[number];

export const initialShift: ShiftChoices = { dy: 0, dx: 1, along: 'dx', operators: ['max', 'maxBlur'] };

/** With another distance. The chart is about the direction that was chosen last, unless only the other one has a distance. */
export function movedTo(shift: ShiftChoices, direction: Direction, distance: number): ShiftChoices {
  const other = direction === 'dx' ? 'dy' : 'dx';
  const along = distance === 0 && shift[other] > 0 ? other : direction;
  return { ...shift, [direction]: distance, along };
}

/** The chosen move, or that by another distance along the chart. */
export function shiftOf({ dy, dx, along }: ShiftChoices, distance?: number): Shift {
  return { kind: 'shift', dy, dx, ...(distance !== undefined && { [along]: distance }) };
}
