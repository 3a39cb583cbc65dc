/** Noise on the picture, and which pooling removes it: in pictures, numbers and one sentence. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { layerNames, type OperatorName } from '../../core/operators';
import type { PoolOptions } from '../../core/options';
import { isNoise } from '../../lab/alteration';
import type { Noise } from '../../lab/noise';
import { paneTitle, tensorLine } from '../captions';
import type { ChartLine } from '../chart';
import type { Measured } from '../lab/measuring';
import { noiseOf } from '../lab/noiseChoices';
import { counterpartOf, levelsOf, noiseMeasure, noiseMeasures } from '../lab/noiseMeasures';
import { kindTitle, noiseRow } from '../lab/noiseRow';
import {
  bestOf,
  biasText,
  counterpartText,
  decibels,
  type NoisyWindow,
  noiseText,
  reasonTexts,
  verdictText,
  worstOf,
} from '../lab/noiseVerdict';
import { levelsNote, onSample, tryLink } from '../lab/words';
import { isStale, whiteOf } from '../page';
import { caption, paneFrame } from '../panes';
import { operatorsOf } from '../plan';
import { toolbar } from '../toolbar';
import { percentText } from '../words';
import { measuredDock } from './measuredDock';
import { poolingText } from './pooling';
import type { View, ViewProps } from './view';

const colours: Readonly<Partial<Record<OperatorName, ChartLine['colour']>>> = {
  max: 'red',
  average: 'blue',
  min: 'green',
  median: 'purple',
};

export const noise: View = {
  name: 'noise',
  title: 'Noise',

  knobs: ({ state: { saved }, toolbar: props, picture, parts }) =>
    toolbar(
      props,
      noiseRow(saved.noise, picture[1], chosen => parts.choose({ noise: chosen })),
    ),

  pictures(props) {
    const { picture } = props;
    return html`<div class=${isStale(picture) ? 'panes stale' : 'panes'}>
      ${noisyPane(props)} ${operatorsOf(picture.plan).map(name => pooledPane(props, name))}
    </div>`;
  },

  measures: ({ state: { saved }, picture: { plan } }) =>
    plan.branches.length > 0 ? noiseMeasures(plan, saved.noise) : [],

  describe(props) {
    const latest = latestOf(props);
    const shown = operatorsOf(props.picture.plan);
    if (!latest) return poolingText(props);
    const { noise: applied, window, measured } = latest;
    return [
      ...poolingText(props),
      [noiseText(applied)],
      shown.map(name => `- ${paneTitle(name)}: ${scoreText(measured, name)}`),
      [verdictText(applied, measured) ?? '', ...reasonTexts(applied, measured, shown, window)],
    ];
  },

  dock: props => measuredDock(props, chart, verdict),
};

/** The newest scores, and the noise that they are of. */
function latestOf({
  parts,
  picture,
}: ViewProps): { noise: Noise; window: NoisyWindow; measured: Measured } | undefined {
  const { latest } = parts.measuring;
  if (!latest || picture.plan.branches.length === 0) return undefined;
  const { alteration, options } = latest.measure.request;
  if (!isNoise(alteration)) return undefined;
  return { noise: alteration, window: windowOf(options), measured: latest.measured };
}

function noisyPane({ state: { name }, picture: { plan }, parts }: ViewProps): TemplateResult {
  const { alteration } = plan;
  const remark = isNoise(alteration) ? noiseText(alteration) : name;
  const title = l10n.t('Input');
  return paneFrame({
    kind: 'input',
    title,
    remark,
    label: [title, remark, tensorLine('input', plan)].join(', '),
    isMissing: false,
    nothing: undefined,
    context: { pane: 'input' },
    hold: { title: l10n.t('Clean'), words: l10n.t('Hold to see all pictures without noise') },
    held: 'before.input',
    caption: caption('input', { plan, inspection: parts.inspecting.inspection, histograms: undefined }),
    attach: (kind, canvas, overlay) => parts.tiles.attach(kind, canvas, overlay),
  });
}

function pooledPane(props: ViewProps, name: OperatorName): TemplateResult {
  const { picture, parts } = props;
  const { plan } = picture;
  const measured = latestOf(props)?.measured;
  const score = measured && scoreText(measured, name);
  const title = paneTitle(name);
  return paneFrame({
    kind: name,
    title,
    remark: layerNames.includes(name) ? undefined : l10n.t('in no framework'),
    badge: measured && badge(measured, operatorsOf(plan), name),
    label: [title, tensorLine(name, plan), ...(score ? [score] : [])].join(', '),
    isMissing: false,
    nothing: undefined,
    context: { pane: name },
    held: `before.${name}`,
    caption: html`<div class="score" title=${score ?? nothing}>${measured && errorText(measured, name)}</div>
      ${caption(name, { plan, inspection: parts.inspecting.inspection, histograms: undefined })}`,
    attach: (kind, canvas, overlay) => parts.tiles.attach(kind, canvas, overlay),
  });
}

