/** The maxima that a blurred value is made from. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { float32Text } from '../core/float32';
import { filterWeights, isReflected } from '../core/operators/maxBlur';
import type { PlannedLayer } from '../core/plan';
import type { Point } from '../core/region';
import { level } from './level';

/** One of the 3×3 maxima. */
export interface BlurTap {
  readonly value: number;
  readonly weight: number;
  /** Beyond the border, where the maximum on the other side of the last one is taken again. */
  readonly isReflected: boolean;
}

/** @param maxima row by row */
export function blurTaps({ axes }: PlannedLayer, { x, y }: Point, maxima: readonly number[]): readonly BlurTap[] {
  const [vertical, horizontal] = axes;
  return maxima.map((value, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3];
    return {
      value,
      weight: filterWeights[row]! * filterWeights[column]!,
      isReflected: isReflected(vertical, y, row) || isReflected(horizontal, x, column),
    };
  });
}

/** `(12 + 2·15 + … + 4·20 + …) ÷ 16`. */
export function blurTerm(taps: readonly BlurTap[]): string {
  const texts = taps.map(({ value, weight }) => `${weight === 1 ? '' : `${weight}·`}${float32Text(value)}`);
  return `(${texts.join(' + ')}) ÷ 16`;
}

/** @param white the largest value that a sample can have */
export function blurTable(taps: readonly BlurTap[], white: number): TemplateResult {
  const name = l10n.t('The 3×3 maxima and their weights');
  const cell = ({ value, weight, isReflected }: BlurTap) => {
    const title = isReflected ? l10n.t('reflected at the border') : l10n.t('maximum of a window');
    return html`<td class=${isReflected ? 'value reflected' : 'value'} title=${title} ${level(value / white)}
      >${float32Text(value)}<small>×${weight}</small>${isReflected ? html`<span class="visually-hidden">${title}</span>` : nothing}</td
    >`;
  };
  const isAnyReflected = taps.some(({ isReflected }) => isReflected);
  return html`<p class="quiet">${name}${isAnyReflected ? html` · ${l10n.t('dashed: reflected at the border')}` : nothing}</p>
    <table class="window maxima" aria-label=${name}>
      <tbody>
        ${[0, 3, 6].map(first => html`<tr>${taps.slice(first, first + 3).map(cell)}</tr>`)}
      </tbody>
    </table>`;
}

/** The same as lines of text: `r` marks a reflected maximum. */
export function blurText(taps: readonly BlurTap[]): string[] {
  const texts = taps.map(
    ({ value, weight, isReflected }) => `${float32Text(value)}×${weight}${isReflected ? 'r' : ''}`,
  );
  const widest = Math.max(...texts.map(({ length }) => length));
  const padded = texts.map(text => text.padStart(widest));
  const rows = [0, 3, 6].map(first => padded.slice(first, first + 3).join(' '));
  const isAnyReflected = taps.some(({ isReflected }) => isReflected);
  const name = l10n.t('The 3×3 maxima and their weights');
  return [isAnyReflected ? `${name} (r: ${l10n.t('reflected at the border')})` : name, ...rows];
}
