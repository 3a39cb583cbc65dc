/** The table of views. To add a view, add a file to this folder and a row here. */
import { layers } from './layers';
import { noise } from './noise';
import { pool } from './pool';
import { shift } from './shift';
import type { View } from './view';

export const views: readonly [View, ...View[]] = [pool, layers, noise, shift];

/** The view of that name; the first one for a name that there is no longer. */
export function viewOf(name: string): View {
  return views.find(view => view.name === name) ?? views[0];
}
