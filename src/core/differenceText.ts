/** What differs between two frameworks, as sentences in English with places for values; translated where they are shown. */
import type { Difference, Reason } from './compare';
import { type OperatorName, operatorOf } from './operators';
import { equalPadding, noPadding, type Padding } from './options';

/** A sentence, and what stands in its places `{0}`, `{1}`, …. */
export interface Sentence {
  readonly template: string;
  readonly values: readonly number[];
}

export const differenceSentences = {
  size: 'gives {0} × {1} instead of {2} × {3}',
  unpadded: 'does not pad',
  pads: 'pads {0} before and {1} after; here {2} and {3}',
  padsSides: 'pads rows {0} and {1}, columns {2} and {3}; here {4} and {5}, {6} and {7}',
  counts: 'counts padding in the average',
  doesNotCount: 'does not count padding in the average',
  ceilMode: 'has no ceil_mode: the last window is dropped',
  dilation: 'has no dilation',
  averageDilation: 'dilates the average differently',
  divisorOverride: 'cannot set the divisor',
} as const;

/** What the other framework does otherwise, its size first; nothing if it refuses: then there is its message. */
export function sentencesOf({ ours, theirs, reasons }: Difference, operator: OperatorName): Sentence[] {
  if (!theirs) return [];
  const isSized = ours[0] !== theirs[0] || ours[1] !== theirs[1];
  return [
    ...(isSized ? [sentence('size', ...theirs, ...ours)] : []),
    ...reasons.map(reason => reasonSentence(reason, operator)),
  ];
}

/** A sentence in English. */
export function englishOf({ template, values }: Sentence): string {
  return template.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));
}

function sentence(name: keyof typeof differenceSentences, ...values: readonly number[]): Sentence {
  return { template: differenceSentences[name], values };
}

function reasonSentence(reason: Reason, operator: OperatorName): Sentence {
  switch (reason.code) {
    case 'padding':
      return paddingSentence(reason);
    case 'countedPadding':
      return sentence(reason.theirs ? 'counts' : 'doesNotCount');
    case 'dilation':
      return sentence(operatorOf(operator).divides ? 'averageDilation' : 'dilation');
    case 'ceilMode':
    case 'divisorOverride':
      return sentence(reason.code);
  }
}

function paddingSentence({ ours, theirs }: Reason & { code: 'padding' }): Sentence {
  const isAlike = ({ top, bottom, left, right }: Padding) => top === left && bottom === right;
  const rows = ({ top, bottom }: Padding) => [top, bottom];
  const sides = (padding: Padding) => [...rows(padding), padding.left, padding.right];
  if (equalPadding(theirs, noPadding)) return sentence('unpadded');
  if (isAlike(ours) && isAlike(theirs)) return sentence('pads', ...rows(theirs), ...rows(ours));
  return sentence('padsSides', ...sides(theirs), ...sides(ours));
}
