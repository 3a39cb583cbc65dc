/** What a stack does, in sentences: the pixel pointed at, and the pixels of the input that are lost. */
import * as l10n from '@vscode/l10n';
import { uncoveredPixels } from '../../core/axis';
import { operatorOf } from '../../core/operators';
import { layersBefore } from '../../core/panes';
import {
  channelNames,
  columnRangeText,
  columnsText,
  countText,
  placeWords,
  rowRangeText,
  rowsText,
  valuesText,
} from '../words';
import { computedLayers, firstConv, type StackPlan } from './stackPlan';
import type { Traced } from './tracing';

/** The pixel pointed at: what it sees, and which input pixel its value is in one channel. */
export function traceSentences({ place, fields, trace }: Traced, plan: StackPlan, channel: number): string[] {
  const stage = layersBefore(place.pane);
  const [field] = fields;
  if (stage === 0 || !field) {
    return [
      trace
        ? `${l10n.t('Input pixel: {0}', placeWords(place))} · ${valuesText(trace.values)}`
        : l10n.t('Input pixel: {0}', placeWords(place)),
    ];
  }
  const { x, y, width, height } = field;
  if (width === 0)
    return [l10n.t('The pixel of {0} of stage {1} sees no pixel of the input.', placeWords(place), stage)];
  const size = `${height} × ${width} = ${countText(height * width)}`;
  const rows = rowRangeText({ start: y, end: y + height });
  const columns = columnRangeText({ start: x, end: x + width });
  const origin = trace?.origins?.[channel]?.[0];
  return [
    seeing(plan, stage, placeWords(place), stage, size, rows, columns),
    ...(origin ? [originText(placeWords(origin), channelNames(plan.shape[1])[channel])] : []),
  ];
}

function originText(place: string, channel: string | undefined): string {
  return channel
    ? l10n.t('In {0} it is the input pixel of {1}.', channel, place)
    : l10n.t('It is the input pixel of {0}.', place);
}

/** What the pixel is of the pixels that it sees, if all layers do the same. */
function seeing(plan: StackPlan, stage: number, ...values: readonly (string | number)[]): string {
  const kinds = computedLayers(plan)
    .slice(0, stage)
    .map(({ operator }) => operatorOf(operator).numpy);
  if (kinds.every(kind => kind === 'max')) {
    return l10n.t('The pixel of {0} of stage {1} is the largest of {2} input pixels: {3}, {4}.', ...values);
  }
  if (kinds.every(kind => kind === 'min')) {
    return l10n.t('The pixel of {0} of stage {1} is the smallest of {2} input pixels: {3}, {4}.', ...values);
  }
  return l10n.t('The pixel of {0} of stage {1} sees {2} input pixels: {3}, {4}.', ...values);
}

/** The input's rows and columns that no pixel of the last stage sees; undefined if all are seen. */
export function unseenSentence({ stages }: StackPlan): string | undefined {
  if (stages.length === 0) return undefined;
  const [rows, columns] = ([0, 1] as const).map(side => uncoveredPixels(stages.map(({ axes }) => axes[side]))) as [
    number,
    number,
  ];
  if (rows + columns === 0) return undefined;
  const stage = stages.length;
  const parts = [...(rows > 0 ? [rowsText(rows)] : []), ...(columns > 0 ? [columnsText(columns)] : [])];
  const [first, second] = parts;
  return second === undefined
    ? l10n.t('Not seen by any pixel of stage {0}: {1} of the input.', stage, first!)
    : l10n.t('Not seen by any pixel of stage {0}: {1} and {2} of the input.', stage, first!, second);
}

/** Why there are no more pictures than there are; undefined if each layer has one. */
export function endSentence(plan: StackPlan): string | undefined {
  const { isPicture, stages, computed, shape } = plan;
  if (!isPicture) {
    const [, channels, height, width] = shape;
    return l10n.t('Shapes only: the input is {0}, not this picture.', `${channels} × ${height} × ${width}`);
  }
  if (computed === stages.length) return undefined;
  if (firstConv(plan) === computed) {
    return l10n.t('No picture from layer {0} on: what a convolution gives depends on its weights.', computed + 1);
  }
  const [, , height, width] = stages[computed]!.row.shape;
  if (height * width === 0) return l10n.t('No picture from layer {0} on: its output is empty.', computed + 1);
  return l10n.t('No picture from layer {0} on: the outputs together would take more than a gigabyte.', computed + 1);
}
