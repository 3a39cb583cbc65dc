/** The knobs of the noise. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { mostSeed, type NoiseKind, noiseKinds } from '../../lab/noise';
import { paneTitle } from '../captions';
import { checkbox, fieldset, segments } from '../fields';
import { icon } from '../icon';
import { typedNumber } from '../typedNumber';
import { levelField } from './levelField';
import { mostShare, mostSigma, type NoiseChoices } from './noiseChoices';

/** A kind of noise in the user's language. */
export function kindTitle(kind: NoiseKind): string {
  return {
    pepper: l10n.t('Pepper'),
    salt: l10n.t('Salt'),
    saltAndPepper: l10n.t('Salt and pepper'),
    gaussian: l10n.t('Gaussian'),
  }[kind];
}

/** @param channels how many the picture has */
export function noiseRow(
  noise: NoiseChoices,
  channels: number,
  onNoise: (noise: NoiseChoices) => void,
): TemplateResult {
  const set = (part: Partial<NoiseChoices>) => onNoise({ ...noise, ...part });
  const { kind, seed, perChannel, min, median } = noise;
  const onSeed = (event: Event) => {
    const typed = (event.target as HTMLInputElement).valueAsNumber;
    if (!Number.isNaN(typed)) set({ seed: Math.min(Math.max(Math.trunc(typed), 0), mostSeed) });
  };
  const meanings: Readonly<Record<NoiseKind, string>> = {
    pepper: l10n.t('Pixels turn black'),
    salt: l10n.t('Pixels turn white'),
    saltAndPepper: l10n.t('Half of the pixels that are hit turn white, half black'),
    gaussian: l10n.t('Every value moves up or down by a random amount'),
  };
  return html`<div class="row own">
    ${segments(
      l10n.t('Noise'),
      'noise',
      noiseKinds.map(value => ({ value, title: kindTitle(value), meaning: meanings[value] })),
      kind,
      chosen => set({ kind: chosen }),
    )}
    ${
      kind === 'gaussian'
        ? levelField({
            name: 'σ',
            meaning: l10n.t('The standard deviation, in levels of 0 to 255'),
            value: noise.sigma,
            most: mostSigma,
            step: 1,
            onLevel: sigma => set({ sigma }),
          })
        : levelField({
            name: l10n.t('Level'),
            meaning: l10n.t('The share of pixels that are hit'),
            value: Number((noise.share * 100).toPrecision(6)),
            most: mostShare * 100,
            step: 0.5,
            unit: '%',
            onLevel: percents => set({ share: percents / 100 }),
          })
    }
    ${fieldset(
      l10n.t('Seed'),
      l10n.t('The same seed gives the same noise'),
      '',
      html`<input type="number" aria-label=${l10n.t('Seed')} min="0" max=${mostSeed} step="1" ${typedNumber(seed)} @input=${onSeed} />
      <button
        type="button"
        class="icon"
        name="next-seed"
        title=${l10n.t('Next seed')}
        aria-label=${l10n.t('Next seed')}
        @click=${() => set({ seed: (seed + 1) % (mostSeed + 1) })}
      >${icon('arrow-right')}</button>`,
    )}
    ${
      channels > 1 && kind !== 'gaussian'
        ? checkbox(
            l10n.t('Per channel'),
            l10n.t('Hit each colour by itself, not the whole pixel'),
            perChannel,
            false,
            checked => set({ perChannel: checked }),
          )
        : nothing
    }
    <span class="check-group" role="group" aria-label=${l10n.t('More poolings')}>
      ${checkbox(paneTitle('min'), undefined, min, false, checked => set({ min: checked }))}
      ${checkbox(paneTitle('median'), l10n.t('No layer of any framework: the middle value of each window'), median, false, checked => set({ median: checked }))}
    </span>
  </div>`;
}
