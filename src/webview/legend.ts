/** One line that explains the marks on the pictures. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';

export function legend(): TemplateResult {
  const mark = (name: string, words: string) =>
    html`<li><span class="swatch ${name}" aria-hidden="true"></span>${words}</li>`;
  return html`<ul class="legend" aria-label=${l10n.t('Marks on the pictures')}>
    ${mark('outer', l10n.t('window'))} ${mark('inner', l10n.t('first maximum'))} ${mark('dashed', l10n.t('padding'))}
    ${mark('hatched', l10n.t('unused'))}
  </ul>`;
}
