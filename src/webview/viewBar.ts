/** The page's first line: the views as tabs, the zoom, and the menus. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { zoomText } from '../core/viewport';
import { exportMenuId } from './exportMenu';
import { icon } from './icon';
import { showMenuId } from './showMenu';

/** The id of the element that the tabs switch. */
export const stageId = 'stage';

export interface ViewTab {
  readonly name: string;
  readonly title: string;
}

/** Tabs like those of VS Code's panel. */
export function viewTabs(tabs: readonly ViewTab[], current: string, onTab: (name: string) => void): TemplateResult {
  return html`<div class="tabs" role="tablist" aria-label=${l10n.t('Views')}>
    ${tabs.map(
      ({ name, title }) => html`<button
        type="button"
        role="tab"
        id="tab-${name}"
        aria-selected=${name === current}
        aria-controls=${stageId}
        @click=${() => onTab(name)}
      >${title}</button>`,
    )}
  </div>`;
}

/** The values that the bar shows, and what its controls do. */
export interface ViewBarProps {
  /** Whether there are pictures to zoom. */
  readonly hasPictures: boolean;
  /** CSS pixels per input pixel. */
  readonly scale: number;
  readonly isFitted: boolean;
  /** Whether the user has chosen one screen pixel for each input pixel. */
  readonly isActualSize: boolean;
  readonly onZoom: (scale: number) => void;
  readonly onFit: () => void;
}

/** Zoom, and the buttons that open the menus. */
export function viewBar({ hasPictures, scale, isFitted, isActualSize, onZoom, onFit }: ViewBarProps): TemplateResult {
  const button = (title: string, label: unknown, act: () => void, pressed?: boolean) => {
    // With voice control a user says the visible text, so the accessible name begins with it (WCAG 2.5.3).
    const name = typeof label === 'string' ? `${label}: ${title}` : title;
    return html`<button type="button" class="icon" title=${title} aria-label=${name} aria-pressed=${pressed ?? nothing} @click=${act}>
      ${label}
    </button>`;
  };
  const menu = (id: string, popup: 'menu' | 'dialog', label: string, title: string) =>
    html`<button type="button" class="icon menu" id="${id}-button" popovertarget=${id} aria-haspopup=${popup} title=${title}>
      ${label}${icon('chevron-down')}
    </button>`;
  const zoom = () => html`<span class="zoom">
      ${button(l10n.t('Zoom out'), icon('zoom-out'), () => onZoom(scale / 1.25))}
      <output>${zoomText(scale)}</output>
      ${button(l10n.t('Zoom in'), icon('zoom-in'), () => onZoom(scale * 1.25))}
    </span>
    ${button(l10n.t('Whole picture'), l10n.t('Fit'), onFit, isFitted)}
    ${button(l10n.t('One screen pixel for each input pixel'), '1:1', () => onZoom(1), isActualSize)}`;
  return html`<div class="view-bar" role="toolbar" aria-label=${l10n.t('View')}>
    ${hasPictures ? zoom() : nothing}
    ${menu(showMenuId, 'dialog', l10n.t('Show'), l10n.t('What is shown'))}
    ${menu(exportMenuId, 'menu', l10n.t('Export'), l10n.t('Code, pictures and arrays to take along'))}
  </div>`;
}
