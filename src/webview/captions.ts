/** The text of a pane: its title, the call and the shape, and the pixel pointed at. */
import * as l10n from '@vscode/l10n';
import { frameworks } from '../core/frameworks';
import type { Inspection, Spot, Uses } from '../core/inspect';
import { operatorOf, operators } from '../core/operators';
import { derivedPanes, isDerived, type PoolPane } from '../core/panes';
import type { Point } from '../core/region';
import { settingText } from '../core/settingText';
import { pictureShapeText } from '../core/shape';
import { layerOf, type Plan } from './plan';
import { placeText, placeWords, roundedText, valuesText } from './words';

/** A pane's heading in the user's language. */
export function paneTitle(kind: PoolPane): string {
  if (kind === 'input') return l10n.t('Input');
  return l10n.t((isDerived(kind) ? derivedPanes[kind] : operators[kind]).title);
}

/** How a pane's picture comes about: `MaxPool2d(3, stride=2, padding=1)`; of the input, its shape as a picture. */
export function callLine(kind: Spot['pane'], plan: Plan): string {
  if (kind === 'input') return pictureShapeText(plan.shape);
  const { callText, stepTexts } = frameworks[plan.framework];
  const layer = layerOf(plan, kind);
  if (!layer) return '';
  const written = [operators[kind], layer.options, layer.axes] as const;
  return stepTexts?.(...written).join(' → ') ?? callText(...written);
}

/** A pooling's setting, short enough for a line: its kernel, stride and so on, or the call of one without a kernel. */
export function settingLine(kind: PoolPane, plan: Plan): string {
  if (kind === 'input' || isDerived(kind)) return settingText(plan.options);
  return operatorOf(kind).settings.includes('kernelSize') ? settingText(plan.options) : callLine(kind, plan);
}

/** The shape of a pane's tensor as its framework writes it. */
export function tensorLine(kind: Spot['pane'], plan: Plan): string {
  const { shapeText } = frameworks[plan.framework];
  return shapeText(kind === 'input' ? plan.shape : (layerOf(plan, kind)?.output ?? plan.shape));
}

/** The pixel pointed at in one pane. */
export interface Probe {
  /** Fits a line: averages are rounded. */
  readonly short: string;
  /** The place in words, and the exact values. */
  readonly exact: string;
}

/** The pixel pointed at, in one pane; undefined if there is none. Of an input pixel, the outputs that use it. */
export function probeOf(kind: Spot['pane'], inspection: Inspection | undefined): Probe | undefined {
  if (!inspection) return undefined;
  const { input, uses, windows, spot } = inspection;
  if (kind === 'input') return input && pixelProbe(input, input.values);
  const used = uses[kind];
  if (spot.pane === 'input') return used && usesProbe(used);
  const reading = windows[kind];
  return (
    reading &&
    pixelProbe(
      reading,
      reading.channels.map(({ value }) => value),
    )
  );
}

/** A pixel and its values. */
export function pixelProbe(at: Point, values: readonly number[]): Probe {
  return {
    short: `${placeText(at)} · ${valuesText(values, roundedText)}`,
    exact: `${placeWords(at)} · ${valuesText(values)}`,
  };
}

/** More outputs than this are not listed. */
const mostListed = 16;

/** The outputs that use an input pixel, in reading order. */
export function usersOf({ rows, columns }: Uses): string {
  const places = rows.slice(0, mostListed).flatMap(y => columns.slice(0, mostListed).map(x => placeText({ x, y })));
  const isShort = rows.length * columns.length <= mostListed;
  return isShort ? places.join(' ') : `${places.slice(0, mostListed).join(' ')} …`;
}

function usesProbe(uses: Uses): Probe {
  const count = uses.rows.length * uses.columns.length;
  if (count === 0) return { short: l10n.t('in no window'), exact: l10n.t('No window reaches this pixel.') };
  const text = `${count === 1 ? l10n.t('in 1 window') : l10n.t('in {0} windows', count)}: ${usersOf(uses)}`;
  return { short: text, exact: text };
}
