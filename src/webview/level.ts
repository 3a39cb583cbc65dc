import { onElement } from './onElement';

/**
 * Gives an element a grey: 0 is black, 1 is white. Sets `--level`, from which the style sheet makes it: a style attribute
 * would be against the page's policy.
 */
export const level = onElement((element: HTMLElement, value: number) => {
  element.style.setProperty('--level', value.toFixed(3));
});
