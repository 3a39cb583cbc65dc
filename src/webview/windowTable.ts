/** A window's values as a table, coloured by value. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { float32Text } from '../core/float32';
import type { TapLine, WindowReading } from '../core/inspect';
import { operatorOf } from '../core/operators';
import { countsPadding } from '../core/options';
import type { PlannedLayer } from '../core/plan';
import { blurTable, blurTaps } from './blur';
import { checkbox } from './fields';
import { level } from './level';
import { filledRules, wholeText } from './windowRule';
import { placeWords } from './words';

/** What the table shows. */
export interface WindowTableProps {
  readonly layer: PlannedLayer;
  readonly window: WindowReading;
  /** The same window without the noise, if there is one. */
  readonly before: WindowReading | undefined;
  readonly channel: number;
  /** Whether the values of a large window are written out, not only coloured. */
  readonly numbers: boolean;
  readonly onNumbers: (numbers: boolean) => void;
  /** The largest value a sample can have. */
  readonly white: number;
}

/** A table of up to this many columns fits any pane. */
const widestFitting = 3;

/** Windows of up to this many rows and columns always show numbers. */
const numbersAtOnce = 8;

/** A window's values; with them the rule that an adaptive window follows, and the maxima of which a blur is made. */
export function windowTable(props: WindowTableProps): TemplateResult {
  const { layer, window, channel, white } = props;
  const whole = wholeText(layer);
  if (whole !== undefined) return html`<p class="quiet">${whole}</p>`;
  const reading = window.channels[channel];
  return html`${filledRules(layer, window).map(
    ({ name, formula, meaning }) =>
      html`<p class="rule">${name} <code>${formula}</code> <span class="quiet">(${meaning})</span></p>`,
  )}
  ${values(props)}
  ${reading?.kind === 'blurred' ? blurTable(blurTaps(layer, window, reading.maxima), white) : nothing}`;
}

/** Taps outside the input are marked as padding or beyond it. */
function values(props: WindowTableProps): TemplateResult {
  const { window, channel } = props;
  const { rows, columns } = window;
  const [height, width] = window.size;
  const size = `${height} × ${width}`;
  if (!window.channels[channel]?.values) {
    return html`<p class="quiet">${l10n.t('{0} values, too many to list', size)}</p>`;
  }
  const isLarge = height > numbersAtOnce || width > numbersAtOnce;
  const written = !isLarge || props.numbers;
  const header = (scope: 'row' | 'col', { at }: TapLine) => html`<th scope=${scope}><span>${at}</span></th>`;
  // Wider than its column, it scrolls there, also by keyboard.
  return html`<div class="window-frame" tabindex=${width > widestFitting ? 0 : nothing} role="group" aria-label=${l10n.t('Window of {0} values', size)}>
    <table
      class="window ${written ? '' : 'heat'} ${isGapped(rows) || isGapped(columns) ? 'gaps' : ''}"
      aria-label=${l10n.t('Window of {0} values', size)}
    >
      <thead>
        <tr>
          <td></td>
          ${columns.map(column => header('col', column))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, i) => html`<tr>
            ${header('row', row)} ${columns.map((column, j) => cell(props, row, column, i * width + j, written))}
          </tr>`,
        )}
      </tbody>
    </table></div>
    ${isLarge ? checkbox(l10n.t('Numbers'), undefined, props.numbers, false, props.onNumbers) : nothing}`;
}

function cell(
  { window, before, channel, layer, white }: WindowTableProps,
  row: TapLine,
  column: TapLine,
  index: number,
  written: boolean,
): TemplateResult {
  const reading = window.channels[channel]!;
  const value = reading.values![index]!;
  if (Number.isNaN(value)) {
    const isOutside = row.place === 'outside' || column.place === 'outside';
    const title = isOutside ? l10n.t('beyond the padding: never counted') : paddingTitle(layer);
    const text = written && !isOutside ? paddingText(layer) : nothing;
    return html`<td class=${isOutside ? 'outside' : 'padding'} title=${title}>${text}</td>`;
  }
  const winner = reading.kind === 'selected' ? reading.winner : undefined;
  const wins = winner?.x === column.at && winner.y === row.at;
  const text = float32Text(value);
  const was = before?.channels[channel]?.values?.[index];
  const old = was === undefined || was === value ? undefined : float32Text(was);
  const place = `${placeWords({ x: column.at, y: row.at })}: ${text}`;
  const title = old === undefined ? place : l10n.t('{0}, without noise {1}', place, old);
  const sentences = wins ? operatorOf(layer.operator).sentences : undefined;
  const name = sentences && `${text}, ${l10n.t(sentences.winner)}`;
  return html`<td
    class=${wins ? 'value winner' : 'value'}
    title=${title}
    aria-label=${name ?? nothing}
    ${level(value / white)}
  >${written ? text : nothing}${written && old !== undefined ? html`<s>${old}</s>` : nothing}</td>`;
}

function isGapped(lines: readonly TapLine[]): boolean {
  return (lines[1]?.at ?? 0) - (lines[0]?.at ?? 0) > 1;
}

function paddingText({ operator, options }: PlannedLayer): string {
  const { padding, divides } = operatorOf(operator);
  if (padding === 'inf') return float32Text(Infinity);
  if (padding === '-inf') return float32Text(-Infinity);
  return divides && countsPadding(options) ? '0' : '·';
}

function paddingTitle({ operator, options }: PlannedLayer): string {
  const { padding, sentences, divides } = operatorOf(operator);
  if (sentences) return l10n.t(sentences.padding);
  if (padding === 'reflect') return l10n.t('beyond the border, where maxima are reflected');
  if (!divides && padding === 0) return l10n.t('padding: 0, adds nothing to the sum');
  return divides && countsPadding(options)
    ? l10n.t('padding: 0, counted in the divisor')
    : l10n.t('padding: not counted');
}
