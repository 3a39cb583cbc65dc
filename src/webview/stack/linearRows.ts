/** The end of the table: what flattening makes of the last output, and the linear layer that reads it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Framework } from '../../core/options';
import { shapeBehind } from '../../core/stack';
import { icon } from '../icon';
import { typedNumber } from '../typedNumber';
import { countText } from '../words';
import { presetStack } from './editStack';
import type { LayerTableProps } from './layerTable';
import type { StackChoices } from './stackChoices';
import { featuresOf, type StackPlan } from './stackPlan';
import { ownLayers, stackPresets } from './stackPresets';

interface LinearNames {
  readonly flatten: string;
  /** What the framework calls the number of outputs. */
  readonly outName: string;
  /** The flattened tensor's shape. */
  readonly shape: (features: number) => string;
  /** The linear layer as code: `in` and `out` stand for its numbers of inputs and outputs, `again` for a second `out`. */
  readonly linear: readonly string[];
}

/** What the frameworks call the two. */
const names: Readonly<Record<Framework, LinearNames>> = {
  pytorch: {
    flatten: 'nn.Flatten()',
    outName: 'out_features',
    shape: features => `[1, ${features}]`,
    linear: ['nn.Linear(in_features=', 'in', ', out_features=', 'out', ')'],
  },
  keras: {
    flatten: 'layers.Flatten()',
    outName: 'units',
    shape: features => `(1, ${features})`,
    // Keras finds the number of inputs by itself, when it makes the weights.
    linear: ['layers.Dense(', 'out', ')  # kernel: (', 'in', ', ', 'again', ')'],
  },
  onnx: {
    flatten: 'Flatten()',
    outName: 'N',
    shape: features => `[1, ${features}]`,
    linear: ['Gemm(B=[', 'in', ', ', 'out', '])'],
  },
};

/** What the number is not: that of the whole network, or that of its receptive fields. */
function presetNote(
  choices: StackChoices,
  { framework }: StackPlan,
  onStack: LayerTableProps['onStack'],
): TemplateResult | typeof nothing {
  const { preset } = choices;
  if (!preset) return nothing;
  const { network } = stackPresets[preset.name];
  if (preset.part === 'poolings') {
    const whole = () => onStack(presetStack(choices, { ...preset, part: 'network' }, framework));
    return html`${l10n.t('Only the poolings: channels stay.')}
      <button type="button" class="link" @click=${whole}>${l10n.t('{0} with its convolutions', network)}</button>`;
  }
  if (ownLayers(preset) === Number.POSITIVE_INFINITY) return nothing;
  return html`${l10n.t('One convolution stands for each group: only the shapes are those of {0}.', network)}`;
}

/** @param columns of the table */
export function linearRows({ choices, plan, onStack, onCopy }: LayerTableProps, columns: number): TemplateResult {
  const { flatten, linear, shape, outName } = names[plan.framework];
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
    required
    min="1"
    step="1"
    name="outFeatures"
    aria-label=${l10n.t('{0} of the linear layer', outName)}
    ${typedNumber(outFeatures)}
    @input=${onOut}
  />`;
  const number = html`<b data-value="inFeatures">${isKnown ? features : '–'}</b>`;
  const last = shapeBehind(plan.shape, plan.stages);
  const total = plan.stages.reduce((sum, { row }) => sum + row.parameters, 0);
  const isOwn = choices.layers.length <= ownLayers(choices.preset);
  return html`<tfoot>
    <tr data-layer="flatten">
      <td></td>
      <td colspan=${columns - 3}>
        <code>${flatten}</code>
        ${isKnown ? html`<code class="quiet">${last.slice(1).join(' · ')} =</code> <code>${shape(features)}</code>` : nothing}
        <span class="quiet">${presetNote(choices, plan, onStack)}</span>
      </td>
      <td class="number"><code class="quiet" title=${l10n.t('Parameters of all layers')}>${isKnown && isOwn ? `Σ ${countText(total)}` : nothing}</code></td>
      <td></td>
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
