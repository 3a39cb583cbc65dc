/** What the page says instead of a picture, or beside it: waiting, failing, refused settings, notes about the file. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { ColourMode } from '../core/view';
import type { OpeningStage, PictureInfo, Remedy } from '../protocol';
import { icon } from './icon';

/** The id of the message, which the fields at fault are described by. */
export const refusalId = 'refusal';

/** What the page says about refused settings. */
export interface RefusalProps {
  /** The framework's own words. */
  readonly message: string;
  /** Our sentence, where the framework's words mislead. */
  readonly remark: string | undefined;
  /** A way out: its title and what it does. */
  readonly offer: { readonly title: string; readonly act: () => void } | undefined;
}

/** Why the current options are refused. It lies over the pictures, so that nothing moves while a number is typed. */
export function refusalMessage({ message, remark, offer }: RefusalProps): TemplateResult {
  return html`<div class="refusal" role="alert" id=${refusalId}>
    ${icon('error')}
    <p>
      <span>${message}</span>${remark ? html` <span class="remark">${remark}</span>` : nothing}
      ${offer ? html`<button type="button" class="link" @click=${offer.act}>${offer.title}</button>` : nothing}
    </p>
  </div>`;
}

/** The notes about the file; nothing if there are none. That alpha is left out is true unless it is shown. */
export function fileNotes({ notes }: PictureInfo, mode: ColourMode): TemplateResult | typeof nothing {
  const texts = notes.filter(({ code }) => code !== 'alpha' || mode !== 'alpha').map(({ text }) => text);
  if (texts.length === 0) return nothing;
  return html`<p class="notes">${icon('info')}<span>${texts.join(' ')}</span></p>`;
}

/** Progress message with a cancel button, while the file is read or decoded. */
export function openingMessage(name: string, stage: OpeningStage, onCancel: () => void): TemplateResult {
  const doing = stage === 'reading' ? l10n.t('Reading {0}…', name) : l10n.t('Decoding {0}…', name);
  return html`<div class="progress" role="progressbar" aria-label=${doing}></div>
    <div class="message" role="status">
      <p>${doing}</p>
      <button class="plain" @click=${onCancel}>${l10n.t('Cancel')}</button>
    </div>`;
}

/** Why nothing can be shown, with one button per remedy; the first is the primary button. */
export function failureMessage(message: string, remedies: readonly Remedy[], onRemedy: (remedy: Remedy) => void) {
  return html`<div class="message" role="alert">
    ${icon('error')}
    <p>${message}</p>
    <div class="remedies">
      ${remedies.map(
        (
          remedy,
          i,
        ) => html`<button class="plain ${i === 0 ? 'primary' : ''}" data-remedy=${remedy} @click=${() => onRemedy(remedy)}>
          ${remedyTitle(remedy)}
        </button>`,
      )}
    </div>
  </div>`;
}

function remedyTitle(remedy: Remedy): string {
  return {
    retry: l10n.t('Try Again'),
    openAsText: l10n.t('Open as Text'),
    raiseLimit: l10n.t('Change the Limit'),
  }[remedy];
}

/** What a framework's message needs to be understood. */
export function remarkText(remark: 'strideFollowsKernel'): string {
  return { strideFollowsKernel: l10n.t('The stride follows the kernel.') }[remark];
}
