/** One line about other frameworks that give a different result for the same setting. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Reason } from '../core/compare';
import { frameworks } from '../core/frameworks';
import { operators } from '../core/operators';
import type { Padding } from '../core/options';
import type { FoundDifference, Plan } from './plan';
import type { SavedState } from './savedState';

/**
 * The differences, grouped by framework; nothing if there are none.
 * @param against the difference that the mask shows
 */
export function hint(
  { differences }: Plan,
  against: SavedState['against'],
  onAgainst: (against: SavedState['against']) => void,
): TemplateResult | typeof nothing {
  if (differences.length === 0) return nothing;
  return html`<p class="hint-line">
    <i class="codicon codicon-info" aria-hidden="true"></i>
    ${l10n.t('The same setting elsewhere:')} ${byFramework(differences).map(found => one(found, against, onAgainst))}
  </p>`;
}

/** Groups the differences by framework: each gets one sentence and one button. */
function byFramework(differences: readonly FoundDifference[]): FoundDifference[][] {
  return [...new Set(differences.map(({ framework }) => framework))].map(framework =>
    differences.filter(found => found.framework === framework),
  );
}

function one(
  found: readonly FoundDifference[],
  against: SavedState['against'],
  onAgainst: (against: SavedState['against']) => void,
): TemplateResult {
  const framework = found[0]!.framework;
  const kind = found.find(({ theirs }) => theirs)?.kind;
  // The saved choice may name a pooling that no longer differs; then the mask is not shown.
  const shown = against?.framework === framework && found.some(each => each.theirs && each.kind === against.kind);
  const sentences = [...new Set(found.flatMap(parts))];
  return html`<span class="difference">
    <b>${frameworks[framework].title}</b> ${sentences.join(', ')}
    ${
      kind
        ? html`<button type="button" class="link" aria-pressed=${shown} @click=${() => onAgainst(shown ? null : { framework, kind })}>
            ${shown ? l10n.t('Hide') : l10n.t('Show where')}
          </button>`
        : nothing
    }
  </span>`;
}

function parts({ kind, ours, theirs, refusal, reasons }: FoundDifference): string[] {
  if (!theirs) return [refusal ?? ''];
  const texts = reasons.map(reason => reasonText(reason, kind));
  if (ours[0] === theirs[0] && ours[1] === theirs[1]) return texts;
  return [l10n.t('gives {0} × {1} instead of {2} × {3}', theirs[0], theirs[1], ours[0], ours[1]), ...texts];
}

function padsOf({ top, bottom, left, right }: Padding): { rows: string; columns: string } {
  return { rows: `${top}+${bottom}`, columns: `${left}+${right}` };
}

function reasonText(reason: Reason, kind: FoundDifference['kind']): string {
  switch (reason.code) {
    case 'padding': {
      const [theirs, ours] = [padsOf(reason.theirs), padsOf(reason.ours)];
      return theirs.rows === theirs.columns && ours.rows === ours.columns
        ? l10n.t('pads {0}, not {1}', theirs.rows, ours.rows)
        : l10n.t('pads rows {0} and columns {1}', theirs.rows, theirs.columns);
    }
    case 'countedPadding':
      return reason.theirs ? l10n.t('counts padding in the average') : l10n.t('does not count padding in the average');
    case 'ceilMode':
      return l10n.t('has no ceil_mode, so not the last window');
    case 'dilation':
      return operators[kind].divides ? l10n.t('dilates the average differently') : l10n.t('has no dilation');
    case 'divisorOverride':
      return l10n.t('cannot set the divisor');
  }
}
