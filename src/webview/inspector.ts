/** The arithmetic behind the inspected pixel, in words and numbers. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { type Axes, windowSpan } from '../core/axis';
import { float32Text } from '../core/float32';
import type { ChannelReading, Inspection, Uses, WindowReading } from '../core/inspect';
import { firstOperators, type OperatorName, operatorOf } from '../core/operators';
import { countsPadding } from '../core/options';
import { axesOf, operatorsOf, type Plan } from './plan';

/** What the inspector shows, and what its controls do. */
export interface InspectorProps {
  readonly plan: Plan;
  readonly inspection: Inspection | undefined;
  /** The channel whose values are shown. */
  readonly channel: number;
  readonly pinned: boolean;
  /** Whether the values of a large window are written out, not only coloured. */
  readonly numbers: boolean;
  /** The largest value a sample can have: 255, or 65535 for 16-bit pictures. */
  readonly white: number;
  /** The controls that move the window. */
  readonly walk: TemplateResult;
  readonly onChannel: (channel: number) => void;
  readonly onNumbers: (numbers: boolean) => void;
  readonly onRelease: () => void;
  /** Whether only the title is shown. */
  readonly folded: boolean;
  readonly onFold: (folded: boolean) => void;
}

/** Windows of up to this many rows and columns always show numbers. */
const numbersAtOnce = 8;

/** Up to this many terms of a sum or a maximum are written out. */
const mostTerms = 9;

/** The window's values and each operator's result; a hint while no pixel is inspected. */
export function inspector(props: InspectorProps): TemplateResult {
  const { inspection, plan, folded, onFold } = props;
  const reading = inspection && Object.values(inspection.windows)[0];
  const fold = html`<button
    type="button"
    class="icon fold"
    aria-expanded=${!folded}
    title=${l10n.t('Window inspector')}
    aria-label=${l10n.t('Window inspector')}
    @click=${() => onFold(!folded)}
  ><i class="codicon codicon-chevron-${folded ? 'right' : 'down'}" aria-hidden="true"></i></button>`;
  if (folded) {
    return html`<section class="inspector" aria-label=${l10n.t('Window inspector')}>
      <p class="hint">${fold} ${l10n.t('Window inspector')}</p>
    </section>`;
  }
  return html`<section class="inspector" aria-label=${l10n.t('Window inspector')}>
    ${fold}
    ${
      inspection && (reading || inspection.spot.pane === 'input')
        ? html`${windowPart(props, inspection, reading)}
          ${operatorsOf(plan).map(operator => operatorPart(props, inspection, operator))}`
        : html`<p class="hint">
            <i class="codicon codicon-target" aria-hidden="true"></i>
            ${l10n.t('Point at a pixel to see its window and the arithmetic. Click to pin it.')} ${props.walk}
          </p>`
    }
    <div class="visually-hidden" role="status">${inspection && props.pinned ? announcement(inspection, props.channel, plan) : nothing}</div>
  </section>`;
}

function windowPart(props: InspectorProps, { spot, input }: Inspection, reading: WindowReading | undefined) {
  const title =
    spot.pane === 'input'
      ? l10n.t('Input pixel ({0}, {1})', spot.x, spot.y)
      : l10n.t('Window of output ({0}, {1})', spot.x, spot.y);
  return html`<div class="part">
    <h3>
      ${title} ${channelChoice(props)} ${props.walk}
      ${
        props.pinned
          ? html`<button type="button" class="icon" title=${l10n.t('Release (Esc)')} aria-label=${l10n.t('Release (Esc)')} @click=${props.onRelease}>
              <i class="codicon codicon-pinned" aria-hidden="true"></i>
            </button>`
          : nothing
      }
    </h3>
    ${input ? html`<p><code class="value">${float32Text(input.values[props.channel] ?? Number.NaN)}</code></p>` : nothing}
    ${reading && spot.pane !== 'input' ? grid(props, reading, spot.pane) : nothing}
  </div>`;
}