/** The PSNR in the pane's heading, with a word for the best and the worst. */
function badge({ of }: Measured, shown: readonly OperatorName[], name: OperatorName): TemplateResult | undefined {
  const psnr = of[name]?.psnr;
  if (psnr === undefined) return undefined;
  const [best, worst] = [bestOf(shown, of) === name, worstOf(shown, of) === name];
  const rank = best ? l10n.t('best') : worst ? l10n.t('worst') : '';
  return html`<span class="psnr ${best ? 'best' : worst ? 'worst' : ''}" data-psnr=${psnr}
    ><span class="unit">PSNR</span> <b>${decibels(psnr)} dB</b> ${best ? '▲' : worst ? '▼' : ''} <span class="rank">${rank}</span></span
  >`;
}

function errorText({ of }: Measured, name: OperatorName): string {
  const { bias, spread, ssim } = of[name] ?? {};
  if (bias === undefined || spread === undefined) return '';
  return [
    biasText(bias),
    l10n.t('spread {0}', spread.toFixed(1)),
    ...(ssim === undefined || ssim === null ? [] : [`SSIM ${ssim.toFixed(3)}`]),
  ].join(' · ');
}

function scoreText(measured: Measured, name: OperatorName): string {
  const psnr = measured.of[name]?.psnr;
  return psnr === undefined ? '' : `PSNR ${decibels(psnr)} dB · ${errorText(measured, name)}`;
}

function chart({ state: { saved }, picture: { plan }, parts }: ViewProps): TemplateResult {
  const { noise: chosen } = saved;
  const isGaussian = chosen.kind === 'gaussian';
  const levels = levelsOf(chosen.kind);
  const points = levels.map(level => parts.measuring.answer(noiseMeasure(plan, chosen, true, chosen.kind, level)));
  return parts.chart.render({
    title: onSample(l10n.t('PSNR of pool(noisy) against pool(clean), dB: higher is nearer'), points),
    axis: isGaussian ? 'σ' : l10n.t('level'),
    ticks: levels.map(at => ({ at, label: isGaussian ? String(at) : percentText(at) })),
    marker: isGaussian ? chosen.sigma : chosen.share,
    lines: operatorsOf(plan).map(name => ({
      name: paneTitle(name),
      colour: colours[name] ?? 'red',
      values: points.map(point => point?.of[name]?.psnr),
    })),
    format: decibels,
    onTick: level => parts.choose({ noise: { ...chosen, [isGaussian ? 'sigma' : 'share']: level } }),
    onCopy: parts.copyText,
  });
}

function verdict(props: ViewProps): TemplateResult {
  const { state, picture, parts } = props;
  const { plan } = picture;
  const latest = latestOf(props);
  const { noise: chosen } = state.saved;
  const other = counterpartOf(chosen.kind);
  const compared = parts.measuring.answer(noiseMeasure(plan, chosen, false, other));
  const text = compared && counterpartText(noiseOf(chosen, other), compared);
  const said = latest && verdictText(latest.noise, latest.measured);
  return html`<section class="verdict" aria-label=${l10n.t('What the numbers say')}>
    <h3>${l10n.t('“Max pooling removes noise better.”')}</h3>
    <p data-sentence="verdict" role="status">${said ?? ''}</p>
    ${latest ? reasonTexts(latest.noise, latest.measured, operatorsOf(plan), latest.window).map(each => html`<p class="quiet">${each}</p>`) : nothing}
    <p data-sentence="counterpart">
      ${text ?? nothing}
      ${tryLink(kindTitle(other), () => parts.choose({ noise: { ...chosen, kind: other } }))}
    </p>
    <p class="quiet">
      ${l10n.t('Scores compare the pooled noisy picture with the pooled clean one, in float32.')} ${levelsNote(whiteOf(picture.info))}
      ${l10n.t('Does pooling also ignore small moves?')}
      ${tryLink(l10n.t('Shift'), () => parts.choose({ tab: 'shift' }))}
    </p>
  </section>`;
}

/** How many pixels a window has, and by what its sum is divided. */
function windowOf({ kernelSize: [height, width], divisorOverride }: PoolOptions): NoisyWindow {
  const pixels = height * width;
  return { pixels, divisor: divisorOverride ?? pixels };
}
