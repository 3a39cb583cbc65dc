/**
 * The knobs as form controls that act on every input: what is pooled, and how. A narrow page shows the most used ones on
 * one line until it is asked for more.
 */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { frameworkNames, frameworks } from '../core/frameworks';
import { type OperatorName, operatorOf } from '../core/operators';
import type { Setting } from '../core/operators/operator';
import { type Framework, noPadding, type Pair, symmetricPadding } from '../core/options';
import { takes } from '../core/takes';
import type { ColourMode } from '../core/view';
import type { PictureInfo } from '../protocol';
import {
  type Choice,
  checkbox,
  fieldset,
  fromField,
  numberField,
  pairFields,
  segments,
  toField,
  toggle,
} from './fields';
import { icon } from './icon';
import {
  applyPreset,
  operatorsIn,
  type PageKnobs,
  type PresetName,
  presetGroups,
  presetNames,
  presetOf,
  shownStride,
  withLink,
  withPresetOperator,
} from './knobs';
import { refusalId } from './messages';
import { type FieldName, fieldsOf } from './refusedFields';

/** The values that the toolbar shows, and what its controls do. */
export interface ToolbarProps {
  readonly knobs: PageKnobs;
  /** The chosen poolings. */
  readonly operators: readonly OperatorName[];
  /** Whether other poolings can be chosen by a preset. */
  readonly canAdd: boolean;
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
  readonly onPreset: (knobs: PageKnobs, operators: readonly OperatorName[]) => void;
  readonly onMode: (mode: ColourMode) => void;
  readonly onOrient: (orient: boolean) => void;
  readonly onUnfold: (isUnfolded: boolean) => void;
  readonly onReset: () => void;
}

/** @param own the view's own knobs */
export function toolbar(props: ToolbarProps, own: TemplateResult | typeof nothing = nothing): TemplateResult {
  const { refused, isUnfolded, onUnfold } = props;
  const ignore = (event: Event) => event.preventDefault();
  return html`<form class=${isUnfolded ? 'knobs unfolded' : 'knobs'} aria-label=${l10n.t('Pooling options')} @submit=${ignore}>
    ${pictureRow(props, presets(props))} ${own}
    <div class="row pooling">
      ${settings(props)}
      <button type="button" class=${refused.length > 0 ? 'icon more refused' : 'icon more'} aria-expanded=${isUnfolded} @click=${() => onUnfold(!isUnfolded)}>
        ${isUnfolded ? l10n.t('Less') : l10n.t('More')}${icon(isUnfolded ? 'chevron-up' : 'chevron-down')}
      </button>
    </div>
  </form>`;
}

/** The poolings on the page. */
function shownOf({ knobs, operators }: ToolbarProps): readonly OperatorName[] {
  return operatorsIn(knobs.framework, operators);
}

/** What the fields of the settings are rendered from. */
interface SettingProps extends ToolbarProps {
  /** The poolings on the page. */
  readonly shown: readonly OperatorName[];
  readonly set: (part: Partial<PageKnobs>) => void;
}

/** The settings in order, and what is rendered of each. */
const settingRows: readonly (readonly [Setting, (props: SettingProps) => TemplateResult])[] = [
  ['kernelSize', kernel],
  ['stride', stride],
  ['padding', padding],
  ['dilation', dilation],
  ['ceilMode', ceilMode],
  ['countIncludePad', countIncludePad],
  ['divisorOverride', divisorOverride],
  ['norm', norm],
  ['outputSize', outputSize],
];

/** The settings that a pooling on the page takes. A field at fault is there in any case. */
function settings(props: ToolbarProps): (TemplateResult | typeof nothing)[] {
  const { knobs, onKnobs } = props;
  const all: SettingProps = { ...props, shown: shownOf(props), set: part => onKnobs({ ...knobs, ...part }) };
  // Nothing in the place of an absent one, so that no other changes its place while it is typed in.
  return settingRows.map(([setting, render]) => (isHere(setting, all) ? render(all) : nothing));
}

function isHere(setting: Setting, { knobs, shown, refused }: SettingProps): boolean {
  const fields: Partial<Record<Setting, readonly FieldName[]>> = fieldsOf;
  return takes(knobs.framework, shown, setting) || (fields[setting]?.some(field => refused.includes(field)) ?? false);
}

function kernel(props: SettingProps): TemplateResult {
  const { knobs, set } = props;
  const name = l10n.t('Kernel');
  return fieldset(name, l10n.t('Height × width of the window'), '', [
    pairFields(props, name, fieldsOf.kernelSize, knobs.kernel, 1, kernel => set({ kernel })),
    link(props),
  ]);
}

function link({ knobs, onKnobs }: SettingProps): TemplateResult {
  return toggle('linked', l10n.t('Change height and width together'), icon('link'), knobs.linked, linked =>
    onKnobs(withLink(knobs, linked)),
  );
}

function stride(props: SettingProps): TemplateResult {
  const { knobs, set } = props;
  const name = l10n.t('Stride');
  const follows = knobs.stride === 'default';
  const isKernel = frameworks[knobs.framework].defaultStride === 'kernel';
  const meaning = l10n.t('How far the window moves: usually as far as it is wide; less, and windows overlap');
  return fieldset(name, meaning, '', [
    pairFields(props, name, fieldsOf.stride, shownStride(knobs), 1, stride => set({ stride }), { follows }),
    toggle(
      'follow',
      isKernel ? l10n.t('Stride follows the kernel size') : l10n.t('Stride is 1 when it is not set'),
      isKernel ? l10n.t('= kernel') : '= 1',
      follows,
      follows => set({ stride: follows ? 'default' : shownStride(knobs) }),
    ),
  ]);
}

