/**
 * The knobs as form controls that act on every input: what is pooled, and how. A narrow page shows the most used ones on
 * one line until it is asked for more.
 */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { frameworkNames, frameworks } from '../core/frameworks';
import { operatorNames, operators } from '../core/operators';
import { type Framework, noPadding, type Pair, symmetricPadding } from '../core/options';
import type { ColourMode } from '../core/view';
import type { PictureInfo } from '../protocol';
import { type Choice, checkbox, numberField, pairFields, segments, toggle } from './fields';
import { icon } from './icon';
import {
  applyPreset,
  type PageKnobs,
  type PresetName,
  presetNames,
  presetOf,
  shownStride,
  takesDilation,
  withLink,
} from './knobs';
import { refusalId } from './messages';
import type { FieldName } from './refusedFields';

/** The values that the toolbar shows, and what its controls do. */
export interface ToolbarProps {
  readonly knobs: PageKnobs;
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly info: PictureInfo;
  /** Height and width of the picture in the chosen orientation. */
  readonly picture: Pair;
  /** The fields at fault, if the current knobs are refused. */
  readonly refused: readonly FieldName[];
  /** Whether a narrow page shows all knobs. */
  readonly isUnfolded: boolean;
  /** Whether everything stands as the settings say. */
  readonly isAtDefaults: boolean;
  readonly onKnobs: (knobs: PageKnobs) => void;
  readonly onFramework: (framework: Framework) => void;
  readonly onMode: (mode: ColourMode) => void;
  readonly onOrient: (orient: boolean) => void;
  readonly onUnfold: (isUnfolded: boolean) => void;
  readonly onReset: () => void;
}

export function toolbar(props: ToolbarProps): TemplateResult {
  const { knobs, refused, isUnfolded, onKnobs, onUnfold } = props;
  const rules = frameworks[knobs.framework];
  const set = (part: Partial<PageKnobs>) => onKnobs({ ...knobs, ...part });
  const ignore = (event: Event) => event.preventDefault();
  // 'same' leaves no room for these options: they are shown as off.
  const withoutSame = (name: string, title: string, value: boolean, onChange: (value: boolean) => void) =>
    html`<span class="rare">${checkbox(name, title, value && !isSame(knobs), isSame(knobs), onChange)}</span>`;
  return html`<form class=${isUnfolded ? 'knobs unfolded' : 'knobs'} aria-label=${l10n.t('Pooling options')} @submit=${ignore}>
    ${pictureRow(props, presets(props))}
    <div class="row pooling">
      <fieldset title=${l10n.t('Height × width of the window')}>
        <legend><span class="label">${l10n.t('Kernel')}</span></legend>
        ${pairFields(props, l10n.t('Kernel'), ['kernelHeight', 'kernelWidth'], knobs.kernel, 1, kernel => set({ kernel }))}
        ${toggle('linked', l10n.t('Change height and width together'), icon('link'), knobs.linked, linked => onKnobs(withLink(knobs, linked)))}
      </fieldset>
      <fieldset title=${l10n.t('How far the window moves: usually as far as it is wide; less, and windows overlap')}>
        <legend><span class="label">${l10n.t('Stride')}</span></legend>
        ${pairFields(props, l10n.t('Stride'), ['strideHeight', 'strideWidth'], shownStride(knobs), 1, stride => set({ stride }), { follows: knobs.stride === 'default' })}
        ${toggle(
          'follow',
          rules.defaultStride === 'kernel'
            ? l10n.t('Stride follows the kernel size')
            : l10n.t('Stride is 1 when it is not set'),
          rules.defaultStride === 'kernel' ? l10n.t('= kernel') : '= 1',
          knobs.stride === 'default',
          follows => set({ stride: follows ? 'default' : shownStride(knobs) }),
        )}
      </fieldset>
      ${padding(props, set)}
      ${
        takesDilation(knobs.framework)
          ? html`<fieldset class="rare" title=${operatorNames.every(name => operators[name].calls[knobs.framework]?.dilation === 'taken') ? l10n.t('The gap between the pixels of a window') : l10n.t('Max pooling only: the gap between the pixels of a window')}>
              <legend><span class="label">${l10n.t('Dilation')}</span></legend>
              ${pairFields(props, l10n.t('Dilation'), ['dilationHeight', 'dilationWidth'], knobs.dilation, 1, dilation => set({ dilation }), { compact: true })}
            </fieldset>`
          : nothing
      }
      ${
        rules.ceilMode
          ? withoutSame('ceil_mode', l10n.t('Round the output size up instead of down'), knobs.ceilMode, ceilMode =>
              set({ ceilMode }),
            )
          : nothing
      }
      ${
        rules.countIncludePad === undefined
          ? nothing
          : withoutSame(
              'count_include_pad',
              l10n.t('Average pooling only: padding counts in the divisor'),
              knobs.countIncludePad,
              countIncludePad => set({ countIncludePad }),
            )
      }
      <button type="button" class=${refused.length > 0 ? 'icon more refused' : 'icon more'} aria-expanded=${isUnfolded} @click=${() => onUnfold(!isUnfolded)}>
        ${isUnfolded ? l10n.t('Less') : l10n.t('More')}${icon(isUnfolded ? 'chevron-up' : 'chevron-down')}
      </button>
    </div>
  </form>`;
}

