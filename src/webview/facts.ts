/** Output size formulas with the numbers filled in, and what this pooling keeps, discards and costs. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { PlannedLayer } from '../core/plan';
import { type PoolFacts, poolFacts, sizeFormula } from '../core/shape';
import { paneTitle } from './captions';
import { lastLayers, type Plan } from './plan';
import { columnsText, percentText, rowsText } from './words';

/** A formula of one axis; `of` names the poolings it belongs to if they differ. */
interface Formula {
  readonly axis: 'H' | 'W';
  readonly of?: string;
  readonly text: string;
}

/** The size formulas: one per axis, or one per axis and pooling where they differ, as with PyTorch's dilation. */
export function formulasOf(plan: Plan): Formula[] {
  const layers = lastLayers(plan);
  return (['H', 'W'] as const).flatMap((axis, side) =>
    perPooling(layers, layer => sizeFormula(layer, side as 0 | 1)).map(found => ({ axis, ...found })),
  );
}

/** The facts as short sentences; where poolings differ, each says which one it is about. */
export function factsOf(plan: Plan): string[] {
  const layers = lastLayers(plan);
  const known = new Map(layers.map(layer => [layer, poolFacts(plan.shape, layer.axes)]));
  return sentences
    .flatMap(sentence => perPooling(layers, layer => sentence(known.get(layer)!)))
    .map(({ of, text }) => (of ? `${of}: ${text}` : text));
}

/** A text that all layers share once; else each text with the titles of its poolings. Empty texts are left out. */
function perPooling(layers: readonly PlannedLayer[], textOf: (layer: PlannedLayer) => string) {
  const texts = layers.map(textOf);
  return [...new Set(texts)]
    .filter(text => text !== '')
    .map(text => {
      const owners = layers.filter((_, i) => texts[i] === text);
      const of = owners.map(({ operator }) => paneTitle(operator)).join(', ');
      return owners.length === layers.length ? { text } : { of, text };
    });
}

/** What is said about a pooling, in order; an empty text where there is nothing to say. */
const sentences: readonly ((facts: PoolFacts) => string)[] = [
  ({ keptShare }) =>
    keptShare <= 1
      ? l10n.t('keeps {0} of the values', percentText(keptShare))
      : l10n.t('gives {0} of the values', percentText(keptShare)),
  ({ channelsOut }) =>
    channelsOut === 1 ? l10n.t('1 channel, unchanged') : l10n.t('{0} channels, unchanged', channelsOut),
  ({ parameters }) => l10n.t('{0} parameters', parameters),
  ({ discardedRows, discardedColumns }) => unusedText(discardedRows, discardedColumns),
  ({ overlapping }) => (overlapping ? l10n.t('windows overlap') : l10n.t('windows do not overlap')),
];

function unusedText(rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return '';
  if (columns === 0) return l10n.t('{0} unused', rowsText(rows));
  if (rows === 0) return l10n.t('{0} unused', columnsText(columns));
  return l10n.t('{0} and {1} unused', rowsText(rows), columnsText(columns));
}

export function facts(plan: Plan): TemplateResult {
  const formulas = formulasOf(plan);
  return html`<div class="facts" role="group" aria-label=${l10n.t('Output size and facts')}>
    ${(['H', 'W'] as const).map(
      side => html`<span class="formulas">
        ${formulas
          .filter(({ axis }) => axis === side)
          .map(
            ({ axis, of, text }) =>
              html`<span class="formula" data-axis=${axis}><span class="axis">${axis}${of ? ` ${of}` : nothing}</span><code data-formula=${axis}>${text}</code></span>`,
          )}
      </span>`,
    )}
    <ul>
      ${factsOf(plan).map(text => html`<li>${text}</li>`)}
    </ul>
  </div>`;
}
