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
  readonly linear: string;
  /** The flattened tensor's shape. */
  readonly shape: (features: number) => string;
  readonly code: (inFeatures: number, outFeatures: number) => string;
}

/** What the frameworks call the two. */
const names: Readonly<Record<Framework, LinearNames>> = {
  pytorch: {
    flatten: 'nn.Flatten()',
    linear: 'nn.Linear',
    shape: features => `[1, ${features}]`,
    code: (inFeatures, outFeatures) => `nn.Linear(in_features=${inFeatures}, out_features=${outFeatures})`,
  },
  keras: {
    flatten: 'Flatten()',
    linear: 'Dense',
    shape: features => `(1, ${features})`,
    // Keras finds the number of inputs by itself, when it makes the weights.
    code: (inFeatures, outFeatures) => `layers.Dense(${outFeatures})  # kernel: (${inFeatures}, ${outFeatures})`,
  },
  onnx: {
    flatten: 'Flatten()',
    linear: 'Gemm',
    shape: features => `[1, ${features}]`,
    code: (inFeatures, outFeatures) => `Gemm(B=[${inFeatures}, ${outFeatures}])`,
  },
};

/** The code with the number that it is looked up for in bold. */
function emphasized(text: string, features: number): TemplateResult {
  const [before = '', ...after] = text.split(String(features));
  return html`${before}<b data-value="inFeatures">${features}</b>${after.join(String(features))}`;
}

export function linearRows({ choices, plan, onStack, onCopy }: LayerTableProps): TemplateResult {
  const { flatten, linear, shape, code } = names[plan.framework];
  const isKnown = plan.refusal === undefined;
  const features = featuresOf(plan);
  const { outFeatures } = choices;
  const text = code(features, outFeatures);
  const parameters = (features + 1) * outFeatures;
  const onOut = (event: Event) => {
    const value = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isSafeInteger(value) && value > 0) onStack({ ...choices, outFeatures: value });
  };
  return html`<tfoot>
    <tr data-layer="flatten">
      <td></td>
      <td colspan="5"><code>${flatten}</code></td>
      <td colspan="7">${isKnown ? html`<code>${shape(features)}</code>` : '–'}</td>
    </tr>
    <tr data-layer="linear">
      <td></td>
      <td colspan="5"><code>${linear}</code> <label class="named"><span>out_features</span><input
        type="number"
        min="1"
        step="1"
        name="outFeatures"
        aria-label=${l10n.t('{0} of the linear layer', 'out_features')}
        ${typedNumber(outFeatures)}
        @input=${onOut}
      /></label></td>
      ${
        isKnown
          ? html`<td colspan="5"><code>${emphasized(text, features)}</code> <button type="button" class="icon" title=${l10n.t('Copy {0}', text)} aria-label=${l10n.t('Copy {0}', text)} @click=${() => onCopy(text)}>${icon('copy')}</button></td>
              <td><code>${countText(parameters)}</code></td>`
          : html`<td colspan="6">–</td>`
      }
      <td>${nothing}</td>
    </tr>
  </tfoot>`;
}
