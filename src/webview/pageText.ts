/** What the page shows, as plain text. */
import * as l10n from '@vscode/l10n';
import { settingText } from '../core/settingText';
import { remarkText } from './messages';
import { isStale, type OpenPicture, openIn, type PageState } from './page';
import type { PageParts } from './parts';
import { viewOf } from './views';

/** The file's name, then what the view shows, in paragraphs; of a page without a picture, why there is none. */
export function pageText(state: PageState, parts: PageParts): string {
  const { name, phase, saved } = state;
  const picture = openIn(state);
  const paragraphs = picture
    ? viewOf(saved.tab).describe({ state, picture, parts })
    : phase.kind === 'failed'
      ? [[phase.message]]
      : [];
  const refused = picture ? refusalLines(picture) : [];
  return `${[[name], refused, ...paragraphs]
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Why the knobs are not applied, and which setting the rest is about; nothing if they are applied. */
function refusalLines(picture: OpenPicture): string[] {
  const { refusal, plan } = picture;
  if (!refusal) return [];
  return [
    refusal.message,
    ...(refusal.remark ? [remarkText(refusal.remark)] : []),
    ...(isStale(picture) ? [l10n.t('last valid: {0}', settingText(plan.options))] : []),
  ];
}
