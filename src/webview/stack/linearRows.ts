/** The end of the table: what flattening makes of the last output, and the linear layer that reads it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Framework } from '../../core/options';
import { icon } from '../icon';
import { typedNumber } from '../typedNumber';
import { countText } from '../words';
import type { LayerTableProps } from './layerTable';
import { featuresOf } from './stackPlan';

interface LinearNames {
  readonly flatten: string;
  /** The flattened tensor's shape. */
  readonly shape: (features: number) => string;
  /** The linear layer as code: `in` and `out` stand for its numbers of inputs and outputs, `again` for a second `out`. */
  readonly linear: readonly string[];
}

/** What the frameworks call the two. */
const names: Readonly<Record<Framework, LinearNames>> = {
  pytorch: {
    flatten: 'nn.Flatten()',
    shape: features => `[1, ${features}]`,
    linear: ['nn.Linear(in_features=', 'in', ', out_features=', 'out', ')'],
  },
  keras: {
    flatten: 'layers.Flatten()',
    shape: features => `(1, ${features})`,
    // Keras finds the number of inputs by itself, when it makes the weights.
    linear: ['layers.Dense(', 'out', ')  # kernel: (', 'in', ', ', 'again', ')'],
  },
  onnx: {
    flatten: 'Flatten()',
    shape: features => `[1, ${features}]`,
    linear: ['Gemm(B=[', 'in', ', ', 'out', '])'],
  },
};

/** @param columns of the table */
export function linearRows({ choices, plan, onStack, onCopy }: LayerTableProps, columns: number): TemplateResult {
  const { flatten, linear, shape } = names[plan.framework];
  const { outFeatures } = choices;
  const isKnown = plan.refusal === undefined;
  const features = featuresOf(plan);
  const text = linear.map(piece => ({ in: features, out: outFeatures, again: outFeatures })[piece] ?? piece).join('');
  const onOut = (event: Event) => {
    const value = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isSafeInteger(value) && value > 0) onStack({ ...choices, outFeatures: value });
  };
  const field = html`<input
    type="number"
    min="1"
    step="1"
    name="outFeatures"
    aria-label=${l10n.t('{0} of the linear layer', 'out_features')}
    ${typedNumber(outFeatures)}
    @input=${onOut}
  />`;
  const number = html`<b data-value="inFeatures">${isKnown ? features : '–'}</b>`;
  return html`<tfoot>
    <tr data-layer="flatten">
      <td></td>
      <td colspan=${columns - 1}><code>${flatten}</code>${isKnown ? html` <span class="quiet">→</span> <code>${shape(features)}</code>` : nothing}</td>
    </tr>
    <tr data-layer="linear">
      <td></td>
      <td colspan=${columns - 3}>
        <code>${linear.map(piece => ({ in: number, out: field, again: outFeatures })[piece] ?? piece)}</code>
        ${
          isKnown
            ? html`<button type="button" class="icon" title=${l10n.t('Copy {0}', text)} aria-label=${l10n.t('Copy {0}', text)} @click=${() => onCopy(text)}>${icon('copy')}</button>`
            : nothing
        }
      </td>
      <td class="number"><code>${isKnown ? countText((features + 1) * outFeatures) : nothing}</code></td>
      <td></td>
    </tr>
  </tfoot>`;
}
