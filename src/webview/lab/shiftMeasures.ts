import { mostShift } from '../../lab/shift';
import { operatorsOf, type Plan, pooledIn } from '../plan';
import type { Measure } from './measuring';
import { type ShiftChoices, shiftOf } from './shiftChoices';

/** The distances of the chart, in pixels. */
export const distances: readonly number[] = Array.from({ length: mostShift + 1 }, (_, distance) => distance);

/** What a move changes: the present one, or one of the chart by another distance. */
export function shiftMeasure(plan: Plan, shift: ShiftChoices, isSample: boolean, distance?: number): Measure {
  const request = { ...pooledIn(plan), alteration: shiftOf(shift, distance), operators: operatorsOf(plan), isSample };
  return { call: 'shiftChanges', request };
}

/** All that the Shift view shows, the most urgent first. */
export function shiftMeasures(plan: Plan, shift: ShiftChoices): readonly Measure[] {
  return [shiftMeasure(plan, shift, false), ...distances.map(distance => shiftMeasure(plan, shift, true, distance))];
}
