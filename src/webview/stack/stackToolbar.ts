/** The knobs of a stack that belong to no single layer: preset, input, and one more layer. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Framework } from '../../core/options';
import type { Shape } from '../../core/tensor';
import { segments } from '../fields';
import { icon } from '../icon';
import { typedNumber } from '../typedNumber';
import { addLayer, hasRoom, presetStack } from './editStack';
import type { StackChoices } from './stackChoices';
import { type PresetChoice, stackPresetNames, stackPresets } from './stackPresets';

export interface StackToolbarProps {
  readonly choices: StackChoices;
  readonly framework: Framework;
  /** The picture's tensor. */
  readonly picture: Shape;
  readonly onStack: (stack: StackChoices) => void;
}

export function stackRow(props: StackToolbarProps): TemplateResult {
  const { choices } = props;
  return html`<div class="row pooling">
    ${presets(props)}
    <button type="button" class="icon" name="add" aria-disabled=${!hasRoom(choices)} title=${l10n.t('Add a layer at the end')} @click=${() => add(props)}>
      ${icon('add')} ${l10n.t('Layer')}
    </button>
    ${inputChoice(props)}
  </div>`;
}

/** The new layer has the focus: it may lie below what is in sight. */
function add({ choices, onStack }: StackToolbarProps): void {
  if (!hasRoom(choices)) return;
  onStack(addLayer(choices));
  const rows = document.querySelectorAll<HTMLElement>('.layers tr[data-layer] select[name=kind]');
  rows[rows.length - 1]?.focus();
}

function presets({ choices, framework, onStack }: StackToolbarProps): TemplateResult {
  const current = choices.preset ? keyOf(choices.preset) : 'custom';
  const all = (['network', 'poolings'] as const).map(part => ({
    part,
    presets: stackPresetNames.map((name): PresetChoice => ({ name, part })).filter(hasLayers),
  }));
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    const chosen = all.flatMap(group => group.presets).find(preset => keyOf(preset) === value);
    if (chosen) onStack(presetStack(choices, chosen, framework));
  };
  const groups = { network: l10n.t('With convolutions'), poolings: l10n.t('Only the poolings: channels stay') };
  return html`<select name="stack" aria-label=${l10n.t('Network')} title=${l10n.t('The layers of well-known networks')} .value=${live(current)} @change=${choose}>
    ${all.map(
      ({ part, presets }) => html`<optgroup label=${groups[part]}>
        ${presets.map(preset => html`<option value=${keyOf(preset)} ?selected=${keyOf(preset) === current}>${presetTitle(preset)}</option>`)}
      </optgroup>`,
    )}
    <option value="custom" ?selected=${current === 'custom'} disabled>${l10n.t('Custom')}</option>
  </select>`;
}

/** A branch without a pooling of its own, or a network with only convolutions, would be empty. */
function hasLayers({ name, part }: PresetChoice): boolean {
  return part === 'network' || stackPresets[name].layers.some(([kind]) => kind !== 'conv');
}

function keyOf({ name, part }: PresetChoice): string {
  return `${name} ${part}`;
}

function presetTitle({ name, part }: PresetChoice): string {
  const { network } = stackPresets[name];
  if (part === 'poolings') return l10n.t('{0}: its poolings', network);
  const parts: Readonly<Partial<Record<typeof name, string>>> = {
    resnet18: l10n.t('{0}: main path', network),
    resnet50: l10n.t('{0}: stem and head', network),
    inception: l10n.t('{0}: pooling branch', network),
  };
  return parts[name] ?? network;
}

/** Of a size that is typed in: what pixels see is followed along whole rows and columns. */
const longestSide = 1_000_000;

function inputChoice({ choices, picture, onStack }: StackToolbarProps): TemplateResult {
  const { size } = choices;
  const [, channels, height, width] = picture;
  const names = [l10n.t('Channels of the input'), l10n.t('Height of the input'), l10n.t('Width of the input')];
  const field = (
    letter: string,
    value: number,
    at: number,
  ) => html`<label class="named"><span aria-hidden="true">${letter}</span><input
    type="number"
    class="narrow"
    required
    min="1"
    max=${longestSide}
    step="1"
    aria-label=${names[at]}
    title=${names[at]}
    ${typedNumber(value)}
    @input=${(event: Event) => {
      const typed = (event.target as HTMLInputElement).valueAsNumber;
      if (size && Number.isSafeInteger(typed) && typed > 0 && typed <= longestSide) {
        onStack({ ...choices, size: size.with(at, typed) as unknown as typeof size });
      }
    }}
  /></label>`;
  return html`<fieldset>
    <legend><span class="label">${l10n.t('Input')}</span></legend>
    ${segments(
      l10n.t('Input'),
      'input-size',
      [
        { value: 'picture', title: l10n.t('This picture'), meaning: `${channels} × ${height} × ${width}` },
        { value: 'typed', title: l10n.t('Another size'), meaning: l10n.t('Shapes only, for example 3 × 224 × 224') },
      ],
      size ? 'typed' : 'picture',
      chosen => onStack({ ...choices, size: chosen === 'typed' ? [channels, 224, 224] : null }),
    )}
    ${size ? [field('C', size[0], 0), field('H', size[1], 1), field('W', size[2], 2)] : nothing}
  </fieldset>`;
}
