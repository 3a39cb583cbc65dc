/** One line that explains the marks on the pictures. */
import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';

/** A mark as it is drawn, and what it stands for. */
export interface Mark {
  readonly swatch: 'outer' | 'inner' | 'dashed' | 'hatched';
  readonly words: string;
}

/** The marks of a pooling. */
export function poolingMarks(): readonly Mark[] {
  return [
    { swatch: 'outer', words: l10n.t('window') },
    { swatch: 'inner', words: l10n.t('first maximum') },
    { swatch: 'dashed', words: l10n.t('padding') },
    { swatch: 'hatched', words: l10n.t('unused') },
  ];
}

export function legend(marks: readonly Mark[]): TemplateResult {
  return html`<ul class="legend" aria-label=${l10n.t('Marks on the pictures')}>
    ${marks.map(({ swatch, words }) => html`<li><span class="swatch ${swatch}" aria-hidden="true"></span>${words}</li>`)}
  </ul>`;
}
