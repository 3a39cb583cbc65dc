/** The line that says which call in the user's code the settings come from. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from './icon';
import type { PageState } from './page';
import type { PageParts } from './parts';

/** Nothing if the settings do not come from code. */
export function codeLine(
  { source, undo }: PageState,
  { useCode, undo: putBack }: Pick<PageParts, 'useCode' | 'undo'>,
): TemplateResult | typeof nothing {
  if (!source) return nothing;
  const { place, callee, remark, isWritable } = source;
  const forget = l10n.t('Forget the code');
  return html`<div class="notes code-line" role="group" aria-label=${l10n.t('Code')}>
    ${icon('code')}
    <div>
    <span>${l10n.t('From {0}', place)}</span> <code>${callee}</code>
    ${remark === undefined ? nothing : html`<span class="remark">${remark}</span>`}
    ${isWritable ? button(l10n.t('Write to Code'), l10n.t('Write these settings into the call'), () => useCode('write')) : nothing}
    ${button(l10n.t('Go to Code'), l10n.t('Show the call in the editor'), () => useCode('go'))}
    ${undo ? button(l10n.t('Put Back'), l10n.t('Show again what was shown before the code’s settings'), putBack) : nothing}
    </div>
    <button type="button" class="icon" title=${forget} aria-label=${forget} @click=${() => useCode('forget')}>${icon('close')}</button>
  </div>`;
}

function button(title: string, tooltip: string, act: () => void): TemplateResult {
  return html`<button type="button" class="link" title=${tooltip} @click=${act}>${title}</button>`;
}
