/** Output size formulas with the numbers filled in, and what this pooling keeps, discards and costs. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { type Axes, type Axis, tapsOf } from '../core/axis';
import { type PoolFacts, poolFacts, sizeFormula } from '../core/shape';
import { perPooling } from './perPooling';
import { lastLayers, type Plan } from './plan';
import { ruleOf } from './windowRule';
import { columnsText, percentText, rowsText } from './words';

/** A formula of one axis; `of` names the poolings it belongs to if they differ. */
interface Formula {
  readonly axis: 'H' | 'W';
  readonly of?: string;
  readonly text: string;
  /** Which pixels its windows cover, if that does not follow from kernel and stride. */
  readonly rule?: string | undefined;
}

/** The size formulas: one per axis, or one per axis and pooling where they differ, as with PyTorch's dilation. */
export function formulasOf(plan: Plan): Formula[] {
  return ([0, 1] as const).flatMap(side =>
    perPooling(lastLayers(plan), layer => sizeFormula(layer, side)).map(({ layers, ...found }) => ({
      axis: side === 0 ? ('H' as const) : ('W' as const),
      ...found,
      rule: ruleOf(layers[0], side),
    })),
  );
}

/** The facts as short sentences; where poolings differ, each says which one it is about. */
export function factsOf(plan: Plan): string[] {
  const layers = lastLayers(plan);
  const known = new Map(layers.map(layer => [layer, poolFacts(plan.shape, layer.axes)]));
  return sentences
    .flatMap(sentence => perPooling(layers, layer => sentence(known.get(layer)!, layer.axes)))
    .map(({ of, text }) => (of ? `${of}: ${text}` : text));
}

/** What is said about a pooling, in order; an empty text where there is nothing to say. */
const sentences: readonly ((facts: PoolFacts, axes: Axes) => string)[] = [
  ({ keptShare }) =>
    keptShare <= 1
      ? l10n.t('keeps {0} of the values', percentText(keptShare))
      : l10n.t('gives {0} of the values', percentText(keptShare)),
  ({ channelsOut }) =>
    channelsOut === 1 ? l10n.t('1 channel, unchanged') : l10n.t('{0} channels, unchanged', channelsOut),
  ({ parameters }) => l10n.t('{0} parameters', parameters),
  ({ discardedRows, discardedColumns }) => unusedText(discardedRows, discardedColumns),
  ({ overlapping }) => (overlapping ? l10n.t('windows overlap') : l10n.t('windows do not overlap')),
  (_, axes) => unevenText(axes),
];

function unevenText([vertical, horizontal]: Axes): string {
  const heights = lengthsOf(vertical);
  const widths = lengthsOf(horizontal);
  const texts = [
    ...(heights ? [l10n.t('{0} or {1} high', ...heights)] : []),
    ...(widths ? [l10n.t('{0} or {1} wide', ...widths)] : []),
  ];
  return texts.length === 0 ? '' : l10n.t('windows are uneven: {0}', texts.join(', '));
}

/** The two lengths of an axis' windows; undefined if all have one. */
function lengthsOf(axis: Axis): readonly [shorter: number, longer: number] | undefined {
  if (!axis.uneven) return undefined;
  const lengths = new Set(Array.from({ length: axis.output }, (_, i) => tapsOf(axis, i)));
  return lengths.size === 1 ? undefined : [Math.min(...lengths), Math.max(...lengths)];
}

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
            ({ axis, of, text, rule }) =>
              html`<span class="formula" data-axis=${axis}><span class="axis">${axis}${of ? ` ${of}` : nothing}</span><code data-formula=${axis}>${text}</code>${rule === undefined ? nothing : html`<span class="rule">${rule}</span>`}</span>`,
          )}
      </span>`,
    )}
    <ul>
      ${factsOf(plan).map(text => html`<li>${text}</li>`)}
    </ul>
  </div>`;
}
