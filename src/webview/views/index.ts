/** The table of views. To add a view, add a file to this folder and a row here. */
import { layers } from './layers';
import { pool } from './pool';
import type { View } from './view';

export const views: readonly [View, ...View[]] = [pool, layers];

/** The view of that name; the first one for a name that there is no longer. */
export function viewOf(name: string): View {
  return views.find(view => view.name === name) ?? views[0];
}