function channelChoice({ plan, channel, onChannel }: InspectorProps): TemplateResult | typeof nothing {
  const names = channelNames(plan.shape[1]);
  if (names.length === 1) return nothing;
  return html`<span class="segments small" role="radiogroup" aria-label=${l10n.t('Channel')}>
    ${names.map(
      (name, i) => html`<label
        ><input type="radio" name="inspected-channel" value=${i} .checked=${i === channel} @change=${() => onChannel(i)} />${name}</label
      >`,
    )}
  </span>`;
}

/** The channels' names; a single channel has an empty one. */
export function channelNames(channels: number): readonly string[] {
  return channels === 1 ? [''] : ['R', 'G', 'B', 'A'].slice(0, channels);
}

/** The window's values as a table, coloured by value. Taps outside the input are marked as padding or beyond it. */
function grid(
  props: InspectorProps,
  { size: [height, width], rows, columns, channels }: WindowReading,
  operator: OperatorName,
): TemplateResult {
  const reading = channels[props.channel];
  const values = reading?.values;
  const winner = reading?.kind === 'selected' ? reading.winner : undefined;
  const size = `${height} × ${width}`;
  if (!values) return html`<p class="quiet">${l10n.t('{0} values, too many to list', size)}</p>`;
  const large = height > numbersAtOnce || width > numbersAtOnce;
  const numbers = !large || props.numbers;
  const offInput = paddingText(operator, props.plan);
  const gaps = (rows[1]?.at ?? 0) - (rows[0]?.at ?? 0) > 1 || (columns[1]?.at ?? 0) - (columns[0]?.at ?? 0) > 1;
  return html`<table class="window ${numbers ? '' : 'heat'} ${gaps ? 'gaps' : ''}" aria-label=${l10n.t('Window of {0} values', size)}>
      ${rows.map(
        (row, i) => html`<tr>
          ${columns.map((column, j) => {
            const value = values[i * width + j]!;
            if (Number.isNaN(value)) {
              const outside = row.place === 'outside' || column.place === 'outside';
              const title = outside ? l10n.t('beyond the padding: never counted') : paddingTitle(operator, props.plan);
              return html`<td class=${outside ? 'outside' : 'padding'} title=${title}>${numbers && !outside ? offInput : nothing}</td>`;
            }
            const wins = winner?.x === column.at && winner.y === row.at;
            const shade = Math.round((value / props.white) * 16);
            return html`<td class="shade-${shade} ${wins ? 'winner' : ''}" title="${float32Text(value)} (x ${column.at}, y ${row.at})">${numbers ? float32Text(value) : nothing}</td>`;
          })}
        </tr>`,
      )}
    </table>
    ${
      large
        ? html`<label class="check"
            ><input type="checkbox" .checked=${props.numbers} @change=${(event: Event) => props.onNumbers((event.target as HTMLInputElement).checked)} />${l10n.t('Numbers')}</label
          >`
        : nothing
    }`;
}

function paddingText(operator: OperatorName, { options }: Plan): string {
  const { padding } = operatorOf(operator);
  if (padding !== 0) return float32Text(padding === 'inf' ? Infinity : -Infinity);
  return countsPadding(options) ? '0' : '·';
}

function paddingTitle(operator: OperatorName, { options }: Plan): string {
  const { sentences } = operatorOf(operator);
  if (sentences) return l10n.t(sentences.padding);
  return countsPadding(options) ? l10n.t('padding: 0, counted in the divisor') : l10n.t('padding: not counted');
}

/** One operator's result for the window, or how many of its outputs use the input pixel. */
function operatorPart(props: InspectorProps, { spot, windows, uses }: Inspection, operator: OperatorName) {
  const window = windows[operator];
  const reading = window?.channels[props.channel];
  const used = uses[operator];
  return html`<div class="part" data-part=${operator}>
    <h3>${l10n.t(operatorOf(operator).title)}</h3>
    ${used ? usesLine(used, used.wins?.[props.channel]?.length, operator) : nothing}
    ${reading && spot.pane !== 'input' ? explanation(reading, window!, operator, props) : nothing}
  </div>`;
}

