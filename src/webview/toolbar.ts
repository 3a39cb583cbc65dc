/** The knobs: real form controls that act while they move. Two rows: what is shown, and the pooling itself. */
import * as l10n from '@vscode/l10n';
import { html, noChange, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { FRAMEWORKS } from '../core/framework';
import { frameworks, noPadding, type Padding, type Pair } from '../core/options';
import type { ColourMode, PictureInfo } from '../protocol';
import {
  applyPreset,
  frameworkNames,
  type Knobs,
  type PresetName,
  presetNames,
  presetOf,
  strideOf,
  withFramework,
} from './knobs';

export interface ToolbarProps {
  readonly knobs: Knobs;
  readonly mode: ColourMode;
  readonly orient: boolean;
  readonly info: PictureInfo;
  /** Height and width of the picture as it is looked at. */
  readonly picture: Pair;
  /** The present knobs are refused. */
  readonly invalid: boolean;
  readonly onKnobs: (knobs: Knobs) => void;
  readonly onMode: (mode: ColourMode) => void;
  readonly onOrient: (orient: boolean) => void;
}

export function toolbar(props: ToolbarProps, end: TemplateResult | typeof nothing): TemplateResult {
  const { knobs, onKnobs } = props;
  const traits = FRAMEWORKS[knobs.framework];
  const set = (part: Partial<Knobs>) => onKnobs({ ...knobs, ...part });
  const ignore = (event: Event) => event.preventDefault();
  return html`<form class="knobs" aria-label=${l10n.t('Pooling options')} @submit=${ignore}>
    <div class="row">
      ${segments(
        l10n.t('Framework'),
        'framework',
        frameworks.map(value => ({ value, title: frameworkNames[value] })),
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
        ${pairFields(props, l10n.t('Stride'), strideOf(knobs), 1, stride => set({ stride }), { follows: knobs.stride === 'default' })}
        <button
          type="button"
          class="icon"
          name="follow"
          aria-pressed=${knobs.stride === 'default'}
          title=${traits.defaultStride === 'kernel' ? l10n.t('Stride follows the kernel size') : l10n.t('Stride is 1 when it is not set')}
          @click=${() => set({ stride: knobs.stride === 'default' ? strideOf(knobs) : 'default' })}
        >${traits.defaultStride === 'kernel' ? l10n.t('= kernel') : '= 1'}</button>
      </fieldset>
      ${padding(props, set)}
      ${
        traits.dilation.length > 0
          ? html`<fieldset title=${traits.dilation.includes('average') ? nothing : l10n.t('Max pooling only: the gap between the pixels of a window')}>
              <legend><span class="label">${l10n.t('Dilation')}</span></legend>
              ${pairFields(props, l10n.t('Dilation'), knobs.dilation, 1, dilation => set({ dilation }), { compact: true })}
            </fieldset>`
          : nothing
      }
      ${
        traits.ceilMode
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
        traits.countIncludePad === undefined
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

/** PyTorch pads by numbers, to which we add 'same'; Keras names its two ways; ONNX has four sides or a rule. */
function padding(props: ToolbarProps, set: (part: Partial<Knobs>) => void): TemplateResult {
  const { knobs } = props;
  const { padding: value } = knobs;
  const sides = typeof value === 'string' ? noPadding : value;
  const label = l10n.t('Padding');
  const ways = (options: readonly (readonly [way: string, title: string])[], current: string) => html`<select
    name="padding"
    aria-label=${label}
    .value=${live(current)}
    @change=${(event: Event) => {
      const way = (event.target as HTMLSelectElement).value;
      set({ padding: way === 'same' || way === 'sameLower' ? way : noPadding });
    }}
  >
    ${options.map(([way, title]) => html`<option value=${way} ?selected=${way === current}>${title}</option>`)}
  </select>`;
  const current = typeof value === 'string' ? value : 'none';
  switch (knobs.framework) {
    case 'pytorch':
      return html`<fieldset>
        <legend><span class="label">${label}</span></legend>
        ${pairFields(
          props,
          label,
          [sides.top, sides.left],
          0,
          ([vertical, horizontal]) =>
            set({ padding: { top: vertical, bottom: vertical, left: horizontal, right: horizontal } }),
          { disabled: isSame(knobs), compact: true },
        )}
        ${checkbox('same', l10n.t('Pad as Keras does for padding="same"'), isSame(knobs), false, same => set({ padding: same ? 'same' : noPadding }))}
      </fieldset>`;
    case 'keras':
      return html`<fieldset>
        <legend><span class="label">${label}</span></legend>
        ${ways(
          [
            ['none', 'valid'],
            ['same', 'same'],
          ],
          current,
        )}
      </fieldset>`;
    case 'onnx':
      return html`<fieldset>
        <legend><span class="label">${label}</span></legend>
        ${
          typeof value === 'string'
            ? nothing
            : (
                [
                  ['top', l10n.t('Padding top'), '↑'],
                  ['left', l10n.t('Padding left'), '←'],
                  ['bottom', l10n.t('Padding bottom'), '↓'],
                  ['right', l10n.t('Padding right'), '→'],
                ] as const
              ).map(
                ([side, name, arrow]) =>
                  html`<span class="times" aria-hidden="true">${arrow}</span>${numberField(
                    props,
                    name,
                    value[side],
                    0,
                    typed => set({ padding: knobs.linked ? allSides(typed) : { ...value, [side]: typed } }),
                    { narrow: true },
                  )}`,
              )
        }
        ${ways(
          [
            ['none', 'pads'],
            ['same', 'SAME_UPPER'],
            ['sameLower', 'SAME_LOWER'],
          ],
          current,
        )}
      </fieldset>`;
  }
}

function allSides(pad: number): Padding {
  return { top: pad, bottom: pad, left: pad, right: pad };
}

function isSame({ padding }: Knobs): boolean {
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
  switch (name) {
    case 'vgg':
      return 'VGG 2×2 / 2';
    case 'alexnet':
      return 'AlexNet 3×3 / 2';
    case 'resnet':
      return 'ResNet 3×3 / 2, p1';
    case 'inception':
      return 'Inception 3×3 / 1, p1';
    case 'global':
      return l10n.t('Global');
  }
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

interface Choice<T extends string> {
  readonly value: T;
  readonly title: string;
  /** Why it cannot be chosen. */
  readonly impossible?: string;
}

/** One of a few, as radio buttons in a row. */
function segments<T extends string>(
  label: string,
  name: string,
  choices: readonly Choice<T>[],
  current: T,
  onChoice: (value: T) => void,
): TemplateResult {
  return html`<span class="segments" role="radiogroup" aria-label=${label}>
    ${choices.map(
      ({ value, title, impossible }) => html`<label class=${impossible ? 'disabled' : ''} title=${impossible ?? nothing}
        ><input
          type="radio"
          name=${name}
          value=${value}
          ?disabled=${impossible !== undefined}
          .checked=${live(current === value)}
          @change=${() => onChoice(value)}
        />${title}</label
      >`,
    )}
  </span>`;
}

function checkbox(
  name: string,
  title: string,
  checked: boolean,
  disabled: boolean,
  onChange: (checked: boolean) => void,
): TemplateResult {
  return html`<label class="check" title=${title}
    ><input
      type="checkbox"
      name=${name}
      ?disabled=${disabled}
      .checked=${live(checked)}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />${name}</label
  >`;
}

interface FieldStyle {
  /** The value is the framework's default, not chosen. */
  readonly follows?: boolean;
  readonly disabled?: boolean;
  /** While linked, two equal numbers are one field. */
  readonly compact?: boolean;
  readonly narrow?: boolean;
}

/** Two number fields, height × width; while linked, each sets both. */
function pairFields(
  props: ToolbarProps,
  name: string,
  value: Pair,
  smallest: number,
  onPair: (value: Pair) => void,
  style: FieldStyle = {},
): TemplateResult {
  const { linked } = props.knobs;
  const height = (typed: number) => onPair(linked ? [typed, typed] : [typed, value[1]]);
  const width = (typed: number) => onPair(linked ? [typed, typed] : [value[0], typed]);
  // An empty field is NaN, twice: it must stay the one that is being typed in.
  if (style.compact && linked && Object.is(value[0], value[1]))
    return numberField(props, name, value[0], smallest, height, style);
  return html`${numberField(props, l10n.t('{0} height', name), value[0], smallest, height, style)}<span
      class="times"
      aria-hidden="true"
      >×</span
    >${numberField(props, l10n.t('{0} width', name), value[1], smallest, width, style)}`;
}

function numberField(
  { invalid }: ToolbarProps,
  label: string,
  value: number,
  smallest: number,
  onNumber: (value: number) => void,
  { follows = false, disabled = false, narrow = false }: FieldStyle = {},
): TemplateResult {
  return html`<input
    type="number"
    class="${follows ? 'follows' : ''} ${narrow ? 'narrow' : ''}"
    aria-label=${label}
    aria-invalid=${invalid}
    min=${smallest}
    step="1"
    ?disabled=${disabled}
    .value=${Number.isNaN(value) ? noChange : live(String(value))}
    @input=${(event: Event) => onNumber((event.target as HTMLInputElement).valueAsNumber)}
  />`;
}
