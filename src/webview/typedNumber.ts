import { onElement } from './onElement';

/**
 * Sets the text of a number field that may be empty, which null stands for. What is no number yet, such as a minus sign,
 * stays.
 */
export const typedOptional = onElement((input: HTMLInputElement, value: number | null) => {
  const typed = Number.isNaN(input.valueAsNumber) ? null : input.valueAsNumber;
  if (typed !== value) input.value = value === null ? '' : String(value);
});

/**
 * Sets a number field's text, unless it already stands for that number: `2.0`, on the way to `2.05`, stays as typed. NaN
 * is an empty field, while its number is being retyped: it stays, too.
 */
export const typedNumber = onElement((input: HTMLInputElement, value: number) => {
  if (!Number.isNaN(value) && input.valueAsNumber !== value) input.value = String(value);
});
