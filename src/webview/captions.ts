/** Text around the canvases: shapes, formulas, facts, and the messages shown while no picture is open. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { float32Text } from '../core/float32';
import { frameworks } from '../core/frameworks';
import type { Inspection, Spot } from '../core/inspect';
import { operators } from '../core/operators';
import { derivedPanes, isDerived, type PaneKind } from '../core/panes';
import type { Point } from '../core/region';
import { pictureShapeText, poolFacts, shapePipeline, sizeFormula } from '../core/shape';
import type { OpeningStage, PictureInfo, Remedy } from '../protocol';
import { channelNames } from './inspector';
import { lastLayers, layerOf, type Plan } from './plan';

/**
 * Shapes at each step, for example
 * `imread (700, 1024, 3) → tensor [1, 3, 700, 1024] float32 → pool [1, 3, 350, 512] → image (350, 512, 3) uint8`.
 * @param white the largest sample value, 255 or 65535
 */
export function pipelineStrip(plan: Plan, white: number): TemplateResult | typeof nothing {
  const [layer] = lastLayers(plan);
  if (!layer) return nothing;
  const shapes = shapePipeline(plan.shape, layer.axes, plan.framework);
  const step = (name: string, label: string, text: string, type?: string) =>
    html`<li data-step=${name}>${label} <code>${text}</code>${type ? html` ${type}` : nothing}</li>`;
  return html`<section class="pipeline" aria-label=${l10n.t('From picture to picture')}>
    <ol>
      ${step('imread', 'imread', shapes.picture)} ${step('tensor', 'tensor', shapes.tensor, 'float32')}
      ${step('pool', 'pool', shapes.pooled)} ${step('image', 'image', shapes.image, white > 255 ? 'uint16' : 'uint8')}
    </ol>
  </section>`;
}

/** A pane's heading in the user's language. */
export function paneTitle(kind: PaneKind): string {
  if (kind === 'input') return l10n.t('Input');
  return l10n.t((isDerived(kind) ? derivedPanes[kind] : operators[kind]).title);
}

/** One pane's shapes, for example `[1, 3, 700, 1024] → MaxPool2d(2) → [1, 3, 350, 512]`. */
export function shapeLine(kind: Spot['pane'], plan: Plan): TemplateResult {
  const { shapeText, callText, stepTexts } = frameworks[plan.framework];
  // Spaces around the arrow, so that a long line can break between the steps.
  const arrow = html` <span class="arrow">→</span> `;
  const tensor = shapeText(plan.shape);
  if (kind === 'input') return html`<code>${pictureShapeText(plan.shape)}</code>${arrow}<code>${tensor}</code>`;
  const layer = layerOf(plan, kind);
  if (!layer) return html`<code>${tensor}</code>`;
  const written = [operators[kind], plan.options, layer.axes] as const;
  const steps = (stepTexts?.(...written) ?? [callText(...written)]).map(step => html`<code>${step}</code>${arrow}`);
  return html`<code>${tensor}</code>${arrow}${steps}<code>${shapeText(layer.output)}</code>`;
}

/** Position and exact values of the inspected pixel in one pane: `x 412, y 300 · R 108 G 121 B 143`. */
export function probeLine(kind: Spot['pane'], inspection: Inspection | undefined): string {
  if (!inspection) return '';
  if (kind === 'input') return inspection.input ? pixelText(inspection.input, inspection.input.values) : '';
  const reading = inspection.windows[kind];
  if (!reading) return '';
  return pixelText(
    reading,
    reading.channels.map(({ value }) => value),
  );
}

function pixelText({ x, y }: Point, values: readonly number[]): string {
  const names = channelNames(values.length);
  return `x ${x}, y ${y} · ${values.map((value, i) => `${names[i]} ${float32Text(value)}`.trim()).join('  ')}`;
}

/** Output size formulas with the numbers filled in, and what this pooling keeps, discards and costs. */
export function facts(plan: Plan): TemplateResult | typeof nothing {
  const { shape, options } = plan;
  const layers = lastLayers(plan);
  const [first] = layers;
  if (!first) return nothing;
  const known = poolFacts(shape, first.axes);
  const line = (axis: string, label: string, text: string) =>
    html`<span><span class="axis">${label}</span><code data-formula=${axis}>${text}</code></span>`;
  const formula = (axis: string, index: 0 | 1) => {
    const texts = layers.map(layer => sizeFormula(layer.axes[index], options));
    if (texts.every(text => text === texts[0])) return line(axis, axis, texts[0]!);
    return layers.map(({ operator }, i) => html`${line(axis, `${axis} ${paneTitle(operator)}`, texts[i]!)} `);
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

/** Why the current options are refused. */
export function refusalMessage(message: string): TemplateResult {
  return html`<p class="refusal" role="alert">
    <i class="codicon codicon-error" aria-hidden="true"></i><span>${message}</span>
  </p>`;
}

/** The notes about the file; nothing if there are none. */
export function fileNotes(info: PictureInfo): TemplateResult | typeof nothing {
  if (info.notes.length === 0) return nothing;
  return html`<p class="notes">
    <i class="codicon codicon-info" aria-hidden="true"></i><span>${info.notes.map(({ text }) => text).join(' ')}</span>
  </p>`;
}

/** Progress message with a cancel button, while the file is read or decoded. */
export function openingMessage(name: string, stage: OpeningStage, onCancel: () => void): TemplateResult {
  const doing = stage === 'reading' ? l10n.t('Reading {0}…', name) : l10n.t('Decoding {0}…', name);
  return html`<div class="progress" role="progressbar" aria-label=${doing}></div>
    <div class="message" role="status">
      <p>${doing}</p>
      <button class="plain" @click=${onCancel}>${l10n.t('Cancel')}</button>
    </div>`;
}

/** Why nothing can be shown, with one button per remedy; the first is the primary button. */
export function failureMessage(message: string, remedies: readonly Remedy[], onRemedy: (remedy: Remedy) => void) {
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
  return {
    retry: l10n.t('Try Again'),
    openAsText: l10n.t('Open as Text'),
    raiseLimit: l10n.t('Change the Limit'),
  }[remedy];
}
