import { noChange } from 'lit-html';
import {
  Directive,
  type DirectiveResult,
  directive,
  type ElementPart,
  type PartInfo,
  PartType,
} from 'lit-html/directive.js';

/** Sets a number field's text, unless it already stands for that number: `2.0`, on the way to `2.05`, stays as typed. */
class TypedNumber extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('typedNumber() belongs to an element');
  }

  override update({ element }: ElementPart, [value]: [number]): typeof noChange {
    const input = element as HTMLInputElement;
    // NaN is an empty field, while its number is being retyped.
    if (!Number.isNaN(value) && input.valueAsNumber !== value) input.value = String(value);
    return noChange;
  }

  override render(_: number): typeof noChange {
    return noChange;
  }
}

/** The number in a field; NaN leaves the field as it is. */
export const typedNumber: (value: number) => DirectiveResult = directive(TypedNumber);
