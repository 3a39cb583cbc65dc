/** Form controls of the toolbar. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Pair } from '../core/options';
import { refusalId } from './messages';
import type { FieldName } from './refusedFields';
import { typedNumber, typedOptional } from './typedNumber';

/** Toolbar state that every number field needs. */
interface FieldProps {
  /** Whether height and width change together. */
  readonly knobs: { readonly linked: boolean };
  /** The fields at fault, if the current knobs are refused. */
  readonly refused: readonly FieldName[];
}

/** One of several values to choose from. */
export interface Choice<T extends string | number> {
  readonly value: T;
  readonly title: string;
  /** Its tooltip. */
  readonly meaning?: string;
  /** Why it cannot be chosen; absent if it can. */
  readonly impossible?: string;
}

/** Radio buttons in a row, one per choice. */
export function segments<T extends string | number>(
  label: string,
  name: string,
  choices: readonly Choice<T>[],
  current: T,
  onChoice: (value: T) => void,
  isSmall = false,
): TemplateResult {
  return html`<span class=${isSmall ? 'segments small' : 'segments'} role="radiogroup" aria-label=${label}>
    ${choices.map(
      ({
        value,
        title,
        meaning,
        impossible,
      }) => html`<label class=${impossible ? 'disabled' : ''} title=${impossible ?? meaning ?? nothing}
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

/**
 * A labelled checkbox.
 * @param title its tooltip, if the label does not say enough
 */
export function checkbox(
  name: string,
  title: string | undefined,
  checked: boolean,
  disabled: boolean,
  onChange: (checked: boolean) => void,
): TemplateResult {
  return html`<label class="check" title=${title ?? nothing}
    ><input
      type="checkbox"
      name=${name}
      ?disabled=${disabled}
      .checked=${live(checked)}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />${name}</label
  >`;
}

/**
 * A checkbox that can be impossible for now: it keeps its value and can be reached, so that the reason can be read.
 * @param impossible why it cannot be changed; absent if it can
 */
export function possibleCheckbox(
  name: string,
  impossible: string | undefined,
  checked: boolean,
  onChange: (checked: boolean) => void,
): TemplateResult {
  return html`<label class="check" title=${impossible ?? nothing}
    ><input
      type="checkbox"
      name=${name}
      aria-disabled=${impossible === undefined ? nothing : true}
      aria-description=${impossible ?? nothing}
      .checked=${live(checked)}
      @click=${(event: Event) => (impossible === undefined ? undefined : event.preventDefault())}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />${name}</label
  >`;
}

/**
 * A button that is pressed or not.
 * @param title its tooltip, and its accessible name if its label is an icon
 */
export function toggle(
  name: string,
  title: string,
  label: string | TemplateResult,
  pressed: boolean,
  onChange: (pressed: boolean) => void,
): TemplateResult {
  return html`<button
    type="button"
    class="icon"
    name=${name}
    aria-pressed=${pressed}
    title=${title}
    aria-label=${typeof label === 'string' ? nothing : title}
    @click=${() => onChange(!pressed)}
  >${label}</button>`;
}

interface FieldStyle {
  /** The value is the framework's default, not set by the user. */
  readonly follows?: boolean;
  readonly disabled?: boolean;
  /** While linked, two equal numbers share one field. */
  readonly compact?: boolean;
  readonly narrow?: boolean;
  /** What an empty field stands for; absent if it needs a number. */
  readonly none?: string;
}

/**
 * Two number fields, height × width; while linked, each sets both numbers.
 * @param names the numbers that they stand for
 */
export function pairFields(
  props: FieldProps,
  label: string,
  names: readonly [FieldName, FieldName],
  value: Pair,
  smallest: number,
  onPair: (value: Pair) => void,
  style: FieldStyle = {},
): TemplateResult {
  const { linked } = props.knobs;
  const height = (typed: number) => onPair(linked ? [typed, typed] : [typed, value[1]]);
  const width = (typed: number) => onPair(linked ? [typed, typed] : [value[0], typed]);
  // An empty field is NaN. `Object.is` takes two NaN as equal, so the shared field stays while the user types in it.
  if (style.compact && linked && Object.is(value[0], value[1]))
    return numberField(props, label, names, value[0], smallest, height, style);
  return html`${numberField(props, l10n.t('{0} height', label), [names[0]], value[0], smallest, height, style)}<span
      class="times"
      aria-hidden="true"
      >×</span
    >${numberField(props, l10n.t('{0} width', label), [names[1]], value[1], smallest, width, style)}`;
}

/** Fields of one setting, with its label and tooltip. */
export function fieldset(label: string, title: string, kind: string, content: unknown): TemplateResult {
  return html`<fieldset class=${kind} title=${title}>
    <legend><span class="label">${label}</span></legend>
    ${content}
  </fieldset>`;
}

/** The number of a field that may be empty: null if it is. */
export function fromField(typed: number): number | null {
  return Number.isNaN(typed) ? null : typed;
}

/** What a field shows of a number that may be absent: it is empty then. */
export function toField(value: number | null): number {
  return value ?? Number.NaN;
}

/**
 * One number field. `onNumber` gets NaN while the field is empty.
 * @param names the numbers that it stands for
 */
export function numberField(
  { refused }: FieldProps,
  label: string,
  names: readonly FieldName[],
  value: number,
  smallest: number,
  onNumber: (value: number) => void,
  { follows = false, disabled = false, narrow = false, none }: FieldStyle = {},
): TemplateResult {
  const isRefused = !disabled && names.some(name => refused.includes(name));
  return html`<input
    type="number"
    class="${follows ? 'follows' : ''} ${narrow ? 'narrow' : ''}"
    aria-label=${label}
    aria-invalid=${isRefused}
    aria-describedby=${isRefused ? refusalId : nothing}
    min=${smallest}
    step="1"
    ?disabled=${disabled}
    placeholder=${none ?? nothing}
    ${none === undefined ? typedNumber(value) : typedOptional(fromField(value))}
    @input=${(event: Event) => onNumber((event.target as HTMLInputElement).valueAsNumber)}
  />`;
}
