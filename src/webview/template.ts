/** The frame of the page, which all views share: tabs and menus, knobs, pictures, and the dock beneath them. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Pair } from '../core/options';
import { possibleMode, possibleView, shapeOf, sizeOf } from '../core/view';
import { isWhole, scaleOf, wholeView } from '../core/viewport';
import type { PictureInfo } from '../protocol';
import { codeLine } from './codeLine';
import { exportMenu } from './exportMenu';
import { operatorsIn, translated, withKernel } from './knobs';
import { failureMessage, fileNotes, openingMessage, refusalMessage, remarkText } from './messages';
import { infoOf, isAtDefaults, type OpenPicture, openIn, type PageState } from './page';
import type { PageParts } from './parts';
import { showMenu } from './showMenu';
import { splitter } from './splitter';
import { translatedStack } from './stack/editStack';
import type { StackPlan } from './stack/stackPlan';
import { endSentence } from './stack/traceText';
import type { ToolbarProps } from './toolbar';
import { stageId, viewBar, viewTabs } from './viewBar';
import { rulesOf } from './viewRules';
import { viewOf, views } from './views';
import type { KnobsProps } from './views/view';

/** The whole page for a state. */
export function page(state: PageState, parts: PageParts): TemplateResult | typeof nothing {
  const { name, phase, saved } = state;
  // The file's name and the language are unknown until `hello` has arrived.
  if (name === '') return nothing;
  const info = infoOf(phase);
  const picture = openIn(state);
  const props = picture && { state, picture, parts };
  const view = viewOf(saved.tab);
  const { isWaiting } = parts.tiles;
  const tabs = views.map(each => ({ name: each.name, title: l10n.t(each.title) }));
  return html`
    <h1 class="visually-hidden">${name}</h1>
    ${
      info
        ? html`<header>
              ${viewTabs(tabs, view.name, tab => parts.choose({ tab }))}
              ${picture ? bar(state, picture, parts) : nothing}
            </header>
            ${view.knobs(knobsProps(state, info, parts))} ${codeLine(state, parts)} ${fileNotes(info, possibleMode(saved.mode, info))}`
        : nothing
    }
    <div class="stage" id=${stageId} role=${info ? 'tabpanel' : nothing} aria-labelledby=${info ? `tab-${view.name}` : nothing} aria-busy=${isWaiting}>
      ${isWaiting ? html`<div class="progress" role="progressbar" aria-label=${l10n.t('Pooling…')}></div>` : nothing}
      ${picture ? refusal(state, picture, parts) : nothing}
      ${phase.kind === 'opening' ? openingMessage(name, phase.stage, parts.cancel) : nothing}
      ${phase.kind === 'failed' ? failureMessage(phase.message, phase.remedies, parts.remedy) : nothing}
      ${
        props
          ? html`<div class="pictures">${view.pictures(props)}</div>
              ${splitter(dock => parts.choose({ dock }))}
              <div class="dock" id="dock">${view.dock(props)}</div>`
          : nothing
      }
    </div>
  `;
}

function knobsProps(state: PageState, info: PictureInfo, parts: PageParts): KnobsProps {
  return {
    state,
    parts,
    toolbar: toolbarProps(state, info, parts),
    picture: shapeOf(info, possibleView(state.saved, info)),
  };
}

function toolbarProps(state: PageState, info: PictureInfo, { choose, reset }: PageParts): ToolbarProps {
  const { saved } = state;
  const { width, height } = sizeOf(info, saved.orient);
  const picture: Pair = [height, width];
  const rules = rulesOf(saved);
  const canAdd = rules.own.includes('operators');
  return {
    knobs: saved.knobs,
    operators: rules.operators(saved, saved.knobs.framework),
    canAdd,
    mode: possibleMode(saved.mode, info),
    orient: saved.orient,
    info,
    picture,
    refused: openIn(state)?.refusal?.fields ?? [],
    isUnfolded: saved.more,
    isAtDefaults: isAtDefaults(state),
    onKnobs: knobs => choose({ knobs }),
    onPreset: (knobs, operators) => choose(canAdd ? { knobs, operators } : { knobs }),
    onFramework: framework =>
      choose({
        knobs: translated(saved.knobs, framework, operatorsIn(saved.knobs.framework, saved.operators), picture),
        stack: translatedStack(saved.stack, saved.knobs.framework, framework),
      }),
    onMode: mode => choose({ mode }),
    onOrient: orient => choose({ orient }),
    onUnfold: more => choose({ more }),
    onReset: reset,
  };
}

function bar(
  { saved }: PageState,
  { plan, refusal }: OpenPicture,
  { choose, tiles, zoom, runCommand, describe }: PageParts,
): TemplateResult {
  const { picture, shape } = plan;
  return html`${viewBar({
    hasPictures: plan.stack?.computed !== 0,
    scale: scaleOf(saved.view, picture, tiles.paneSize),
    isFitted: saved.view.scale === 'fit' && isWhole(picture, tiles.paneSize),
    isActualSize: saved.view.scale === 1,
    onZoom: zoom,
    onFit: () => choose({ view: wholeView }),
  })}
  ${showMenu({ state: saved, channels: shape[1], onChange: choose })} ${exportMenu(plan.stack ? stackHindrances(plan.stack) : { code: refusal?.message, pictures: refusal?.message }, runCommand, describe)}`;
}

/** The stages before an illegal layer have pictures; of a stack without pictures it is said why. */
function stackHindrances(stack: StackPlan) {
  const code = stack.refusal?.message;
  return { code, pictures: stack.computed > 0 ? undefined : (code ?? endSentence(stack)) };
}

function refusal({ saved }: PageState, { refusal }: OpenPicture, { choose }: PageParts) {
  if (!refusal) return nothing;
  const { message, remark, offer } = refusal;
  return refusalMessage({
    message,
    remark: remark && remarkText(remark),
    offer: offer && {
      title: l10n.t('Use a kernel of {0}', `${offer[0]}×${offer[1]}`),
      act: () => choose({ knobs: withKernel(saved.knobs, offer) }),
    },
  });
}
