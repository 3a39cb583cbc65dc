import { layersBefore, type StackPane } from '../../core/panes';
import { reachOfField } from '../../core/receptiveField';
import type { Overlay } from '../overlay';
import type { StackPlan } from './stackPlan';
import type { Traced } from './tracing';

/**
 * Marks what the pixel pointed at sees on one picture: on its own the pixel, before that its window, and on the input
 * its receptive field, with what padding and ceil_mode add beyond the border.
 *
 * @param channel the channel whose origin is marked
 */
export function drawTrace(
  overlay: Overlay,
  pane: StackPane,
  { place, fields, trace }: Traced,
  { stages }: StackPlan,
  channel: number,
): void {
  const level = layersBefore(pane);
  const field = fields[level];
  if (!field) return;
  const last = layersBefore(place.pane);
  const reach = reachOfField(
    stages.slice(level, last).map(({ axes }) => axes),
    place,
  );
  const isClipped = reach && (reach.width > field.width || reach.height > field.height);
  if (isClipped) overlay.reach(reach);
  // A window can miss the picture, by dilation.
  if (field.width > 0) overlay.area(field);
  const origin = level < last ? trace?.origins?.[channel]?.[level] : undefined;
  if (origin) overlay.origin(origin, field);
}
