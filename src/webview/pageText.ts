/** What the page shows, as plain text. */
import { openIn, type PageState } from './page';
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
  const refused = picture?.refusal ? [[picture.refusal.message]] : [];
  return `${[[name], ...refused, ...paragraphs].map(lines => lines.join('\n')).join('\n\n')}\n`;
}
