import type { PlannedLayer } from '../core/plan';
import { paneTitle } from './captions';

/** A text about poolings; `of` has their titles if there are others with another text. */
export interface PoolingText {
  readonly of?: string;
  readonly text: string;
  /** The layers that it is about. */
  readonly layers: readonly [PlannedLayer, ...PlannedLayer[]];
}

/** A text that all layers share once; else each text with the titles of its poolings. Empty texts are left out. */
export function perPooling(
  layers: readonly PlannedLayer[],
  textOf: (layer: PlannedLayer) => string,
): readonly PoolingText[] {
  const groups = new Map<string, [PlannedLayer, ...PlannedLayer[]]>();
  for (const layer of layers) {
    const text = textOf(layer);
    const group = groups.get(text);
    if (group) group.push(layer);
    else if (text !== '') groups.set(text, [layer]);
  }
  return Array.from(groups, ([text, owners]) => {
    if (owners.length === layers.length) return { text, layers: owners };
    return { of: owners.map(({ operator }) => paneTitle(operator)).join(', '), text, layers: owners };
  });
}
