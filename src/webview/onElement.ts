import { noChange } from 'lit-html';
import { Directive, type DirectiveResult, directive, type ElementPart } from 'lit-html/directive.js';

/** A directive that stands in a tag and changes its element by a value, at each rendering. */
export function onElement<E extends Element, T>(change: (element: E, value: T) => void): (value: T) => DirectiveResult {
  return directive(
    class extends Directive {
      override update({ element }: ElementPart, [value]: [T]): typeof noChange {
        change(element as E, value);
        return noChange;
      }

      override render(_: T): typeof noChange {
        return noChange;
      }
    },
  );
}
