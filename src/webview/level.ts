import { noChange } from 'lit-html';
import {
  Directive,
  type DirectiveResult,
  directive,
  type ElementPart,
  type PartInfo,
  PartType,
} from 'lit-html/directive.js';

/** Sets `--level`, from which the style sheet makes a grey: a style attribute would be against the page's policy. */
class Level extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('level() belongs to an element');
  }

  override update({ element }: ElementPart, [value]: [number]): typeof noChange {
    (element as HTMLElement).style.setProperty('--level', value.toFixed(3));
    return noChange;
  }

  override render(_: number): typeof noChange {
    return noChange;
  }
}

/** Gives an element a grey: 0 is black, 1 is white. */
export const level: (value: number) => DirectiveResult = directive(Level);
