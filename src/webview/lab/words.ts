import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';
import type { Measured } from './measuring';

/** A link that sets the knobs, or shows another view. */
export function tryLink(what: string, act: () => void): TemplateResult {
  return html`<button type="button" class="link" @click=${act}>${l10n.t('Try it: {0}', what)}</button>`;
}

/** On which part of the picture a chart's points were measured; undefined if on the whole. */
export function sampleNote(points: readonly (Measured | undefined)[]): string | undefined {
  const part = points.find(point => point?.part)?.part;
  return part && l10n.t('The chart is computed on the middle {0} pixels.', `${part.width}×${part.height}`);
}
