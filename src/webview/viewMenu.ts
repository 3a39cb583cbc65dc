/** Zoom, and a menu of what else can be shown. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { zoomText } from '../core/viewport';
import { paneTitle } from './captions';
import { channelNames } from './inspector';
import { extraKinds, type SavedState } from './savedState';

/** The values that the menu shows, and what its controls do. */
export interface ViewMenuProps {
  readonly state: SavedState;
  /** CSS pixels per input pixel. */
  readonly scale: number;
  readonly channels: number;
  readonly onZoom: (scale: number) => void;
  readonly onChange: (part: Partial<SavedState>) => void;
}

export function viewMenu({ state, scale, channels, onZoom, onChange }: ViewMenuProps): TemplateResult {
  const { view, sizing, extras, histograms, display } = state;
  const button = (title: string, label: unknown, act: () => void, pressed?: boolean) => {
    // With voice control a user says the visible text, so the accessible name begins with it (WCAG 2.5.3).
    const name = typeof label === 'string' ? `${label}: ${title}` : title;
    return html`<button type="button" class="icon" title=${title} aria-label=${name} aria-pressed=${pressed ?? nothing} @click=${act}>
      ${label}
    </button>`;
  };
  const icon = (id: string) => html`<i class="codicon codicon-${id}" aria-hidden="true"></i>`;
  const toggle = (title: string, checked: boolean, act: (checked: boolean) => void) => html`<label class="check"
    ><input type="checkbox" .checked=${checked} @change=${(event: Event) => act((event.target as HTMLInputElement).checked)} />${title}</label
  >`;
  const names = channelNames(channels);
  return html`<span class="zoom" role="group" aria-label=${l10n.t('View')}>
    ${button(l10n.t('Zoom out'), icon('zoom-out'), () => onZoom(scale / 1.25))}
    <output>${zoomText(scale)}</output>
    ${button(l10n.t('Zoom in'), icon('zoom-in'), () => onZoom(scale * 1.25))}
    ${button(l10n.t('Whole picture'), l10n.t('Fit'), () => onChange({ view: { ...view, scale: 'fit' } }), view.scale === 'fit')}
    ${button(l10n.t('One screen pixel for each input pixel'), '1:1', () => onZoom(1), view.scale === 1)}
    <button type="button" class="icon" id="view-button" popovertarget="view-menu" title=${l10n.t('What is shown')} aria-label=${l10n.t('What is shown')}>
      ${icon('settings')}
    </button>
    <div id="view-menu" popover>
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
    </div>
  </span>`;
}
