import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';
import type { Measured } from './measuring';

/** A link that sets the knobs, or shows another view. */
export function tryLink(what: string, act: () => void): TemplateResult {
  return html`<button type="button" class="link" @click=${act}>${l10n.t('Try it: {0}', what)}</button>`;
}

/** A chart's title; with the part of the picture that its points were measured on, if that is not the whole. */
export function onSample(title: string, points: readonly (Measured | undefined)[]): string {
  const part = points.find(point => point?.part)?.part;
  return part ? `${title} · ${l10n.t('on the middle {0} pixels', `${part.width}×${part.height}`)}` : title;
}

/** In which unit brightness and changes are, if not in levels of 0 to 255. */
export function levelsNote(white: number): string {
  return white === 255 ? '' : l10n.t('Brightness, spread and changes are in levels of 0 to {0}.', white);
}
