/** The arithmetic behind one output value, as text. */
import * as l10n from '@vscode/l10n';
import { float32Text } from '../core/float32';
import type { ChannelReading, WindowReading } from '../core/inspect';
import { type OperatorName, operatorOf } from '../core/operators';
import type { PoolOptions } from '../core/options';
import type { PlannedLayer } from '../core/plan';
import { blurTaps, blurTerm } from './blur';
import { layerOf, type Plan } from './plan';
import { placeText } from './words';

/** How a value comes about. */
export interface Arithmetic {
  /** In words, for example `largest of 4`. */
  readonly note: string;
  /** With its numbers: `max(191, 193, 183, 190)`; empty if the window misses the picture. */
  readonly term: string;
  readonly value: string;
  /** Where the value lies in the input, or what the picture shows of it. */
  readonly consequence?: string;
}

/** Up to this many terms of a sum or a maximum are written out. */
const mostTerms = 9;

/** @param white the largest value a sample can have: 255, or 65535 for 16-bit pictures */
export function arithmeticOf(
  plan: Plan,
  operator: OperatorName,
  window: WindowReading,
  channel: number,
  white: number,
): Arithmetic | undefined {
  const reading = window.channels[channel];
  const layer = layerOf(plan, operator);
  if (!reading || !layer) return undefined;
  switch (reading.kind) {
    case 'selected':
      return ofSelected(operator, window, reading);
    case 'averaged':
      return ofAverage(layer, window, reading, white);
    case 'normed':
      return ofNorm(layer, window, reading, white);
    case 'blurred':
      return ofBlur(layer, window, reading, white);
    case 'median':
      return ofMedian(reading, white);
  }
}

type Reading<K extends ChannelReading['kind']> = ChannelReading & { readonly kind: K };

function ofSelected(
  operator: OperatorName,
  { inside }: WindowReading,
  { winner, index, value, values }: Reading<'selected'>,
): Arithmetic {
  const { numpy, sentences } = operatorOf(operator);
  if (!winner) return ofNothing(value);
  return {
    note: sentences ? l10n.t(sentences.picked, inside) : '',
    term: `${numpy}(${terms(values, inside, ', ')})`,
    value: float32Text(value),
    consequence: l10n.t('first at input {0} · flat index {1}', placeText(winner), String(index)),
  };
}

function ofNothing(value: number): Arithmetic {
  return { note: l10n.t('the window misses the picture'), term: '', value: float32Text(value) };
}

function ofAverage(
  { options }: PlannedLayer,
  { inside }: WindowReading,
  { sum, divisor, inTwo, value, values }: Reading<'averaged'>,
  white: number,
): Arithmetic {
  if (divisor === 0) return ofNothing(value);
  const listed = inside <= mostTerms && values ? `(${terms(values, inside, ' + ')})` : sumText(sum);
  return {
    note: inTwo
      ? l10n.t('sum ÷ height ÷ width of the window, each time rounded to float32')
      : divisorNote(options, inside, divisor),
    term: `${listed} ÷ ${inTwo ? inTwo.join(' ÷ ') : divisor}`,
    value: float32Text(value),
    consequence: shownText(value, white),
  };
}

function ofNorm(
  { axes }: PlannedLayer,
  { inside }: WindowReading,
  { norm, sum, scale, value, values }: Reading<'normed'>,
  white: number,
): Arithmetic {
  if (inside === 0) return ofNothing(value);
  const full = axes[0].kernel * axes[1].kernel;
  const listed = inside <= mostTerms && values !== undefined;
  const powers = listed ? terms(values, inside, ' + ', text => `${text}${powerText(norm)}`) : sumText(sum);
  const scaled = scale === 1 ? powers : `${listed ? `(${powers})` : powers} · ${full}/${inside}`;
  const isSum = listed || scale !== 1;
  const root = norm === 1 ? scaled : `${isSum ? `(${scaled})` : scaled}^(1/${norm})`;
  const note = l10n.t('root of the sum of {0} powers, p = {1}', inside, norm);
  const why = l10n.t(
    'ceil_mode: part of the window is beyond the picture, so the sum of {0} values is scaled up to {1}',
    inside,
    full,
  );
  return {
    note: scale === 1 ? note : `${note} · ${why}`,
    term: root,
    value: float32Text(value),
    consequence: shownText(value, white),
  };
}

/** `²`, `¹⁰`, `^1.5`; empty for a power of 1. */
function powerText(norm: number): string {
  if (norm === 1) return '';
  if (!Number.isInteger(norm)) return `^${norm}`;
  return Array.from(String(norm), digit => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])).join('');
}

function ofBlur(
  layer: PlannedLayer,
  window: WindowReading,
  { maxima, value }: Reading<'blurred'>,
  white: number,
): Arithmetic {
  return {
    note: l10n.t('maxima of {0} windows, weighted 1 2 1 down and across', layer.options.kernelSize.join('×')),
    term: blurTerm(blurTaps(layer, window, maxima)),
    value: float32Text(value),
    consequence: shownText(value, white),
  };
}

function ofMedian({ sorted, value }: Reading<'median'>, white: number): Arithmetic {
  const { length } = sorted;
  if (length === 0) return ofNothing(value);
  const [a, b] = [float32Text(sorted[length / 2 - 1] ?? 0), float32Text(sorted[length / 2] ?? 0)];
  const listed = length <= mostTerms ? Array.from(sorted, float32Text).join(', ') : l10n.t('{0} values', length);
  const isMean = length % 2 === 0 && !Number.isNaN(value);
  return {
    note: isMean ? l10n.t('mean of the middle two of {0}', length) : l10n.t('middle one of {0}', length),
    term: `median(${listed})${isMean ? ` = (${a} + ${b}) ÷ 2` : ''}`,
    value: float32Text(value),
    consequence: shownText(value, white),
  };
}

/** Sums of integers are exact far beyond float32's digits. */
function sumText(sum: number): string {
  return Number.isSafeInteger(sum) ? String(sum) : float32Text(sum);
}

/** What the picture shows of a value: of a 16-bit one its upper byte, without decimals; what is beyond the ends is clipped. */
function shownText(value: number, white: number): string {
  const exact = white > 255 ? value / 256 : value;
  // What is no number is shown as 0.
  const byte = Math.trunc(Math.min(255, Math.max(0, exact || 0)));
  if (value > white || value < 0) return l10n.t('shown as uint8 {0} (clipped)', byte);
  if (white > 255) return l10n.t('shown as uint8 {0} (÷ 256)', byte);
  const isWhole = exact === byte || Number.isNaN(exact);
  return isWhole ? l10n.t('shown as uint8 {0}', byte) : l10n.t('shown as uint8 {0} (truncated)', byte);
}

function divisorNote({ divisorOverride }: PoolOptions, inside: number, divisor: number): string {
  if (divisorOverride !== undefined) return l10n.t('sum ÷ divisor_override');
  if (divisor === inside) return l10n.t('sum ÷ number of values');
  return l10n.t('sum ÷ {0}: {1} values and {2} of padding', divisor, inside, divisor - inside);
}

/**
 * The values inside the input in order, or only how many they are if that is too long to read.
 * @param write what stands for one value, given its text
 */
function terms(
  values: Float32Array | undefined,
  inside: number,
  separator: string,
  write: (text: string) => string = text => text,
): string {
  if (!values || inside > mostTerms) return l10n.t('{0} values', inside);
  return Array.from(values)
    .filter(value => !Number.isNaN(value))
    .map(value => write(float32Text(value)))
    .join(separator);
}
