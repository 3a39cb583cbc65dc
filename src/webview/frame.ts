/** The page around the canvases: journey, panes with their shapes, formulas and facts, and what to say while there is no picture. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { float32Text } from '../core/float32';
import type { Inspection, Point, Spot } from '../core/inspect';
import { callText, journey, poolFacts, sizeFormula } from '../core/shape';
import type { Axis, PoolKind } from '../core/window';
import type { DerivedKind, Stage as OpeningStage, PaneKind, PictureInfo, Remedy } from '../protocol';
import { channelNames } from './inspector';
import type { Plan } from './plan';

/** `imread (700, 1024, 3) → tensor [1, 3, 700, 1024] float32 → pool [1, 3, 350, 512] → image (350, 512, 3) uint8` */
export function journeyStrip(plan: Plan, white: number): TemplateResult {
  const shapes = journey(plan.shape, plan.max, plan.framework);
  const step = (name: string, label: string, shape: string, type?: string) =>
    html`<li data-step=${name}>${label} <code>${shape}</code>${type ? html` ${type}` : nothing}</li>`;
  return html`<section class="journey" aria-label=${l10n.t('From picture to picture')}>
    <ol>
      ${step('imread', 'imread', shapes.picture)} ${step('tensor', 'tensor', shapes.tensor, 'float32')}
      ${step('pool', 'pool', shapes.pooled)} ${step('image', 'image', shapes.image, white > 255 ? 'uint16' : 'uint8')}
    </ol>
  </section>`;
}

export function paneTitle(kind: PaneKind): string {
  switch (kind) {
    case 'input':
      return l10n.t('Input');
    case 'max':
      return l10n.t('Max');
    case 'average':
      return l10n.t('Average');
    case 'difference':
      return l10n.t('Max − average');
    case 'maxChange':
      return l10n.t('|Input − max|');
    case 'averageChange':
      return l10n.t('|Input − average|');
    case 'argmax':
      return l10n.t('Where the maxima are');
    case 'unpooled':
      return l10n.t('Max unpooled');
    case 'mask':
      return l10n.t('Where they differ');
  }
}

/** What a derived picture shows, in one line. */
export function legend(kind: DerivedKind): string {
  switch (kind) {
    case 'difference':
      return l10n.t('black: equal · brighter: the maximum is further above the average (drawn 4× as bright)');
    case 'maxChange':
    case 'averageChange':
      return l10n.t('black: unchanged · brighter: the pooled value is further from the pixel (drawn 4× as bright)');
    case 'argmax':
      return l10n.t('bright: the largest of a window, per channel');
    case 'unpooled':
      return l10n.t('each maximum back at its place, 0 elsewhere');
    case 'mask':
      return l10n.t('white: output pixels with another value');
  }
}

/** `[1, 3, 700, 1024] → MaxPool2d(2) → [1, 3, 350, 512]` */
export function shapeLine(kind: Spot['pane'], plan: Plan): TemplateResult {
  // Spaces around it, so that a long line breaks between the steps.
  const arrow = html` <span class="arrow">→</span> `;
  if (kind === 'input') {
    const { picture, tensor } = journey(plan.shape, plan.max, plan.framework);
    return html`<code>${picture}</code>${arrow}<code>${tensor}</code>`;
  }
  const { tensor, pooled } = journey(plan.shape, plan[kind], plan.framework);
  const steps = calls(kind, plan).map(call => html`<code>${call}</code>${arrow}`);
  return html`<code>${tensor}</code>${arrow}${steps}<code>${pooled}</code>`;
}

/** The layers on the way; PyTorch has no 'same', its code pads first. */
function calls(kind: PoolKind, { framework, options, [kind]: axes }: Plan): string[] {
  if (framework !== 'pytorch' || options.padding !== 'same') return [callText(kind, options, axes)];
  const [vertical, horizontal] = axes;
  const pads = [horizontal.padBefore, horizontal.padAfter, vertical.padBefore, vertical.padAfter];
  const unpadded = axes.map(axis => ({ ...axis, padBefore: 0, padAfter: 0 })) as [Axis, Axis];
  const pool = callText(kind, { ...options, framework, countIncludePad: true }, unpadded);
  if (pads.every(pad => pad === 0)) return [pool];
  // The layer counts the zeros; dividing by what it makes of a picture of ones leaves the average of real pixels.
  return [`F.pad(${pads.join(', ')})`, kind === 'average' ? `${pool} / ${pool}(ones)` : pool];
}

