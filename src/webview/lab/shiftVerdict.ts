/** What the measured changes say about the claim that pooling does not mind small moves. */
import * as l10n from '@vscode/l10n';
import { type OperatorName, operators } from '../../core/operators';
import { mostShift, type Shift } from '../../lab/shift';
import { percentText } from '../words';
import type { Measured } from './measuring';
import type { ShiftChoices } from './shiftChoices';

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
  /** The stride along the chart's direction, and across it. */
  readonly stride: number;
  readonly acrossStride: number;
  /** The move across it. */
  readonly across: Pick<Shift, 'dy' | 'dx'>;
  /**
   * The distances along it, each with the share of values that change: undefined if that is not known yet, NaN if nothing
   * can be compared.
   */
  readonly shares: readonly { readonly distance: number; readonly share: number | undefined }[];
}

/** Which moves change nothing, and why; undefined until all are measured, and if none can be compared. */
export function periodText({ stride, acrossStride, across, shares }: Series): string | undefined {
  if (shares.some(({ share }) => share === undefined)) return undefined;
  const moves = shares.filter(({ distance, share }) => distance > 0 && !Number.isNaN(share));
  const last = moves.at(-1)?.distance;
  if (last === undefined) return undefined;
  const still = moves.filter(({ share }) => share === 0).map(({ distance }) => distance);
  const multiples = moves.map(({ distance }) => distance).filter(distance => distance % stride === 0);
  const distance = across.dy + across.dx;
  if (still.length === 0 && distance % acrossStride !== 0) {
    return l10n.t(
      'As long as the picture is moved {0}, no other move undoes that: {1} is no multiple of the stride {2}.',
      moveText(across),
      distance,
      acrossStride,
    );
  }
  if (still.length === 0) return l10n.t('All moves up to {0} change it: the stride is {1}.', last, stride);
  const list = listText(still);
  if (still.join() !== multiples.join()) return l10n.t('In this picture, a move by {0} changes nothing.', list);
  if (stride === 1) {
    return l10n.t('At stride 1 no whole move changes anything but the place: there is a window for every pixel.');
  }
  return l10n.t(
    'A move by {0} changes nothing: that is a multiple of the stride {1}, so each window holds what another one held before.',
    list,
    stride,
  );
}

/** A move that shows the other case: one that changes nothing if the present one does, and one that does if not. */
export function otherMove(
  shift: ShiftChoices,
  { stride, acrossStride }: Pick<Series, 'stride' | 'acrossStride'>,
): Pick<Shift, 'dy' | 'dx'> | undefined {
  const { along } = shift;
  const at = shift[along];
  const to = (distance: number, { dy, dx } = shift) => ({ dy, dx, [along]: distance });
  const isOff = (along === 'dx' ? shift.dy : shift.dx) % acrossStride !== 0;
  if (isOff) return to(at > 0 ? at : Math.min(stride, mostShift), { ...shift, dy: 0, dx: 0 });
  if (at % stride !== 0) {
    const next = Math.ceil(at / stride) * stride;
    return next <= mostShift ? to(next) : at > stride ? to(next - stride) : undefined;
  }
  if (stride > 1) return to(at < mostShift ? at + 1 : at - 1);
  return at === 0 ? to(1) : undefined;
}

/** `2, 4, 6 … 16`. */
function listText(values: readonly number[]): string {
  return values.length <= 4 ? values.join(', ') : `${values.slice(0, 3).join(', ')} … ${values.at(-1)}`;
}

/** What a blur before striding buys; undefined if max or blur are not measured, or nothing changes. */
export function blurText({ of }: Measured): string | undefined {
  const { max, maxBlur: blur } = of;
  if (max?.mean === undefined || blur?.mean === undefined || !(max.mean > 0) || Number.isNaN(blur.mean))
    return undefined;
  const change = percentText(Math.abs(1 - blur.mean / max.mean));
  const [a, b] = [changeText(blur.mean), changeText(max.mean)];
  if (blur.mean === 0) {
    return l10n.t('Blurred before the stride (Zhang 2019), nothing changes, instead of {0} on average.', b);
  }
  if (blur.mean >= max.mean) {
    return l10n.t(
      'Blurred before the stride (Zhang 2019), the mean change is {0} instead of {1}: {2} larger here.',
      a,
      b,
      change,
    );
  }
  const text = l10n.t(
    'Blurred before the stride (Zhang 2019), the mean change is {0} instead of {1}: {2} smaller, not zero.',
    a,
    b,
    change,
  );
  return blur.share! > max.share! ? `${text} ${l10n.t('More values change, each by less.')}` : text;
}
