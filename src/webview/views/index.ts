/** The table of views. To add a view, add a file to this folder and a row here. */
import { pool } from './pool';
import type { View } from './view';

export const views = { pool } satisfies Record<string, View>;
