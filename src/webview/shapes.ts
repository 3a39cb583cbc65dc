/** Shapes on the page, and the way from the file to the pooled picture. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { frameworks } from '../core/frameworks';
import { type ShapePipeline, shapePipeline } from '../core/shape';
import type { Shape } from '../core/tensor';
import { perPooling } from './perPooling';
import { lastLayers, type Plan } from './plan';

/** The axes of a picture's NumPy shape, one letter for each number. */
export function pictureLayout([, channels]: Shape): string {
  return channels === 1 ? 'HW' : 'HWC';
}

/**
 * A shape whose numbers know their axis: pointing at one lights up its formula.
 * @param layout one letter for each number, for example `NCHW`
 */
export function shapeCode(text: string, layout: string): TemplateResult {
  const names: Readonly<Record<string, string>> = {
    N: l10n.t('N: pictures at once'),
    C: l10n.t('C: channels'),
    H: l10n.t('H: height'),
    W: l10n.t('W: width'),
  };
  const pieces = text.split(/(\d+)/);
  const number = (piece: string, letter: string) =>
    html`<span data-axis=${letter} title=${names[letter] ?? nothing}>${piece}</span>`;
  return html`<code>${pieces.map((piece, i) => (i % 2 === 1 ? number(piece, layout[(i - 1) / 2]!) : piece))}</code>`;
}

/** A step of the way: its key, its name with the axes' letters, and its shape for each operator, once if all agree. */
interface Step {
  readonly key: keyof ShapePipeline;
  readonly title: string;
  readonly letters?: string;
  readonly layout: string;
  readonly type?: string;
}

/** @param white the largest sample value, 255 or 65535 */
function stepsOf({ shape, framework }: Plan, white: number): Step[] {
  const picture = pictureLayout(shape);
  const { layout } = frameworks[framework];
  const letters = (of: string, [open, close]: string) => `${open}${[...of].join(', ')}${close}`;
  const brackets = frameworks[framework].shapeText(shape).replace(/[^[\]()]/g, '');
  return [
    { key: 'picture', title: l10n.t('file'), letters: letters(picture, '()'), layout: picture },
    { key: 'tensor', title: l10n.t('tensor'), letters: letters(layout, brackets), layout, type: 'float32' },
    { key: 'pooled', title: l10n.t('pool'), layout },
    { key: 'image', title: l10n.t('image'), layout: picture, type: white > 255 ? 'uint16' : 'uint8' },
  ];
}

/** The shapes of a step, once for all operators that share them, with the operators' titles if others differ. */
function shapesOf(plan: Plan, key: keyof ShapePipeline) {
  return perPooling(lastLayers(plan), ({ axes }) => shapePipeline(plan.shape, axes, plan.framework)[key]);
}

/**
 * Shapes at each step, for example `file (H, W, C) (700, 1024, 3) → tensor [N, C, H, W] [1, 3, 700, 1024] float32 →
 * pool [1, 3, 350, 512] → image (350, 512, 3) uint8`.
 */
export function journey(plan: Plan, white: number): TemplateResult {
  const step = ({ key, title, letters, layout, type }: Step) => html`<li data-step=${key}>
    <span>${title}${letters ? html` <span class="letters">${letters}</span>` : nothing}</span>
    ${shapesOf(plan, key).map(({ of, text }) => html`<span class="shape">${of ? html`<span>${of}</span> ` : nothing}${shapeCode(text, layout)}</span>`)}
    ${type ?? nothing}
  </li>`;
  return html`<ol class="journey" aria-label=${l10n.t('From picture to picture')}>
    ${stepsOf(plan, white).map(step)}
  </ol>`;
}

/** The same as lines of text. */
export function journeyText(plan: Plan, white: number): string[] {
  return stepsOf(plan, white).map(({ key, title, letters, type }) => {
    const shapes = shapesOf(plan, key).map(({ of, text }) => (of ? `${of} ${text}` : text));
    return [title, letters, shapes.join(', '), type].filter(Boolean).join(' ');
  });
}
