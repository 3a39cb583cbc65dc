/** Text fields of the table of layers. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Framework, Pair, RefusedOption } from '../../core/options';
import type { LayerChoice } from './layerChoice';
import type { LayerRefusal } from './stackPlan';
import { pairTyped, parsePair, sameNumbers, typedText } from './typedPair';

/** What the fields of one row share. */
export interface RowFields {
  /** The layer's number, from 1. */
  readonly place: number;
  readonly layer: LayerChoice;
  readonly framework: Framework;
  /** Why the layer is illegal, and the id of the element that says so. */
  readonly refusal: (LayerRefusal & { readonly id: string }) | undefined;
  readonly set: (part: Partial<LayerChoice>) => void;
}

interface FieldProps {
  /** The option that a refusal is about. */
  readonly option: RefusedOption['option'];
  /** Its name, in the column's heading or beside it. */
  readonly title: string;
  /** The name stands beside the field, which is under no heading of its own. */
  readonly isNamed?: boolean;
  readonly text: string;
  /** Shown while the field is empty: the value that applies then. */
  readonly placeholder?: string;
  /** Whether a text means the same as the present value. */
  readonly means: (typed: string) => boolean;
  readonly onText: (typed: string) => void;
}

/** A text field for one setting of a layer. */
export function textField(row: RowFields, field: FieldProps): TemplateResult {
  const { place, refusal } = row;
  const { option, title, isNamed = false, text, placeholder, means, onText } = field;
  // Without an option the whole layer is at fault, and no single field.
  const isRefused = refusal !== undefined && refusal.about?.option === option;
  const input = html`<input
    type="text"
    name=${option}
    aria-label=${l10n.t('{0} of layer {1}', title, place)}
    aria-invalid=${isRefused}
    aria-describedby=${isRefused ? refusal.id : nothing}
    placeholder=${placeholder ?? nothing}
    autocomplete="off"
    spellcheck="false"
    ${typedText({ text, means })}
    @input=${(event: Event) => onText((event.target as HTMLInputElement).value)}
  />`;
  return isNamed ? html`<label class="named"><span>${title}</span>${input}</label>` : input;
}

/** A field for one number, with its name beside it. */
export function numberText(
  row: RowFields,
  option: FieldProps['option'],
  title: string,
  value: number,
  onNumber: (value: number) => void,
): TemplateResult {
  const parse = (typed: string) => (typed.trim() === '' ? Number.NaN : Number(typed));
  return textField(row, {
    option,
    title,
    isNamed: true,
    text: String(value),
    means: typed => Object.is(parse(typed), value),
    onText: typed => onNumber(parse(typed)),
  });
}

/** A field for height and width. */
export function pairField(
  row: RowFields,
  option: FieldProps['option'],
  title: string,
  value: Pair,
  onPair: (value: Pair) => void,
  isNamed = false,
): TemplateResult {
  return textField(row, {
    option,
    title,
    isNamed,
    text: pairTyped(value),
    means: typed => sameNumbers(parsePair(typed), value),
    onText: typed => onPair(parsePair(typed)),
  });
}
