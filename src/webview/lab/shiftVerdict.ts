/** What the measured changes say about the claim that pooling does not mind small moves. */
import * as l10n from '@vscode/l10n';
import { type OperatorName, operators } from '../../core/operators';
import type { Shift } from '../../lab/shift';
import { percentText } from '../words';
import type { Measured } from './measuring';
import type { Direction } from './shiftChoices';

/** `right by 1 and down by 2`. */
export function moveText({ dy, dx }: Pick<Shift, 'dy' | 'dx'>): string {
  const parts = [...(dx > 0 ? [l10n.t('right by {0}', dx)] : []), ...(dy > 0 ? [l10n.t('down by {0}', dy)] : [])];
  return parts.length === 2 ? l10n.t('{0} and {1}', ...(parts as [string, string])) : (parts[0] ?? '');
}

/** A mean change, in levels. */
export function changeText(mean: number): string {
  return mean.toFixed(2);
}

/** How much of the first pooling this move changes; undefined until it is known. */
export function headingText(shift: Shift, { of }: Measured, name: OperatorName): string | undefined {
  const { share, compared } = of[name] ?? {};
  if (share === undefined) return undefined;
  if (shift.dy === 0 && shift.dx === 0) return l10n.t('A picture that does not move changes nothing.');
  if (compared === 0) return l10n.t('No window of this size lies inside the moved picture.');
  const title = l10n.t(operators[name].longTitle);
  return l10n.t(
    '{0} changes {1} of its values when the picture moves {2}.',
    title,
    percentText(share),
    moveText(shift),
  );
}

/** What the chart is about. */
export interface Series {
  readonly along: Direction;
  /** The stride along that direction, and across it. */
  readonly stride: number;
  readonly acrossStride: number;
  /** How far the picture is moved across. */
  readonly across: number;
  /** The distances whose change is measured, each with the share of values that change. */
  readonly shares: readonly { readonly distance: number; readonly share: number }[];
}

/** Which moves change nothing, and why; undefined until all are measured. */
export function periodText({ stride, acrossStride, across, shares }: Series): string | undefined {
  const moves = shares.filter(({ distance }) => distance > 0);
  if (moves.length === 0 || moves.some(({ share }) => Number.isNaN(share))) return undefined;
  const still = moves.filter(({ share }) => share === 0).map(({ distance }) => distance);
  const multiples = moves.map(({ distance }) => distance).filter(distance => distance % stride === 0);
  if (still.length === 0 && across % acrossStride !== 0) {
    return l10n.t(
      'No move changes nothing: across it the picture is moved by {0}, which is no multiple of the stride {1}.',
      across,
      acrossStride,
    );
  }
  if (still.length === 0) return l10n.t('All moves up to {0} change it: the stride is {1}.', moves.length, stride);
  const list = listText(still);
  if (still.join() !== multiples.join()) return l10n.t('Moves by {0} change nothing in this picture.', list);
  return stride === 1
    ? l10n.t('At stride 1 no whole move changes anything but the place: there is a window for every pixel.')
    : l10n.t(
        'Moves by {0} change nothing: they are multiples of the stride {1}, so each window holds what another one held before.',
        list,
        stride,
      );
}

/** `2, 4, 6 … 16`. */
function listText(values: readonly number[]): string {
  return values.length <= 4 ? values.join(', ') : `${values.slice(0, 3).join(', ')} … ${values.at(-1)}`;
}

/** What a blur before striding buys; undefined if max or blur are not measured, or nothing changes. */
export function blurText({ of }: Measured): string | undefined {
  const [max, blur] = [of.max?.mean, of.maxBlur?.mean];
  if (max === undefined || blur === undefined || !(max > 0) || Number.isNaN(blur)) return undefined;
  const share = percentText(Math.abs(1 - blur / max));
  const [a, b] = [changeText(blur), changeText(max)];
  if (blur === 0)
    return l10n.t('Blurred before the stride (Zhang 2019), nothing changes, instead of {0} on average.', b);
  return blur < max
    ? l10n.t(
        'Blurred before the stride (Zhang 2019), the mean change is {0} instead of {1}: {2} smaller, not zero.',
        a,
        b,
        share,
      )
    : l10n.t(
        'Blurred before the stride (Zhang 2019), the mean change is {0} instead of {1}: {2} larger here.',
        a,
        b,
        share,
      );
}
