/** Numbers and places as the page writes them. A place is always (row, column), as arrays are indexed. */
import * as l10n from '@vscode/l10n';
import type { Span } from '../core/axis';
import { float32Text } from '../core/float32';
import type { Point } from '../core/region';

/** `(100, 376)`: row, then column. */
export function placeText({ x, y }: Point): string {
  return `(${y}, ${x})`;
}

/** `row 100, column 376`. */
export function placeWords({ x, y }: Point): string {
  return l10n.t('row {0}, column {1}', y, x);
}

/** The channels' names; a single channel has an empty one. */
export function channelNames(channels: number): readonly string[] {
  return channels === 1 ? [''] : ['R', 'G', 'B', 'A'].slice(0, channels);
}

/** A pixel's values with the channels' names: `R 108  G 121  B 143`. */
export function valuesText(values: readonly number[], write: (value: number) => string = float32Text): string {
  const names = channelNames(values.length);
  return values.map((value, i) => `${names[i]} ${write(value)}`.trim()).join('  ');
}

/** A value with two decimals at most, so that it fits a line. */
export function roundedText(value: number): string {
  return float32Text(Number.isFinite(value) ? Math.round(value * 100) / 100 : value);
}

/** A large number with its thousands apart: `716,800`. */
export function groupedText(value: number): string {
  return value.toLocaleString('en-US');
}

/** A share as percents: one decimal, or two digits below 10 %. */
export function percentText(share: number): string {
  const value = share * 100;
  return l10n.t('{0} %', value >= 10 ? Math.round(value * 10) / 10 : Number(value.toPrecision(2)));
}

/** A share as percents, from 1 on as a factor: `25 %`, `21.3 ×`. */
export function shareText(share: number): string {
  return share <= 1 ? percentText(share) : `${Math.round(share * 10) / 10} ×`;
}

/** `1 row`, `28 rows`. */
export function rowsText(count: number): string {
  return count === 1 ? l10n.t('1 row') : l10n.t('{0} rows', count);
}

/** `1 column`, `28 columns`. */
export function columnsText(count: number): string {
  return count === 1 ? l10n.t('1 column') : l10n.t('{0} columns', count);
}

/** A whole number with its digits in groups of three, as English and Korean write it. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `rows 256 to 287`, or `row 256` if it is only one. */
export function rowRangeText({ start, end }: Span): string {
  return end - start === 1 ? l10n.t('row {0}', start) : l10n.t('rows {0} to {1}', start, end - 1);
}

/** `columns 608 to 639`, or `column 608` if it is only one. */
export function columnRangeText({ start, end }: Span): string {
  return end - start === 1 ? l10n.t('column {0}', start) : l10n.t('columns {0} to {1}', start, end - 1);
}
