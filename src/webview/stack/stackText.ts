/** A stack as plain text, for reading, for notes, and for screen readers. */
import * as l10n from '@vscode/l10n';
import { frameworks } from '../../core/frameworks';
import type { Stage } from '../../core/stack';
import { countText } from '../words';
import { kindTitle } from './layerTable';
import { featuresOf, type StackPlan } from './stackPlan';
import { endSentence, traceSentences, unseenSentence } from './traceText';
import type { Traced } from './tracing';

/** The layers, what is lost, and the pixel pointed at, in paragraphs of lines. */
export function stackText(plan: StackPlan, traced: Traced | undefined, channel: number): string[][] {
  const { shapeText } = frameworks[plan.framework];
  const end = endSentence(plan);
  const unseen = unseenSentence(plan);
  return [
    [
      frameworks[plan.framework].title,
      `${l10n.t('Input')}: ${shapeText(plan.shape)}`,
      ...plan.stages.map((stage, i) => lineOf(stage, i + 1, shapeText(stage.row.shape))),
      ...(plan.refusal
        ? [`${plan.refusal.layer + 1}. ${plan.refusal.message}`]
        : [`Flatten: ${countText(featuresOf(plan))}`]),
    ],
    ...[unseen, end].filter(sentence => sentence !== undefined).map(sentence => [sentence]),
    ...(traced ? [traceSentences(traced, plan, channel)] : []),
  ];
}

function lineOf({ layer, row }: Stage, place: number, shape: string): string {
  const { receptiveField, jump, start, parameters } = row;
  const pair = (values: readonly (number | null)[]) => values.map(value => value ?? '–').join(' × ');
  return [
    `${place}. ${kindTitle(layer.operator)}: ${shape}`,
    `${l10n.t('Receptive field')} ${receptiveField.join(' × ')}`,
    `${l10n.t('Step')} ${pair(jump)}`,
    `${l10n.t('Start')} ${pair(start)}`,
    `${l10n.t('Parameters')} ${countText(parameters)}`,
  ].join(', ');
}