/**
 * Framework, channels and orientation, which every view has.
 * @param presets the view's own, if they stand in this row
 */
export function pictureRow(props: ToolbarProps, presets: TemplateResult | typeof nothing): TemplateResult {
  const { knobs, onFramework } = props;
  return html`<div class="row picture">
      ${segments(
        l10n.t('Framework'),
        'framework',
        frameworkNames.map(value => ({ value, title: frameworks[value].title })),
        knobs.framework,
        onFramework,
      )}
      ${presets} ${colourModes(props)} ${orientation(props)}
      <button
        type="button"
        class="icon"
        name="reset"
        aria-disabled=${props.isAtDefaults}
        title=${l10n.t('Put everything back as the settings say')}
        @click=${() => (props.isAtDefaults ? undefined : props.onReset())}
      >${icon('discard')} ${l10n.t('Reset')}</button>
    </div>`;
}

/**
 * Padding by numbers, by named rules or by both, as the framework has it. One without rules gets Keras' 'same' as a
 * checkbox.
 */
function padding(props: ToolbarProps, set: (part: Partial<PageKnobs>) => void): TemplateResult {
  const { knobs } = props;
  const { padsBy, paddingRules } = frameworks[knobs.framework];
  const numbers = { nothing: () => nothing, axes: paddingOfAxes, sides: paddingOfSides }[padsBy];
  return html`<fieldset class="padding" title=${l10n.t('Rows and columns around the picture: −∞ for max, 0 for average')}>
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
  return pairFields(
    props,
    l10n.t('Padding'),
    ['paddingTop', 'paddingLeft'],
    [top, left],
    0,
    pads => set({ padding: symmetricPadding(pads) }),
    {
      disabled: isSame(props.knobs),
      compact: true,
    },
  );
}

function paddingOfSides(props: ToolbarProps, set: (part: Partial<PageKnobs>) => void) {
  const { padding: value, linked } = props.knobs;
  if (typeof value === 'string') return nothing;
  const sides = [
    ['top', 'paddingTop', l10n.t('Padding top'), '↑'],
    ['left', 'paddingLeft', l10n.t('Padding left'), '←'],
    ['bottom', 'paddingBottom', l10n.t('Padding bottom'), '↓'],
    ['right', 'paddingRight', l10n.t('Padding right'), '→'],
  ] as const;
  return sides.map(
    ([side, name, label, arrow]) =>
      html`<span class="times" aria-hidden="true">${arrow}</span>${numberField(
        props,
        label,
        [name],
        value[side],
        0,
        typed => set({ padding: linked ? symmetricPadding([typed, typed]) : { ...value, [side]: typed } }),
        { narrow: true },
      )}`,
  );
}

function paddingRule({ knobs, refused }: ToolbarProps, set: (part: Partial<PageKnobs>) => void): TemplateResult {
  const rules = frameworks[knobs.framework].paddingRules;
  const current = typeof knobs.padding === 'string' ? knobs.padding : 'none';
  const isRefused = refused.includes('paddingRule');
  return html`<select
    name="padding"
    aria-invalid=${isRefused}
    aria-describedby=${isRefused ? refusalId : nothing}
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
  return html`<select name="preset" aria-label=${l10n.t('Preset')} title=${l10n.t('The poolings of well-known networks')} .value=${live(current)} @change=${choose}>
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
    global: l10n.t('Global (whole picture)'),
  }[name];
}

function colourModes({ mode, info, onMode }: ToolbarProps): TemplateResult {
  const choices: Choice<ColourMode>[] = [
    { value: 'grey', title: l10n.t('Grey'), meaning: l10n.t('One channel, as cv2.IMREAD_GRAYSCALE reads it') },
    {
      value: 'colour',
      title: l10n.t('Colour'),
      meaning: l10n.t('Three channels: red, green and blue are pooled each by itself'),
      ...(info.channels < 3 && { impossible: l10n.t('The file holds grey values only') }),
    },
  ];
  if (info.channels === 4) {
    choices.push({
      value: 'alpha',
      title: l10n.t('With alpha'),
      meaning: l10n.t('Four channels: transparency is pooled like a colour'),
    });
  }
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
