/** The knobs as form controls that act on every input. Two rows: what is shown, and the pooling. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { frameworkNames, frameworks } from '../core/frameworks';
import { operatorNames, operators } from '../core/operators';
import { noPadding, type Pair, symmetricPadding } from '../core/options';
import type { ColourMode } from '../core/view';
import type { PictureInfo } from '../protocol';
import { type Choice, checkbox, numberField, pairFields, segments } from './fields';
import {
  applyPreset,
  type PageKnobs,
  type PresetName,
  presetNames,
  presetOf,
  shownStride,
  takesDilation,
  withFramework,
} from './knobs';

/** The values that the toolbar shows, and what its controls do. */
export interface ToolbarProps {
  readonly knobs: PageKnobs;
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly info: PictureInfo;
  /** Height and width of the picture in the chosen orientation. */
  readonly picture: Pair;
  /** Whether the current knobs are refused. */
  readonly invalid: boolean;
  readonly onKnobs: (knobs: PageKnobs) => void;
  readonly onMode: (mode: ColourMode) => void;
  readonly onOrient: (orient: boolean) => void;
}

/** @param end controls at the end of the first row */
export function toolbar(props: ToolbarProps, end: TemplateResult | typeof nothing): TemplateResult {
  const { knobs, onKnobs } = props;
  const rules = frameworks[knobs.framework];
  const set = (part: Partial<PageKnobs>) => onKnobs({ ...knobs, ...part });
  const ignore = (event: Event) => event.preventDefault();
  return html`<form class="knobs" aria-label=${l10n.t('Pooling options')} @submit=${ignore}>
    <div class="row">
      ${segments(
        l10n.t('Framework'),
        'framework',
        frameworkNames.map(value => ({ value, title: frameworks[value].title })),
        knobs.framework,
        framework => onKnobs(withFramework(knobs, framework)),
      )}
      ${presets(props)} ${colourModes(props)} ${orientation(props)}
      <span class="end">${end}</span>
    </div>
    <div class="row">
      <fieldset>
        <legend><span class="label">${l10n.t('Kernel')}</span></legend>
        ${pairFields(props, l10n.t('Kernel'), knobs.kernel, 1, kernel => set({ kernel }))}
        <button
          type="button"
          class="icon"
          name="linked"
          aria-pressed=${knobs.linked}
          title=${l10n.t('Change height and width together')}
          aria-label=${l10n.t('Change height and width together')}
          @click=${() => set({ linked: !knobs.linked })}
        ><i class="codicon codicon-link" aria-hidden="true"></i></button>
      </fieldset>
      <fieldset>
        <legend><span class="label">${l10n.t('Stride')}</span></legend>
        ${pairFields(props, l10n.t('Stride'), shownStride(knobs), 1, stride => set({ stride }), { follows: knobs.stride === 'default' })}
        <button
          type="button"
          class="icon"
          name="follow"
          aria-pressed=${knobs.stride === 'default'}
          title=${rules.defaultStride === 'kernel' ? l10n.t('Stride follows the kernel size') : l10n.t('Stride is 1 when it is not set')}
          @click=${() => set({ stride: knobs.stride === 'default' ? shownStride(knobs) : 'default' })}
        >${rules.defaultStride === 'kernel' ? l10n.t('= kernel') : '= 1'}</button>
      </fieldset>
      ${padding(props, set)}
      ${
        takesDilation(knobs.framework)
          ? html`<fieldset title=${operatorNames.every(name => operators[name].calls[knobs.framework].dilation === 'taken') ? nothing : l10n.t('Max pooling only: the gap between the pixels of a window')}>
              <legend><span class="label">${l10n.t('Dilation')}</span></legend>
              ${pairFields(props, l10n.t('Dilation'), knobs.dilation, 1, dilation => set({ dilation }), { compact: true })}
            </fieldset>`
          : nothing
      }
      ${
        rules.ceilMode
          ? checkbox(
              'ceil_mode',
              l10n.t('Round the output size up instead of down'),
              knobs.ceilMode,
              isSame(knobs),
              ceilMode => set({ ceilMode }),
            )
          : nothing
      }
      ${
        rules.countIncludePad === undefined
          ? nothing
          : checkbox(
              'count_include_pad',
              l10n.t('Average pooling only: padding counts in the divisor'),
              knobs.countIncludePad,
              isSame(knobs),
              countIncludePad => set({ countIncludePad }),
            )
      }
    </div>
  </form>`;
}

/**
 * Padding by numbers, by named rules or by both, as the framework has it. One without rules gets Keras' 'same' as a
 * checkbox.
 */
