/** The controls for the pixel that is pointed at, which all views with pixels share. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { segments } from './fields';
import { icon } from './icon';
import { legend, type Mark } from './legend';
import { channelNames } from './words';

export interface PixelBarProps {
  /** The controls that move the pixel. */
  readonly walk: TemplateResult;
  readonly isPinned: boolean;
  /** How many channels the picture has. */
  readonly channels: number;
  /** The one that is inspected. */
  readonly channel: number;
  readonly marks: readonly Mark[];
  readonly onRelease: () => void;
  readonly onChannel: (channel: number) => void;
}

/** @param hint what to do while no pixel is pointed at; nothing if one is */
export function pixelBar(props: PixelBarProps, hint: TemplateResult | typeof nothing = nothing): TemplateResult {
  const { walk, isPinned, marks, onRelease } = props;
  const title = l10n.t('Release (Esc)');
  return html`<div class="bar">
    ${walk}
    <button type="button" class="icon" aria-disabled=${!isPinned} title=${title} aria-label=${title} @click=${onRelease}>
      ${icon(isPinned ? 'pinned' : 'pin')}
    </button>
    ${channelChoice(props)} ${hint} ${legend(marks)}
  </div>`;
}

function channelChoice({ channels, channel, onChannel }: PixelBarProps): TemplateResult | typeof nothing {
  const names = channelNames(channels);
  if (names.length === 1) return nothing;
  const choices = names.map((title, value) => ({ value, title }));
  return segments(l10n.t('Channel'), 'inspected-channel', choices, channel, onChannel, true);
}
