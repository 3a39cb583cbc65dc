import { onElement } from './onElement';

/**
 * Sets a number field's text, unless it already stands for that number: `2.0`, on the way to `2.05`, stays as typed. NaN
 * is an empty field, while its number is being retyped: it stays, too.
 */
export const typedNumber = onElement((input: HTMLInputElement, value: number) => {
  if (!Number.isNaN(value) && input.valueAsNumber !== value) input.value = String(value);
});