function padding(props: ToolbarProps, set: (part: Partial<PageKnobs>) => void): TemplateResult {
  const { knobs } = props;
  const { padsBy, paddingRules } = frameworks[knobs.framework];
  const numbers = { nothing: () => nothing, axes: paddingOfAxes, sides: paddingOfSides }[padsBy];
  return html`<fieldset>
    <legend><span class="label">${l10n.t('Padding')}</span></legend>
    ${numbers(props, set)}
    ${
      paddingRules.length > 0
        ? paddingRule(props, set)
        : checkbox('same', l10n.t('Pad as Keras does for padding="same"'), isSame(knobs), false, same =>
            set({ padding: same ? 'same' : noPadding }),
          )
    }
  </fieldset>`;
}

function paddingOfAxes(props: ToolbarProps, set: (part: Partial<PageKnobs>) => void): TemplateResult {
  const { padding: value } = props.knobs;
  const { top, left } = typeof value === 'string' ? noPadding : value;
  return pairFields(props, l10n.t('Padding'), [top, left], 0, pads => set({ padding: symmetricPadding(pads) }), {
    disabled: isSame(props.knobs),
    compact: true,
  });
}

function paddingOfSides(props: ToolbarProps, set: (part: Partial<PageKnobs>) => void) {
  const { padding: value, linked } = props.knobs;
  if (typeof value === 'string') return nothing;
  const sides = [
    ['top', l10n.t('Padding top'), '↑'],
    ['left', l10n.t('Padding left'), '←'],
    ['bottom', l10n.t('Padding bottom'), '↓'],
    ['right', l10n.t('Padding right'), '→'],
  ] as const;
  return sides.map(
    ([side, name, arrow]) =>
      html`<span class="times" aria-hidden="true">${arrow}</span>${numberField(
        props,
        name,
        value[side],
        0,
        typed => set({ padding: linked ? symmetricPadding([typed, typed]) : { ...value, [side]: typed } }),
        { narrow: true },
      )}`,
  );
}

function paddingRule({ knobs }: ToolbarProps, set: (part: Partial<PageKnobs>) => void): TemplateResult {
  const rules = frameworks[knobs.framework].paddingRules;
  const current = typeof knobs.padding === 'string' ? knobs.padding : 'none';
  return html`<select
    name="padding"
    aria-label=${l10n.t('Padding')}
    .value=${live(current)}
    @change=${(event: Event) => {
      const chosen = rules[(event.target as HTMLSelectElement).selectedIndex]?.[0] ?? 'none';
      set({ padding: chosen === 'none' ? noPadding : chosen });
    }}
  >
    ${rules.map(([rule, word]) => html`<option value=${rule} ?selected=${rule === current}>${word}</option>`)}
  </select>`;
}

function isSame({ padding }: PageKnobs): boolean {
  return typeof padding === 'string';
}

function presets({ knobs, picture, onKnobs }: ToolbarProps): TemplateResult {
  const current = presetOf(knobs, picture) ?? 'custom';
  const choose = (event: Event) => {
    const chosen = presetNames.find(name => name === (event.target as HTMLSelectElement).value);
    if (chosen) onKnobs(applyPreset(chosen, knobs, picture));
  };
  return html`<select name="preset" aria-label=${l10n.t('Preset')} .value=${live(current)} @change=${choose}>
    ${presetNames.map(name => html`<option value=${name} ?selected=${name === current}>${presetTitle(name)}</option>`)}
    <option value="custom" ?selected=${current === 'custom'} disabled>${l10n.t('Custom')}</option>
  </select>`;
}

function presetTitle(name: PresetName): string {
  return {
    vgg: 'VGG 2×2 / 2',
    alexnet: 'AlexNet 3×3 / 2',
    resnet: 'ResNet 3×3 / 2, p1',
    inception: 'Inception 3×3 / 1, p1',
    global: l10n.t('Global'),
  }[name];
}

function colourModes({ mode, info, onMode }: ToolbarProps): TemplateResult {
  const choices: Choice<ColourMode>[] = [
    { value: 'grey', title: l10n.t('Grey') },
    {
      value: 'colour',
      title: l10n.t('Colour'),
      ...(info.channels < 3 && { impossible: l10n.t('The file holds grey values only') }),
    },
  ];
  if (info.channels === 4) choices.push({ value: 'alpha', title: l10n.t('With alpha') });
  return segments(l10n.t('Channels'), 'mode', choices, mode, onMode);
}

function orientation({ info, orient, onOrient }: ToolbarProps): TemplateResult | typeof nothing {
  if (info.orientation === 1) return nothing;
  return checkbox(
    l10n.t('EXIF orientation'),
    l10n.t('Turn the picture as the file asks, as cv2.imread and VS Code do'),
    orient,
    false,
    onOrient,
  );
}
