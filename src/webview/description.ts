/** What is on screen as plain text, for reading, for notes, and for screen readers. */
import * as l10n from '@vscode/l10n';
import { float32Text } from '../core/float32';
import { frameworks } from '../core/frameworks';
import type { Inspection, WindowReading } from '../core/inspect';
import type { PlannedLayer } from '../core/plan';
import { arithmeticOf } from './arithmetic';
import { blurTaps, blurText } from './blur';
import { callLine, paneTitle, probeOf, tensorLine } from './captions';
import { factsOf, formulasOf } from './facts';
import { autoPadNote, hintsOf, hintText } from './hint';
import { layerOf, operatorsOf, type Plan } from './plan';
import { journeyText } from './shapes';
import { filledRules, wholeText } from './windowRule';
import { channelNames, placeWords } from './words';

/** A pooling, the inspected pixel, and what other frameworks do, in paragraphs. */
export function describePooling(
  plan: Plan,
  inspection: Inspection | undefined,
  channel: number,
  white: number,
): string[][] {
  const input = `${paneTitle('input')}: ${callLine('input', plan)}, ${tensorLine('input', plan)}`;
  if (plan.branches.length === 0) return [[input]];
  const note = autoPadNote(plan);
  const elsewhere = [...(note === undefined ? [] : [note]), ...hintsOf(plan).map(hintText)];
  return [
    [
      frameworks[plan.framework].title,
      input,
      ...operatorsOf(plan).map(name => `${paneTitle(name)}: ${callLine(name, plan)}, ${tensorLine(name, plan)}`),
    ],
    [l10n.t('From picture to picture'), ...journeyText(plan, white).map(item)],
    [
      l10n.t('Output size and facts'),
      ...formulasOf(plan).map(({ axis, of, text, rule }) =>
        item([`${of ? `${axis} ${of}` : axis}: ${text}`, ...(rule === undefined ? [] : [rule])].join('; ')),
      ),
      ...factsOf(plan).map(item),
    ],
    ...(inspection ? [pixelText(plan, inspection, channel, white)] : []),
    ...(elsewhere.length > 0 ? [[l10n.t('The same setting elsewhere:'), ...elsewhere.map(item)]] : []),
  ];
}

function item(text: string): string {
  return `- ${text}`;
}

function pixelText(plan: Plan, inspection: Inspection, channel: number, white: number): string[] {
  const { spot, windows } = inspection;
  const name = channelNames(plan.shape[1])[channel];
  const inChannel = name ? [`${l10n.t('Channel')}: ${name}`] : [];
  if (spot.pane === 'input') {
    return [
      l10n.t('Input pixel: {0}', placeWords(spot)),
      probeOf('input', inspection)?.exact ?? '',
      ...operatorsOf(plan).map(operator =>
        item(`${paneTitle(operator)}: ${probeOf(operator, inspection)?.exact ?? ''}`),
      ),
    ];
  }
  const window = windows[spot.pane];
  const layer = layerOf(plan, spot.pane);
  return [
    l10n.t('{0}: window of output {1}', paneTitle(spot.pane), placeWords(spot)),
    ...inChannel,
    ...(window && layer ? windowText(layer, window, channel) : []),
    ...operatorsOf(plan).flatMap(operator => {
      const reading = windows[operator];
      const lines = reading && arithmeticOf(plan, operator, reading, channel, white);
      if (!lines) return [];
      const { note, term, value, consequence } = lines;
      const sentences = [note, term ? `${term} = ${value}` : value, consequence].filter(Boolean);
      return [item(`${paneTitle(operator)}: ${sentences.join('; ')}`)];
    }),
  ];
}

/** A window as the inspector shows it. */
function windowText(layer: PlannedLayer, window: WindowReading, channel: number): string[] {
  const whole = wholeText(layer);
  if (whole !== undefined) return [whole];
  const reading = window.channels[channel];
  return [
    ...filledRules(layer, window).map(({ name, formula, meaning }) => `${name} ${formula} (${meaning})`),
    ...gridText(window, channel),
    ...(reading?.kind === 'blurred' ? blurText(blurTaps(layer, window, reading.maxima)) : []),
  ];
}

/** The window's values, a row a line, with the columns above and each row before its values; `·` is off the picture. */
function gridText({ rows, columns, channels, size: [, width] }: WindowReading, channel: number): string[] {
  const values = channels[channel]?.values;
  if (!values) return [];
  const texts = Array.from(values, value => (Number.isNaN(value) ? '·' : float32Text(value)));
  const table = [
    ['', ...columns.map(({ at }) => String(at))],
    ...rows.map(({ at }, i) => [String(at), ...texts.slice(i * width, (i + 1) * width)]),
  ];
  const widest = Math.max(...table.flat().map(({ length }) => length));
  return table.map(line => line.map(text => text.padStart(widest)).join(' '));
}
