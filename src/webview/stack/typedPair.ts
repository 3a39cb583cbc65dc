/** Pairs of numbers in one text field: `2` for both, `3, 2` for height and width. */
import type { Padding, Pair } from '../../core/options';
import { onElement } from '../onElement';

const separator = /\s*[,×x\s]\s*/;

/** The numbers of a text; NaN for what is no number. Empty for an empty text; `2,` is `2`, with more to come. */
function numbersIn(text: string): number[] {
  const trimmed = text.trim().replace(/^[([]\s*|\s*[)\]]$/g, '');
  const parts = trimmed.replace(/\s*[,×x]$/, '').split(separator);
  return trimmed === '' ? [] : parts.map(part => (part === '' ? Number.NaN : Number(part)));
}

/** One number is height and width; two are height, then width. NaN for anything else. */
export function parsePair(text: string): Pair {
  const [height = Number.NaN, width = height, ...more] = numbersIn(text);
  return more.length === 0 ? [height, width] : [Number.NaN, Number.NaN];
}

/** As {@link parsePair}; a word such as `None`, or nothing, is null: the input's size. */
export function parseSize(text: string): readonly [number | null, number | null] {
  const parts = text
    .trim()
    .replace(/^[([]\s*|\s*[)\]]$/g, '')
    .split(separator);
  const [height, width = height] = parts.map(part => (/^(none|)$/i.test(part) ? null : Number(part)));
  return parts.length <= 2 ? [height ?? null, width ?? null] : [Number.NaN, Number.NaN];
}

/** One number for all sides, height and width, or top, left, bottom and right as ONNX orders them; or `same`. */
export function parsePadding(text: string): Padding | 'same' {
  if (/^same$/i.test(text.trim())) return 'same';
  const numbers = numbersIn(text);
  const [top = Number.NaN, left = top, bottom = top, right = left] = numbers;
  if (numbers.length === 3 || numbers.length > 4) {
    return { top: Number.NaN, left: Number.NaN, bottom: Number.NaN, right: Number.NaN };
  }
  return { top, left, bottom, right };
}

/** Whether two lists have the same numbers; two NaN are equal, so that what is being retyped stays. */
export function sameNumbers(a: readonly (number | null)[], b: readonly (number | null)[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

/** A pair as it is typed: `2`, or `3, 2`. */
export function pairTyped([height, width]: readonly (number | null)[]): string {
  const text = (value: number | null | undefined) => (value === null || value === undefined ? 'None' : String(value));
  return Object.is(height, width) ? text(height) : `${text(height)}, ${text(width)}`;
}

/** A padding as it is typed. */
export function paddingTyped(padding: Padding | 'same' | 'sameLower'): string {
  if (typeof padding === 'string') return 'same';
  const { top, left, bottom, right } = padding;
  return top === bottom && left === right ? pairTyped([top, left]) : [top, left, bottom, right].join(', ');
}

/**
 * Sets a text field, unless what is typed in it already means the same: `2,` on the way to `2, 1` stays, and so does
 * what means nothing.
 */
export const typedText = onElement(
  (input: HTMLInputElement, { text, means }: { readonly text: string; readonly means: (typed: string) => boolean }) => {
    if (!means(input.value)) input.value = text;
  },
);
