/** Other frameworks that give a different result for the same setting, and where. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { groupDifferences } from '../core/compare';
import { sentencesOf } from '../core/differenceText';
import { frameworks } from '../core/frameworks';
import type { Framework } from '../core/options';
import { listText } from '../core/pythonText';
import { paneTitle } from './captions';
import { icon } from './icon';
import type { FoundDifference, Plan } from './plan';
import type { SavedState } from './savedState';

/** What another framework does, for the poolings for which it does the same. */
interface Hint {
  readonly framework: Framework;
  readonly found: readonly [FoundDifference, ...FoundDifference[]];
  readonly text: string;
}

/** The differences of a plan; each says which poolings it is about. */
export function hintsOf({ differences }: Plan): Hint[] {
  return groupDifferences(differences).map(found => {
    const [first] = found;
    return { framework: first.framework, found, text: textOf(first) };
  });
}

/** Why ONNX's call names pads where a rule was chosen; undefined if none was. */
export function autoPadNote({ options: { autoPad, padding } }: Plan): string | undefined {
  if (!autoPad || typeof padding === 'string') return undefined;
  const { top, left, bottom, right } = padding;
  const pads = listText([top, left, bottom, right]);
  return l10n.t('{0} is pads={1} for this picture. ONNX deprecates auto_pad, so pads are written out.', autoPad, pads);
}

/** Who a hint is about and what it says, for example `Keras, Max: pads 0 before and 1 after; here 1 and 1`. */
export function hintText({ framework, found, text }: Hint): string {
  return `${frameworks[framework].title}, ${namesOf(found)}: ${text}`;
}

function namesOf(found: Hint['found']): string {
  return found.map(({ kind }) => paneTitle(kind)).join(', ');
}

/**
 * The differences, grouped by framework, and the note on ONNX's pads; empty if there are none.
 * @param against the difference that the mask shows
 */
export function hintLine(
  plan: Plan,
  against: SavedState['against'],
  onAgainst: (against: SavedState['against']) => void,
): TemplateResult {
  const hints = hintsOf(plan);
  const note = autoPadNote(plan);
  const noted = note === undefined ? nothing : html`<p class="hint-line">${icon('info')} ${note}</p>`;
  if (hints.length === 0) return html`${noted}`;
  const names = [...new Set(hints.map(({ framework }) => framework))];
  return html`${noted}<div class="hint-line" role="group" aria-label=${l10n.t('The same setting elsewhere:')}>
    <span>${icon('info')} ${l10n.t('The same setting elsewhere:')}</span>
    ${names.map(
      name => html`<span class="difference" data-framework=${name}>
        <b>${frameworks[name].title}</b>
        ${hints
          .filter(({ framework }) => framework === name)
          .map(
            hint => html`<span class="about"
              >${namesOf(hint.found)}: ${hint.text} ${hint.found.map(each => showButton(each, hint.found.length > 1, against, onAgainst))}</span
            >`,
          )}
      </span>`,
    )}
  </div>`;
}

function showButton(
  { framework, kind, theirs }: FoundDifference,
  isNamed: boolean,
  against: SavedState['against'],
  onAgainst: (against: SavedState['against']) => void,
): TemplateResult | typeof nothing {
  if (!theirs) return nothing;
  const isShown = against?.framework === framework && against.kind === kind;
  const verb = isShown ? l10n.t('Hide') : l10n.t('Show where');
  const title = `${verb}: ${frameworks[framework].title}, ${paneTitle(kind)}`;
  return html`<button
    type="button"
    class="link"
    aria-pressed=${isShown}
    title=${title}
    aria-label=${title}
    @click=${() => onAgainst(isShown ? null : { framework, kind })}
  >${isNamed ? `${verb} (${paneTitle(kind)})` : verb}</button>`;
}

function textOf(difference: FoundDifference): string {
  if (!difference.theirs) return difference.refusal ?? '';
  return sentencesOf(difference, difference.kind)
    .map(({ template, values }) => l10n.t(template, ...values))
    .join(', ');
}
