/** The settings of a layer that are rarely changed: shown on request, in a row of their own. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';
import { frameworks } from '../../core/frameworks';
import { equalPairs, type Framework } from '../../core/options';
import { checkbox } from '../fields';
import { type LayerChoice, type LayerKind, settingsOf } from './layerChoice';
import { numberText, pairField, type RowFields, textField } from './layerFields';
import { pairTyped } from './typedPair';

const rare = ['dilation', 'ceilMode', 'countIncludePad', 'divisorOverride', 'groups', 'bias'] as const;

type Rare = (typeof rare)[number];

function rareOf(kind: LayerKind, framework: Framework): readonly Rare[] {
  const taken = settingsOf(kind, framework);
  return rare.filter(setting => taken.includes(setting));
}

/** Those that are not as usual, as short as code. */
export function moreText(layer: LayerChoice, framework: Framework): string {
  const { dilation, ceilMode, countIncludePad, divisorOverride, groups, bias } = layer;
  const texts: Readonly<Record<Rare, string | false>> = {
    dilation: !equalPairs(dilation, [1, 1]) && `dilation ${pairTyped(dilation)}`,
    ceilMode: ceilMode && 'ceil_mode',
    countIncludePad:
      countIncludePad !== (frameworks[framework].countIncludePad ?? false) && `count_include_pad ${countIncludePad}`,
    divisorOverride: divisorOverride !== null && `÷ ${divisorOverride}`,
    groups: groups !== 1 && `groups ${groups}`,
    bias: !bias && l10n.t('no bias'),
  };
  return rareOf(layer.kind, framework)
    .map(setting => texts[setting])
    .filter(text => text !== false)
    .join(', ');
}

/** Their fields. */
export function moreSettings(fields: RowFields): TemplateResult {
  const { layer, framework, set } = fields;
  const { dilation, ceilMode, countIncludePad, divisorOverride, groups, bias } = layer;
  const templates: Readonly<Record<Rare, () => TemplateResult>> = {
    dilation: () => pairField(fields, 'dilation', 'dilation', dilation, chosen => set({ dilation: chosen }), true),
    ceilMode: () =>
      checkbox('ceil_mode', l10n.t('Round the output size up instead of down'), ceilMode, false, value =>
        set({ ceilMode: value }),
      ),
    countIncludePad: () =>
      checkbox('count_include_pad', l10n.t('Padding counts in the divisor'), countIncludePad, false, value =>
        set({ countIncludePad: value }),
      ),
    divisorOverride: () =>
      textField(fields, {
        option: 'divisorOverride',
        title: 'divisor_override',
        isNamed: true,
        text: divisorOverride === null ? '' : String(divisorOverride),
        placeholder: 'None',
        means: typed => (typed.trim() === '' ? divisorOverride === null : Object.is(Number(typed), divisorOverride)),
        onText: typed => set({ divisorOverride: typed.trim() === '' ? null : Number(typed) }),
      }),
    groups: () => numberText(fields, 'groups', 'groups', groups, value => set({ groups: value })),
    bias: () =>
      checkbox('bias', l10n.t('One learned number more for each output channel'), bias, false, value =>
        set({ bias: value }),
      ),
  };
  return html`<span class="settings">${rareOf(layer.kind, framework).map(setting => templates[setting]())}</span>`;
}
