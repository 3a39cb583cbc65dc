/** The arithmetic behind one output value, as text. */
import * as l10n from '@vscode/l10n';
import { float32Text } from '../core/float32';
import type { ChannelReading, WindowReading } from '../core/inspect';
import { type OperatorName, operatorOf } from '../core/operators';
import type { Plan } from './plan';
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
  if (!reading) return undefined;
  switch (reading.kind) {
    case 'selected':
      return ofSelected(operator, window, reading);
    case 'averaged':
      return ofAverage(plan, window, reading, white);
    default:
      return undefined;
  }
}

function ofSelected(
  operator: OperatorName,
  { inside }: WindowReading,
  { winner, index, value, values }: ChannelReading & { kind: 'selected' },
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
  plan: Plan,
  { inside }: WindowReading,
  { sum, divisor, value, values }: ChannelReading & { kind: 'averaged' },
  white: number,
): Arithmetic {
  if (divisor === 0) return ofNothing(value);
  const listed = inside <= mostTerms && values ? `(${terms(values, inside, ' + ')})` : sumText(sum);
  return {
    note: divisorNote(plan, inside, divisor),
    term: `${listed} ÷ ${divisor}`,
    value: float32Text(value),
    consequence: shownText(value, white),
  };
}

/** Sums of integers are exact far beyond float32's digits. */
function sumText(sum: number): string {
  return Number.isSafeInteger(sum) ? String(sum) : float32Text(sum);
}

/** What the picture shows of a value: of a 16-bit one its upper byte, without decimals. */
function shownText(value: number, white: number): string {
  const exact = white > 255 ? value / 256 : value;
  const byte = Math.trunc(Math.min(255, Math.max(0, exact)));
  if (white > 255) return l10n.t('shown as uint8 {0} (÷ 256)', byte);
  return exact === byte ? l10n.t('shown as uint8 {0}', byte) : l10n.t('shown as uint8 {0} (truncated)', byte);
}

function divisorNote({ options }: Plan, inside: number, divisor: number): string {
  if (options.divisorOverride !== undefined) return l10n.t('sum ÷ divisor_override');
  if (divisor === inside) return l10n.t('sum ÷ number of values');
  return l10n.t('sum ÷ {0}: {1} values and {2} of padding', divisor, inside, divisor - inside);
}

/** The values inside the input in order, or only how many they are if that is too long to read. */
function terms(values: Float32Array | undefined, inside: number, separator: string): string {
  if (!values || inside > mostTerms) return l10n.t('{0} values', inside);
  return Array.from(values)
    .filter(value => !Number.isNaN(value))
    .map(float32Text)
    .join(separator);
}
