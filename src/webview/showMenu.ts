/** The menu of what else can be shown. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { paneTitle } from './captions';
import { closeBehind, focusFirst } from './popup';
import { extraKinds, type SavedState } from './savedState';
import { channelNames } from './words';

export const showMenuId = 'show-menu';

/** The values that the menu shows, and what its controls do. */
export interface ShowMenuProps {
  readonly state: SavedState;
  readonly channels: number;
  readonly onChange: (part: Partial<SavedState>) => void;
}

export function showMenu({ state, channels, onChange }: ShowMenuProps): TemplateResult {
  const { sizing, extras, histograms, display } = state;
  const toggle = (title: string, checked: boolean, act: (checked: boolean) => void) => html`<label class="check"
    ><input type="checkbox" .checked=${checked} @change=${(event: Event) => act((event.target as HTMLInputElement).checked)} />${title}</label
  >`;
  const names = channelNames(channels);
  return html`<div id=${showMenuId} class="popup" popover role="dialog" @toggle=${focusFirst} @focusout=${closeBehind} aria-label=${l10n.t('What is shown')}>
    <span class="heading">${l10n.t('More pictures')}</span>
    ${extraKinds.map(kind =>
      toggle(paneTitle(kind), extras.includes(kind), checked =>
        onChange({ extras: extraKinds.filter(each => (each === kind ? checked : extras.includes(each))) }),
      ),
    )}
    ${toggle(l10n.t('Histograms'), histograms, checked => onChange({ histograms: checked }))}
    <span class="heading">${l10n.t('Size')}</span>
    ${toggle(l10n.t('Outputs at their true size'), sizing === 'relative', checked => onChange({ sizing: checked ? 'relative' : 'overlay' }))}
    ${
      names.length > 1
        ? html`<span class="heading">${l10n.t('Show channel')}</span>
            <span class="segments" role="radiogroup" aria-label=${l10n.t('Show channel')}>
              ${[l10n.t('All'), ...names].map((name, i) => {
                const value = i === 0 ? 'all' : i - 1;
                return html`<label
                  ><input type="radio" name="display" .checked=${display === value} @change=${() => onChange({ display: value })} />${name}</label
                >`;
              })}
            </span>`
        : nothing
    }
  </div>`;
}
