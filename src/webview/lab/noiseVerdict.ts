/** What the measured scores say about the claim that max pooling removes noise. */
import * as l10n from '@vscode/l10n';
import type { OperatorName } from '../../core/operators';
import type { Noise } from '../../lab/noise';
import { paneTitle } from '../captions';
import { percentText } from '../words';
import type { Measured } from './measuring';

/** Decibels: two scores nearer than this count as equal. */
const sameScore = 0.5;

/** `21.4`, `∞` for equal pictures. */
export function decibels(psnr: number): string {
  return Number.isFinite(psnr) ? psnr.toFixed(1) : '∞';
}

/** `5 % salt`, `Gaussian noise of σ 25`. */
export function noiseText({ kind, level }: Noise): string {
  const share = kind === 'gaussian' ? '' : percentText(level);
  return {
    pepper: l10n.t('{0} pepper', share),
    salt: l10n.t('{0} salt', share),
    saltAndPepper: l10n.t('{0} salt and pepper', share),
    gaussian: l10n.t('Gaussian noise of σ {0}', level),
  }[kind];
}

/** `brighter by 24.4`. */
export function biasText(bias: number): string {
  const size = Math.abs(bias).toFixed(1);
  if (size === '0.0') return l10n.t('as bright as before');
  return bias > 0 ? l10n.t('brighter by {0}', size) : l10n.t('darker by {0}', size);
}

/** The answer to the claim, for this noise and this picture; undefined without the scores of max and average. */
export function verdictText(noise: Noise, { of }: Measured): string | undefined {
  const [max, average] = [of.max?.psnr, of.average?.psnr];
  if (max === undefined || average === undefined) return undefined;
  if (noise.level === 0) return l10n.t('There is no noise, so there is none to remove.');
  const [a, b] = [decibels(max), decibels(average)];
  const words = noiseText(noise);
  if (max === Infinity && average === Infinity) return l10n.t('With {0}, this picture does not change.', words);
  if (Math.abs(max - average) < sameScore) {
    return l10n.t(
      'With {0}, neither: max and average come equally near to the clean picture, {1} and {2} dB.',
      words,
      a,
      b,
    );
  }
  return max > average
    ? l10n.t('True with {0}: max comes nearer to the clean picture than average, {1} against {2} dB.', words, a, b)
    : l10n.t('Not with {0}: average comes nearer to the clean picture than max, {2} against {1} dB.', words, a, b);
}

/** A window that noise can fall into. */
export interface NoisyWindow {
  readonly pixels: number;
  /** What its sum is divided by for an average. */
  readonly divisor: number;
}

/** What a window makes of the noise, and which pooling is best if more than two are shown; nothing without noise. */
export function reasonTexts(
  noise: Noise,
  { of }: Measured,
  shown: readonly OperatorName[],
  window: NoisyWindow,
): string[] {
  if (noise.level === 0) return [];
  const best = bestOf(shown, of);
  const isUntouched = of.max?.psnr === Infinity;
  return [
    ...(isUntouched ? [l10n.t('No maximum changes: each window keeps a pixel as bright as before.')] : []),
    ...(window.pixels > 1 && !isUntouched ? windowTexts(noise, window, of) : []),
    ...(best && shown.length > 2
      ? [l10n.t('Best here: {0}, {1} dB.', paneTitle(best), decibels(of[best]!.psnr!))]
      : []),
  ];
}

/** How many windows the noise reaches, and what a maximum and a mean make of it. */
function windowTexts(
  { kind, level, perChannel }: Noise,
  { pixels, divisor }: NoisyWindow,
  { max, average }: Measured['of'],
): string[] {
  if (kind === 'gaussian') {
    if (max?.bias === undefined || average?.bias === undefined) return [];
    return [
      l10n.t(
        'Of {0} noisy values max takes the largest, average the mean: the picture is {1} with max, {2} with average.',
        pixels,
        biasText(max.bias),
        biasText(average.bias),
      ),
    ];
  }
  const hit = percentText(1 - (1 - level) ** pixels);
  const size = perChannel ? l10n.t('{0} values of one channel', pixels) : l10n.t('{0} pixels', pixels);
  const text = {
    pepper: l10n.t(
      'About {0} of all windows of {1} hold a black one: max takes the brightest of the others, average mixes each in by 1/{2}.',
      hit,
      size,
      divisor,
    ),
    salt: l10n.t(
      'About {0} of all windows of {1} hold a white one: max takes it every time, average mixes each in by 1/{2}.',
      hit,
      size,
      divisor,
    ),
    saltAndPepper: l10n.t(
      'About {0} of all windows of {1} hold a speck: max takes the white ones and passes over the black ones, average mixes each in by 1/{2}.',
      hit,
      size,
      divisor,
    ),
  }[kind];
  return [text];
}

/** The pooling with the highest score; undefined if none has one or two share it. */
export function bestOf(shown: readonly OperatorName[], of: Measured['of']): OperatorName | undefined {
  return extremeOf(shown, of, (a, b) => a > b);
}

/** The pooling with the lowest score, likewise. */
export function worstOf(shown: readonly OperatorName[], of: Measured['of']): OperatorName | undefined {
  return extremeOf(shown, of, (a, b) => a < b);
}

function extremeOf(
  shown: readonly OperatorName[],
  of: Measured['of'],
  isBefore: (a: number, b: number) => boolean,
): OperatorName | undefined {
  const scored = shown.filter(name => of[name]?.psnr !== undefined);
  const psnr = (name: OperatorName) => of[name]!.psnr!;
  return scored.length < 2
    ? undefined
    : scored.find(name => scored.every(other => other === name || isBefore(psnr(name), psnr(other))));
}

/** The scores with another kind of noise; undefined without noise, and until they are known. */
export function counterpartText(noise: Noise, { of }: Measured): string | undefined {
  const [max, average] = [of.max?.psnr, of.average?.psnr];
  if (noise.level === 0 || max === undefined || average === undefined) return undefined;
  return l10n.t('With {0} instead: max {1} dB, average {2} dB.', noiseText(noise), decibels(max), decibels(average));
}
