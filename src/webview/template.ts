/** The template of the page. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { possibleMode, sizeOf } from '../core/view';
import { scaleOf, zoomAround } from '../core/viewport';
import type { ExportCommand, PictureInfo } from '../protocol';
import { failureMessage, fileNotes, openingMessage, refusalMessage } from './captions';
import { infoOf, openIn, type PageState } from './page';
import type { PageParts } from './parts';
import { toolbar } from './toolbar';
import { viewMenu } from './viewMenu';
import { views } from './views';

/** The whole page for a state. */
export function page(state: PageState, parts: PageParts): TemplateResult | typeof nothing {
  const { name, phase } = state;
  // The file's name and the language are unknown until `hello` has arrived.
  if (name === '') return nothing;
  const info = infoOf(phase);
  const picture = openIn(state);
  const props = picture && { state, picture, parts };
  const view = views.pool;
  const { isWaiting } = parts.tiles;
  return html`
    <h1 class="visually-hidden">${name}</h1>
    ${info ? knobs(state, info, parts) : nothing} ${picture?.refusal ? refusalMessage(picture.refusal.message) : nothing}
    ${info ? fileNotes(info) : nothing} ${props ? view.strip(props) : nothing}
    <div class="stage" aria-busy=${isWaiting}>
      ${isWaiting ? html`<div class="progress" role="progressbar" aria-label=${l10n.t('Pooling…')}></div>` : nothing}
      ${phase.kind === 'opening' ? openingMessage(name, phase.stage, parts.cancel) : nothing}
      ${phase.kind === 'failed' ? failureMessage(phase.message, phase.remedies, parts.remedy) : nothing}
      ${props ? view.body(props) : nothing}
    </div>
  `;
}

function knobs(state: PageState, info: PictureInfo, parts: PageParts): TemplateResult {
  const { saved } = state;
  const { choose } = parts;
  const { width, height } = sizeOf(info, saved.orient);
  const picture = openIn(state);
  return toolbar(
    {
      knobs: saved.knobs,
      mode: possibleMode(saved.mode, info),
      orient: saved.orient,
      info,
      picture: [height, width],
      invalid: picture?.refusal !== undefined,
      onKnobs: knobs => choose({ knobs }),
      onMode: mode => choose({ mode }),
      onOrient: orient => choose({ orient }),
    },
    picture ? html`${zoomAndMenu(state, parts)}${exportButtons(parts)}` : nothing,
  );
}

function zoomAndMenu(state: PageState, { choose, tiles }: PageParts): TemplateResult {
  const { saved } = state;
  const { picture, shape } = openIn(state)!.plan;
  return viewMenu({
    state: saved,
    channels: shape[1],
    scale: scaleOf(saved.view, picture, tiles.paneSize),
    onZoom: scale => choose({ view: zoomAround(saved.view, picture, tiles.paneSize, scale, 0, 0) }),
    onChange: choose,
  });
}

function exportButtons({ runCommand }: PageParts): TemplateResult {
  const button = (command: ExportCommand, icon: string, title: string) =>
    html`<button type="button" class="icon" title=${title} aria-label=${title} @click=${() => runCommand(command)}>
      <i class="codicon codicon-${icon}" aria-hidden="true"></i>
    </button>`;
  return html`<span class="export" role="group" aria-label=${l10n.t('Take it home')}>
    ${button('copyCode', 'code', l10n.t('Copy as Code'))} ${button('savePicture', 'save', l10n.t('Save Picture'))}
    ${button('saveArray', 'symbol-array', l10n.t('Save Array'))} ${button('copyPicture', 'copy', l10n.t('Copy Picture'))}
  </span>`;
}