function dilation(props: SettingProps): TemplateResult {
  const { knobs, shown, set } = props;
  const name = l10n.t('Dilation');
  const isForAll = shown
    .filter(operator => operatorOf(operator).settings.includes('dilation'))
    .every(operator => takes(knobs.framework, [operator], 'dilation'));
  const meaning = isForAll
    ? l10n.t('The gap between the pixels of a window')
    : l10n.t('Max pooling only: the gap between the pixels of a window');
  const onPair = (dilation: Pair) => set({ dilation });
  return fieldset(
    name,
    meaning,
    'rare',
    pairFields(props, name, fieldsOf.dilation, knobs.dilation, 1, onPair, { compact: true }),
  );
}

function ceilMode({ knobs, set }: SettingProps): TemplateResult {
  return withoutSame(knobs, 'ceil_mode', l10n.t('Round the output size up instead of down'), knobs.ceilMode, ceilMode =>
    set({ ceilMode }),
  );
}

function countIncludePad({ knobs, set }: SettingProps): TemplateResult {
  return withoutSame(
    knobs,
    'count_include_pad',
    l10n.t('Average pooling only: padding counts in the divisor'),
    knobs.countIncludePad,
    countIncludePad => set({ countIncludePad }),
  );
}

/** 'same' leaves no room for these options: they are shown as off. */
function withoutSame(
  knobs: PageKnobs,
  name: string,
  title: string,
  value: boolean,
  onChange: (value: boolean) => void,
): TemplateResult {
  return html`<span class="rare">${checkbox(name, title, value && !isSame(knobs), isSame(knobs), onChange)}</span>`;
}

function divisorOverride(props: SettingProps): TemplateResult {
  const { knobs, set } = props;
  const name = 'divisor_override';
  const onNumber = (typed: number) => set({ divisorOverride: fromField(typed) });
  return fieldset(
    name,
    l10n.t('Average pooling only: the divisor of every sum; empty for the number of values'),
    'rare',
    numberField(props, name, fieldsOf.divisorOverride, toField(knobs.divisorOverride), 1, onNumber, {
      none: 'None',
      disabled: isSame(knobs),
    }),
  );
}

function norm(props: SettingProps): TemplateResult {
  const { knobs, set } = props;
  const name = l10n.t('Norm p');
  return fieldset(
    name,
    l10n.t('Lᵖ pooling only: the power of each value, and the root of their sum'),
    rareBeside('kernelSize', props),
    numberField(props, name, fieldsOf.norm, knobs.norm, 1, norm => set({ norm })),
  );
}

function outputSize(props: SettingProps): TemplateResult {
  const { knobs, set } = props;
  const name = l10n.t('Output size');
  const [height, width] = knobs.outputSize;
  return fieldset(
    name,
    l10n.t('Adaptive pooling only: height × width of the output; empty for the input’s'),
    rareBeside('kernelSize', props),
    [
      pairFields(
        props,
        name,
        fieldsOf.outputSize,
        [toField(height), toField(width)],
        0,
        ([height, width]) => set({ outputSize: [fromField(height), fromField(width)] }),
        { none: 'None' },
      ),
      isHere('kernelSize', props) ? nothing : link(props),
    ],
  );
}

/** Beside a more usual setting, a narrow page shows a setting only when it is asked for more. */
function rareBeside(usual: Setting, props: SettingProps): string {
  return isHere(usual, props) ? 'rare' : '';
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
function padding(props: SettingProps): TemplateResult {
  const { knobs, set } = props;
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

function presets(props: ToolbarProps): TemplateResult {
  const { knobs, operators, picture, onPreset } = props;
  const current = presetOf(knobs, shownOf(props), picture) ?? 'custom';
  const choose = (event: Event) => {
    const chosen = presetNames.find(name => name === (event.target as HTMLSelectElement).value);
    if (chosen) onPreset(applyPreset(chosen, knobs, picture), withPresetOperator(chosen, operators));
  };
  const option = (name: PresetName, isThere: boolean) =>
    html`<option value=${name} ?selected=${name === current} ?disabled=${!isThere}>${presetTitle(name)}</option>`;
  const group = (operator: OperatorName | undefined, names: readonly PresetName[]) => {
    if (!operator) return names.map(name => option(name, true));
    const isThere = operatorsIn(knobs.framework, [operator]).length > 0;
    if (!props.canAdd && !operators.includes(operator)) return nothing;
    return html`<optgroup label=${l10n.t(operatorOf(operator).longTitle)}>${names.map(name => option(name, isThere))}</optgroup>`;
  };
  return html`<select name="preset" aria-label=${l10n.t('Preset')} title=${l10n.t('The poolings of well-known networks')} .value=${live(current)} @change=${choose}>
    ${[...presetGroups()].map(([operator, names]) => group(operator, names))}
    <option value="custom" ?selected=${current === 'custom'} disabled>${l10n.t('Custom')}</option>
  </select>`;
}

function presetTitle(name: PresetName): string {
  return {
    vgg: 'VGG 2×2 / 2',
    alexnet: 'AlexNet 3×3 / 2',
    resnet: 'ResNet 3×3 / 2, p1',
    inception: 'Inception 3×3 / 1, p1',
    densenet: 'DenseNet 2×2 / 2',
    vggHead: l10n.t('{0} head → {1}', 'VGG', '7×7'),
    resnetHead: l10n.t('{0} head → {1}', 'ResNet', '1×1'),
    squeezenet: 'SqueezeNet, NiN',
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
