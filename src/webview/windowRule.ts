/** Which pixels an adaptive or global pooling's windows cover. */
import * as l10n from '@vscode/l10n';
import { windowSpan } from '../core/axis';
import { operatorOf } from '../core/operators';
import type { PlannedLayer } from '../core/plan';
import type { Point } from '../core/region';
import { columnsText, groupedText, rowsText } from './words';

const countTexts = [rowsText, columnsText] as const;

/** The rule of all windows along an axis, in words; undefined if they follow from kernel and stride. */
export function ruleOf(layer: PlannedLayer, side: 0 | 1): string | undefined {
  const { input, output } = layer.axes[side];
  if (isGlobal(layer)) return l10n.t('window over all {0}', countTexts[side](input));
  if (!isAdaptive(layer) || output === 0) return undefined;
  return l10n.t('window i: {0}, its end not included', `⌊i·${input}/${output}⌋ … ⌈(i + 1)·${input}/${output}⌉`);
}

/** The rule with the numbers of one window. */
export interface FilledRule {
  readonly name: string;
  /** `⌊3·1024/7⌋ … ⌈4·1024/7⌉ = 438 … 586` */
  readonly formula: string;
  /** What the end means, and how many pixels there are. */
  readonly meaning: string;
}

/** An adaptive window's rows and columns; none for other windows. */
export function filledRules(layer: PlannedLayer, { x, y }: Point): readonly FilledRule[] {
  if (!isAdaptive(layer)) return [];
  return ([0, 1] as const).map(side => {
    const axis = layer.axes[side];
    const i = side === 0 ? y : x;
    const { start, end } = windowSpan(axis, i);
    const share = `${axis.input}/${axis.output}`;
    return {
      name: side === 0 ? l10n.t('rows') : l10n.t('columns'),
      formula: `⌊${i}·${share}⌋ … ⌈${i + 1}·${share}⌉ = ${start} … ${end}`,
      meaning: l10n.t('{0} not included: {1}', end, countTexts[side](end - start)),
    };
  });
}

/** What stands in place of the values of a window over the whole picture; undefined for other windows. */
export function wholeText(layer: PlannedLayer): string | undefined {
  const [{ input: height }, { input: width }] = layer.axes;
  return isGlobal(layer) ? l10n.t('all {0} values', groupedText(height * width)) : undefined;
}

function isAdaptive({ operator }: PlannedLayer): boolean {
  return operatorOf(operator).settings.includes('outputSize');
}

function isGlobal({ operator }: PlannedLayer): boolean {
  return operatorOf(operator).settings.length === 0;
}
