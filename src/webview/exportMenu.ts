/** The menu of what can be taken along. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { ExportCommand } from '../protocol';
import { icon } from './icon';
import { closeBehind, focusFirst } from './popup';

export const exportMenuId = 'export-menu';

/** Why something cannot be exported; absent if it can. */
interface Hindrances {
  readonly code: string | undefined;
  readonly pictures: string | undefined;
}

export function exportMenu(
  { code, pictures }: Hindrances,
  onCommand: (command: ExportCommand) => void,
  onDescribe: () => void,
): TemplateResult {
  const entry = (symbol: string, title: string, act: () => void, why?: string) =>
    html`<button
      type="button"
      role="menuitem"
      ?disabled=${why !== undefined}
      title=${why ?? nothing}
      @click=${(event: Event) => {
        // Closing gives the focus back to the menu's button, which has it again after the command.
        (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]')!.hidePopover();
        act();
      }}
    >${icon(symbol)}${title}</button>`;
  const item = (command: ExportCommand, symbol: string, title: string) =>
    entry(symbol, title, () => onCommand(command), command === 'copyCode' ? code : pictures);
  return html`<div id=${exportMenuId} class="popup" popover role="menu" @toggle=${focusFirst} @focusout=${closeBehind} aria-label=${l10n.t('Export')}>
    ${item('copyCode', 'code', l10n.t('Copy as Code…'))} ${item('copyPicture', 'copy', l10n.t('Copy Picture'))}
    ${item('savePicture', 'save', l10n.t('Save Picture…'))} ${item('saveArray', 'symbol-array', l10n.t('Save Array…'))}
    ${entry('output', l10n.t('Describe as Text'), onDescribe)}
  </div>`;
}