function explanation(reading: ChannelReading, window: WindowReading, operator: OperatorName, props: InspectorProps) {
  return reading.kind === 'selected'
    ? selectedLines(reading, window, operator, axesOf(props.plan, operator))
    : averageLines(reading, window, props);
}

function selectedLines(
  { winner, index, value, values }: ChannelReading & { kind: 'selected' },
  { x, y, inside }: WindowReading,
  operator: OperatorName,
  [vertical, horizontal]: Axes,
): TemplateResult {
  const { numpy, sentences } = operatorOf(operator);
  if (!winner) return emptyWindow(value);
  const row = (winner.y - windowSpan(vertical, y).start) / vertical.dilation;
  const column = (winner.x - windowSpan(horizontal, x).start) / horizontal.dilation;
  return html`<p class="quiet">${sentences ? l10n.t(sentences.picked, inside, row, column) : nothing}</p>
    <p><code>${numpy}(${terms(values, inside, ', ')}) = <b class="value">${float32Text(value)}</b></code></p>
    <p class="quiet">
      ${l10n.t('input x {0}, y {1} · flat index', winner.x, winner.y)} <code class="index">${index}</code>
    </p>`;
}

function emptyWindow(value: number): TemplateResult {
  return html`<p class="quiet">${l10n.t('the window misses the picture')}</p>
    <p><code><b class="value">${float32Text(value)}</b></code></p>`;
}

function averageLines(
  { sum, divisor, value, values }: ChannelReading & { kind: 'averaged' },
  { inside }: WindowReading,
  { plan, white }: InspectorProps,
) {
  if (divisor === 0) return emptyWindow(value);
  const listed = inside <= mostTerms && values ? `(${terms(values, inside, ' + ')})` : float32Text(sum);
  // The screen shows a 16-bit value scaled to 8 bits: its upper byte.
  const byte = Math.trunc(Math.min(255, Math.max(0, white > 255 ? value / 256 : value)));
  return html`<p class="quiet">${divisorNote(plan, inside, divisor)}</p>
    <p><code>${listed} ÷ ${divisor} = <b class="value">${float32Text(value)}</b></code></p>
    <p class="quiet">${l10n.t('shown as uint8')} <code class="byte">${byte}</code> ${white > 255 ? l10n.t('(÷ 256, truncated)') : l10n.t('(truncated)')}</p>`;
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

function usesLine({ rows, columns }: Uses, wins: number | undefined, operator: OperatorName): TemplateResult {
  const count = rows.length * columns.length;
  if (count === 0) return html`<p>${l10n.t('No window reaches this pixel.')}</p>`;
  const { sentences } = operatorOf(operator);
  const used = count === 1 ? l10n.t('Used by 1 output pixel') : l10n.t('Used by {0} output pixels', count);
  return html`<p>${used}${wins === undefined || !sentences ? nothing : html` · ${l10n.t(sentences.wins, wins)}`}</p>`;
}

/** One sentence about the pixel, for screen readers. */
function announcement({ spot, windows, input }: Inspection, channel: number, plan: Plan): string {
  const name = channelNames(plan.shape[1])[channel] ?? '';
  if (spot.pane === 'input') {
    return l10n.t(
      'Input x {0}, y {1}: {2} {3}',
      spot.x,
      spot.y,
      name,
      float32Text(input?.values[channel] ?? Number.NaN),
    );
  }
  const text = (operator: OperatorName) => {
    const reading = windows[operator]?.channels[channel];
    return reading ? float32Text(reading.value) : '';
  };
  const others = operatorsOf(plan).filter(operator => !firstOperators.includes(operator));
  const sentence = l10n.t(
    'Output x {0}, y {1}: {2} max {3}, average {4}',
    spot.x,
    spot.y,
    name,
    text('max'),
    text('average'),
  );
  return [sentence, ...others.map(other => `${l10n.t(operatorOf(other).title)} ${text(other)}`)].join(', ');
}