/** `x 412, y 300 · R 108 G 121 B 143`: the inspected pixel as it is in one pane, exactly. */
export function probeLine(kind: Spot['pane'], inspection: Inspection | undefined): string {
  if (!inspection) return '';
  if (kind === 'input') return inspection.input ? pixelText(inspection.input, inspection.input.values) : '';
  const reading = inspection[kind];
  if (!reading) return '';
  return pixelText(reading, reading.channels.map(kind === 'max' ? ({ maximum }) => maximum : ({ average }) => average));
}

function pixelText({ x, y }: Point, values: readonly number[]): string {
  const names = channelNames(values.length);
  return `x ${x}, y ${y} · ${values.map((value, i) => `${names[i]} ${float32Text(value)}`.trim()).join('  ')}`;
}

/** The formulas with the numbers put in, and what a course says about pooling, for this very picture. */
export function facts(plan: Plan): TemplateResult {
  const { max, average, options } = plan;
  const known = poolFacts(plan.shape, max);
  const formula = (axis: string, index: 0 | 1) => {
    const line = (label: string, text: string) =>
      html`<span><span class="axis">${label}</span><code data-formula=${axis}>${text}</code></span>`;
    const [ofMax, ofAverage] = [sizeFormula(max[index], options), sizeFormula(average[index], options)];
    if (ofMax === ofAverage) return line(axis, ofMax);
    return html`${line(`${axis} ${paneTitle('max')}`, ofMax)} ${line(`${axis} ${paneTitle('average')}`, ofAverage)}`;
  };
  return html`<section class="facts" aria-label=${l10n.t('Output size and facts')}>
    ${formula('H', 0)} ${formula('W', 1)}
    <ul>
      <li>${l10n.t('{0} of the values', percent(known.keptShare))}</li>
      <li>${l10n.t('{0} → {1} channels', known.channelsIn, known.channelsOut)}</li>
      <li>${l10n.t('{0} parameters', known.parameters)}</li>
      ${
        known.discardedRows + known.discardedColumns > 0
          ? html`<li>${l10n.t('{0} rows and {1} columns unused', known.discardedRows, known.discardedColumns)}</li>`
          : nothing
      }
      <li>${known.overlapping ? l10n.t('windows overlap') : l10n.t('windows do not overlap')}</li>
    </ul>
  </section>`;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value >= 10 ? Math.round(value * 10) / 10 : Number(value.toPrecision(2))} %`;
}

export function refusal(message: string): TemplateResult {
  return html`<p class="refusal" role="alert">
    <i class="codicon codicon-error" aria-hidden="true"></i><span>${message}</span>
  </p>`;
}

export function notes(info: PictureInfo): TemplateResult | typeof nothing {
  if (info.notes.length === 0) return nothing;
  return html`<p class="notes">
    <i class="codicon codicon-info" aria-hidden="true"></i><span>${info.notes.map(({ text }) => text).join(' ')}</span>
  </p>`;
}

export function opening(name: string, stage: OpeningStage, onCancel: () => void): TemplateResult {
  const doing = stage === 'reading' ? l10n.t('Reading {0}…', name) : l10n.t('Decoding {0}…', name);
  return html`<div class="progress" role="progressbar" aria-label=${doing}></div>
    <div class="message" role="status">
      <p>${doing}</p>
      <button class="plain" @click=${onCancel}>${l10n.t('Cancel')}</button>
    </div>`;
}

export function failure(message: string, remedies: readonly Remedy[], onRemedy: (remedy: Remedy) => void) {
  return html`<div class="message" role="alert">
    <i class="codicon codicon-error" aria-hidden="true"></i>
    <p>${message}</p>
    <div class="remedies">
      ${remedies.map(
        (
          remedy,
          i,
        ) => html`<button class="plain ${i === 0 ? 'primary' : ''}" data-remedy=${remedy} @click=${() => onRemedy(remedy)}>
          ${remedyTitle(remedy)}
        </button>`,
      )}
    </div>
  </div>`;
}

function remedyTitle(remedy: Remedy): string {
  switch (remedy) {
    case 'retry':
      return l10n.t('Try Again');
    case 'openAsText':
      return l10n.t('Open as Text');
    case 'raiseLimit':
      return l10n.t('Change the Limit');
  }
}
