/** The arithmetic behind the inspected pixel, on the grid of the panes: the window under the input, each result under its pane. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { isEqual } from '../core/equal';
import { float32Text } from '../core/float32';
import type { Inspection, WindowReading } from '../core/inspect';
import { type OperatorName, operatorOf } from '../core/operators';
import type { Inspected } from '../protocol';
import { arithmeticOf } from './arithmetic';
import { paneTitle, usersOf } from './captions';
import { poolingMarks } from './legend';
import { pixelBar } from './pixelBar';
import { axesOf, layerOf, operatorsOf, type Plan } from './plan';
import { windowTable } from './windowTable';
import { channelNames, placeWords } from './words';

/** What the inspector shows, and what its controls do. */
export interface InspectorProps {
  readonly plan: Plan;
  readonly inspection: Inspected | undefined;
  /** The channel whose values are shown. */
  readonly channel: number;
  readonly pinned: boolean;
  /** Whether the values of a large window are written out, not only coloured. */
  readonly numbers: boolean;
  /** The largest value a sample can have: 255, or 65535 for 16-bit pictures. */
  readonly white: number;
  /** The controls that move the window. */
  readonly walk: TemplateResult;
  /** The window walks by itself: nothing is read out meanwhile. */
  readonly isWalking: boolean;
  readonly onChannel: (channel: number) => void;
  readonly onNumbers: (numbers: boolean) => void;
  readonly onRelease: () => void;
}

/** The window's values and each operator's result; a hint while no pixel is inspected. */
export function inspector(props: InspectorProps): TemplateResult {
  const { inspection, plan, pinned, channel } = props;
  return html`<section class="inspector" aria-label=${l10n.t('Window inspector')}>
    ${pixelBar(
      {
        walk: props.walk,
        isPinned: pinned,
        channels: plan.shape[1],
        channel,
        marks: poolingMarks(),
        onRelease: props.onRelease,
        onChannel: props.onChannel,
      },
      inspection
        ? nothing
        : html`<p class="quiet">${l10n.t('Point at a pixel to see its window and the arithmetic. Click to pin it.')}</p>`,
    )}
    ${
      inspection
        ? html`<div class="columns">
            ${windowPart(props, inspection)} ${operatorsOf(plan).map(operator => operatorPart(props, inspection, operator))}
          </div>`
        : nothing
    }
    <div class="visually-hidden" role="status">
      ${inspection && pinned && !props.isWalking ? announcement(inspection, channel, plan) : nothing}
    </div>
  </section>`;
}

/** Under the input: the pixel or the window that is pointed at. */
function windowPart(props: InspectorProps, { spot, input, windows, before }: Inspected): TemplateResult {
  const { plan, channel } = props;
  if (spot.pane === 'input') {
    const value = input?.values[channel];
    return html`<div class="part" data-part="input">
      <h3>${l10n.t('Input pixel: {0}', placeWords(spot))}</h3>
      ${value === undefined ? nothing : html`<p><code class="value">${`${channelNames(plan.shape[1])[channel]} ${float32Text(value)}`.trim()}</code></p>`}
      ${beforeLine(plan, before?.input?.values[channel])}
    </div>`;
  }
  const title = haveOneWindow(plan)
    ? l10n.t('Window of output {0}', placeWords(spot))
    : l10n.t('{0}: window of output {1}', paneTitle(spot.pane), placeWords(spot));
  return html`<div class="part" data-part="input">
    <h3>${title}</h3>
    ${table(props, windows[spot.pane], spot.pane, before?.windows[spot.pane])}
  </div>`;
}

function table(
  props: InspectorProps,
  window: WindowReading | undefined,
  operator: OperatorName,
  before: WindowReading | undefined,
) {
  const { plan, channel, numbers, onNumbers, white } = props;
  const layer = layerOf(plan, operator);
  return window && layer
    ? windowTable({ layer, window, before: isMoved(plan) ? undefined : before, channel, numbers, onNumbers, white })
    : nothing;
}

/** What a value was before the alteration; nothing if there is none. */
function beforeLine(plan: Plan, value: number | undefined): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  const text = float32Text(value);
  return html`<p data-before=${text}>${isMoved(plan) ? l10n.t('before the move: {0}', text) : l10n.t('without noise: {0}', text)}</p>`;
}

function isMoved({ alteration }: Plan): boolean {
  return alteration?.kind === 'shift';
}

/** Whether all poolings look at the same pixels for one output pixel. With PyTorch's dilation they do not. */
export function haveOneWindow(plan: Plan): boolean {
  const axes = operatorsOf(plan).map(operator => axesOf(plan, operator));
  return axes.every(each => isEqual(each, axes[0]));
}

/** One operator's result for the window, or which of its outputs use the input pixel. */
function operatorPart(props: InspectorProps, { spot, windows, uses, before }: Inspected, operator: OperatorName) {
  const { plan, channel, white } = props;
  const window = windows[operator];
  const used = uses[operator];
  const lines = spot.pane !== 'input' && window && arithmeticOf(plan, operator, window, channel, white);
  const hasOwnWindow =
    spot.pane !== 'input' && spot.pane !== operator && !isEqual(axesOf(plan, spot.pane), axesOf(plan, operator));
  return html`<div class="part" data-part=${operator}>
    <h3>${paneTitle(operator)}</h3>
    ${used ? usesLines(used, used.wins?.[channel]?.length, operator) : nothing}
    ${hasOwnWindow ? html`<p class="quiet">${window ? l10n.t('its own window:') : l10n.t('It has no output at this place.')}</p>${table(props, window, operator, before?.windows[operator])}` : nothing}
    ${
      lines
        ? html`<p class="quiet">${lines.note}</p>
            <p><code>${lines.term ? html`${lines.term} = ` : nothing}<b class="value">${lines.value}</b></code></p>
            ${beforeLine(plan, before?.windows[operator]?.channels[channel]?.value)}
            ${lines.consequence ? html`<p class="quiet consequence">${lines.consequence}</p>` : nothing}`
        : nothing
    }
  </div>`;
}

function usesLines(
  used: NonNullable<Inspection['uses'][OperatorName]>,
  wins: number | undefined,
  operator: OperatorName,
) {
  const count = used.rows.length * used.columns.length;
  if (count === 0) return html`<p>${l10n.t('No window reaches this pixel.')}</p>`;
  const { sentences } = operatorOf(operator);
  const text = count === 1 ? l10n.t('Used by 1 output pixel') : l10n.t('Used by {0} output pixels', count);
  return html`<p>${text}${wins === undefined || !sentences ? nothing : html` · ${l10n.t(sentences.wins, wins)}`}</p>
    <p class="quiet"><code>${usersOf(used)}</code></p>`;
}

/** One sentence about the pixel, for screen readers. */
function announcement({ spot, windows, input }: Inspected, channel: number, plan: Plan): string {
  const name = channelNames(plan.shape[1])[channel] ?? '';
  const values =
    spot.pane === 'input'
      ? [`${name} ${float32Text(input?.values[channel] ?? Number.NaN)}`]
      : operatorsOf(plan).flatMap(operator => {
          const reading = windows[operator]?.channels[channel];
          return reading ? [`${paneTitle(operator)} ${float32Text(reading.value)}`] : [];
        });
  const where = spot.pane === 'input' ? l10n.t('Input') : l10n.t('Output');
  return [`${where}, ${placeWords(spot)}`, spot.pane === 'input' || !name ? '' : name, ...values]
    .filter(Boolean)
    .join(', ');
}
