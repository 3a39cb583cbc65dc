/** The menu of what else can be shown. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { paneTitle } from './captions';
import { checkbox, segments } from './fields';
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
  const toggle = (title: string, checked: boolean, act: (checked: boolean) => void) =>
    checkbox(title, undefined, checked, false, act);
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
            ${segments<number | 'all'>(
              l10n.t('Show channel'),
              'display',
              [{ value: 'all', title: l10n.t('All') }, ...names.map((title, value) => ({ value, title }))],
              display,
              chosen => onChange({ display: chosen }),
            )}`
        : nothing
    }
  </div>`;
}
