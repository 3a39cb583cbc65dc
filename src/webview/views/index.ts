/** The table of views. One more is a file here and a row. */
import { pool } from './pool';
import type { View } from './view';

export const views = { pool } satisfies Record<string, View>;
