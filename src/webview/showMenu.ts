/** The menu of what can be shown: poolings, pictures made from them, and how. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { frameworks } from '../core/frameworks';
import { layerNames, type OperatorName, operatorOf } from '../core/operators';
import type { Framework } from '../core/options';
import { lackingFor } from '../core/panes';
import { paneTitle } from './captions';
import { checkbox, possibleCheckbox, segments } from './fields';
import { operatorsIn } from './knobs';
import { closeBehind, focusFirst } from './popup';
import { type ExtraKind, extraKinds, type SavedState } from './savedState';
import { rulesOf } from './viewRules';
import { channelNames } from './words';

export const showMenuId = 'show-menu';

/** The values that the menu shows, and what its controls do. */
export interface ShowMenuProps {
  readonly state: SavedState;
  readonly channels: number;
  readonly onChange: (part: Partial<SavedState>) => void;
}

export function showMenu({ state, channels, onChange }: ShowMenuProps): TemplateResult {
  const { sizing, operators, extras, histograms, display } = state;
  const { framework } = state.knobs;
  const toggle = (title: string, checked: boolean, act: (checked: boolean) => void) =>
    checkbox(title, undefined, checked, false, act);
  const shown = operatorsIn(framework, operators);
  const names = channelNames(channels);
  const group = (title: string, content: unknown) =>
    html`<div class="group" role="group" aria-label=${title}><span class="heading" aria-hidden="true">${title}</span>${content}</div>`;
  const poolings = () =>
    html`${group(
      l10n.t('Poolings'),
      layerNames.map(name =>
        possibleCheckbox(paneTitle(name), lackOf(name, framework), operators.includes(name), checked =>
          onChange({ operators: withOne(layerNames, operators, name, checked) }),
        ),
      ),
    )}
    ${group(l10n.t('More pictures'), [
      ...extraKinds.map(kind =>
        possibleCheckbox(paneTitle(kind), sourcesOf(kind, shown), extras.includes(kind), checked =>
          onChange({ extras: withOne(extraKinds, extras, kind, checked) }),
        ),
      ),
      toggle(l10n.t('Histograms'), histograms, checked => onChange({ histograms: checked })),
    ])}`;
  return html`<div id=${showMenuId} class="popup" popover role="dialog" @toggle=${focusFirst} @focusout=${closeBehind} aria-label=${l10n.t('What is shown')}>
    ${rulesOf(state).own.includes('operators') ? poolings() : nothing}
    ${group(
      l10n.t('Size'),
      toggle(l10n.t('Outputs at their true size'), sizing === 'relative', checked =>
        onChange({ sizing: checked ? 'relative' : 'overlay' }),
      ),
    )}
    ${
      names.length > 1
        ? group(
            l10n.t('Show channel'),
            segments<number | 'all'>(
              l10n.t('Show channel'),
              'display',
              [{ value: 'all', title: l10n.t('All') }, ...names.map((title, value) => ({ value, title }))],
              display,
              chosen => onChange({ display: chosen }),
            ),
          )
        : nothing
    }
  </div>`;
}

/** The chosen names with one more or one less, in the order of all. */
function withOne<T>(all: readonly T[], chosen: readonly T[], one: T, isChosen: boolean): T[] {
  return all.filter(each => (each === one ? isChosen : chosen.includes(each)));
}

/** Why a pooling cannot be shown: the framework has no such layer. It stays chosen for a framework that has it. */
function lackOf(name: OperatorName, framework: Framework): string | undefined {
  const { calls, longTitle } = operatorOf(name);
  return calls[framework] ? undefined : l10n.t('Not in {0}: {1}', frameworks[framework].title, l10n.t(longTitle));
}

/** Why a derived picture cannot be shown: a pooling that it is made from is not. */
function sourcesOf(kind: ExtraKind, shown: readonly OperatorName[]): string | undefined {
  const lacking = lackingFor(kind, shown);
  if (lacking.length === 0) return undefined;
  return l10n.t('Made from a pooling that is not shown: {0}', lacking.map(paneTitle).join(', '));
}

/**
 * Why only the input is shown, and where to choose.
 * @param chosen the chosen poolings, none of which the framework has
 */
export function nothingPooled(framework: Framework, chosen: readonly OperatorName[]): TemplateResult {
  const text =
    chosen.length === 0
      ? l10n.t('No pooling is chosen.')
      : l10n.t('{0} has none of the chosen poolings.', frameworks[framework].title);
  return html`<div class="message">
    <p>${text}</p>
    <button type="button" class="plain" popovertarget=${showMenuId} aria-haspopup="dialog">${l10n.t('Choose poolings…')}</button>
  </div>`;
}
