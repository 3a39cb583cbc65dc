/** Layers one after the other, as in a network: every stage's picture, and what is known behind each layer. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { frameworks } from '../../core/frameworks';
import { operatorOf } from '../../core/operators';
import { layersBefore, type StackPane, stackPane } from '../../core/panes';
import { pictureShapeText } from '../../core/shape';
import { shapeBehind } from '../../core/stack';
import type { Mark } from '../legend';
import { channelIn, pinnedIn } from '../page';
import { paneFrame } from '../panes';
import { pixelBar } from '../pixelBar';
import { shapeCode } from '../shapes';
import { presetStack } from '../stack/editStack';
import { kindTitle, layerTable } from '../stack/layerTable';
import { featuresOf, type StackPlan } from '../stack/stackPlan';
import { stackText } from '../stack/stackText';
import { stackRow } from '../stack/stackToolbar';
import { endSentence, traceSentences, unseenSentence } from '../stack/traceText';
import type { Traced } from '../stack/tracing';
import { pictureRow } from '../toolbar';
import { placeText, placeWords, roundedText, valuesText } from '../words';
import type { View, ViewProps } from './view';

export const layers: View = {
  name: 'layers',
  title: 'Layers',

  knobs(props) {
    const { state, toolbar, picture, parts } = props;
    const ignore = (event: Event) => event.preventDefault();
    return html`<form class="knobs unfolded" aria-label=${l10n.t('Options of the stack')} @submit=${ignore}>
      ${pictureRow(toolbar, nothing)}
      ${stackRow({ choices: state.saved.stack, framework: toolbar.knobs.framework, picture: picture, onStack: stack => parts.choose({ stack }) })}
    </form>`;
  },

  pictures(props) {
    const stack = props.picture.plan.stack;
    if (!stack) return html``;
    const end = endSentence(stack);
    if (stack.computed === 0) return shapesOnly(props, stack, end);
    return html`<div class="strip">
      ${Array.from({ length: stack.computed + 1 }, (_, at) => stagePane(props, stack, stackPane(at)))}
      ${end === undefined ? nothing : html`<p class="end quiet">${end}</p>`}
    </div>`;
  },

  describe({ state: { saved }, picture: { plan }, parts }) {
    return plan.stack ? stackText(plan.stack, parts.tracing.traced, channelIn(plan, saved)) : [];
  },

  dock(props) {
    const { state, picture, parts } = props;
    const { plan } = picture;
    const { saved } = state;
    if (!plan.stack) return nothing;
    const { traced } = parts.tracing;
    return html`${plan.stack.computed === 0 ? nothing : traceBar(props, plan.stack)}
      <div class="visually-hidden" role="status">${resultText(plan.stack)}</div>
      ${layerTable({
        choices: saved.stack,
        plan: plan.stack,
        pointed: traced ? layersBefore(traced.place.pane) : undefined,
        onStack: stack => parts.choose({ stack }),
        onCopy: parts.copyText,
      })}`;
  },
};

/** In place of pictures: the input's shape, and why there are none. */
function shapesOnly({ state, parts }: ViewProps, stack: StackPlan, end: string | undefined): TemplateResult {
  const { shapeText, layout } = frameworks[stack.framework];
  const { preset } = state.saved.stack;
  const show = () => {
    if (preset)
      parts.choose({ stack: presetStack(state.saved.stack, { ...preset, part: 'poolings' }, stack.framework) });
  };
  return html`<p class="shapes-only">
    ${l10n.t('Input')} <b>${shapeCode(shapeText(stack.shape), layout)}</b> <span class="quiet">${end ?? nothing}</span>
    ${preset?.part === 'network' ? html`<button type="button" class="link" @click=${show}>${l10n.t('Only its poolings, on this picture')}</button>` : nothing}
  </p>`;
}

/** What a change of the layers results in, for screen readers. */
function resultText(stack: StackPlan): string {
  const { refusal, framework, stages, shape } = stack;
  if (refusal) return `${l10n.t('Layer {0}', refusal.layer + 1)}: ${refusal.message}`;
  const { shapeText } = frameworks[framework];
  return `${l10n.t('Output shape')} ${shapeText(shapeBehind(shape, stages))}, in_features ${featuresOf(stack)}`;
}

function stagePane({ state, picture, parts }: ViewProps, stack: StackPlan, pane: StackPane): TemplateResult {
  const at = layersBefore(pane);
  const { plan } = picture;
  const { shapeText, layout, callText, stepTexts } = frameworks[stack.framework];
  const pooling = stack.stages[at - 1]?.pooling;
  const title = pooling ? `${at} · ${kindTitle(pooling.operator)}` : l10n.t('Input');
  const written = pooling && ([operatorOf(pooling.operator), pooling.options, pooling.axes] as const);
  const call = written ? (stepTexts?.(...written).join(' → ') ?? callText(...written)) : pictureShapeText(plan.shape);
  const shape = shapeText(pooling?.output ?? plan.shape);
  const { traced } = parts.tracing;
  const values = traced?.place.pane === pane ? traced.trace?.values : undefined;
  return paneFrame({
    kind: pane,
    title,
    remark: pooling ? undefined : state.name,
    label: `${title}, ${shape}`,
    isMissing: false,
    nothing: undefined,
    context: pooling ? { pane } : {},
    caption: html`<div class="call" title=${call}><code>${call}</code></div>
      <div class="shape"><b>${shapeCode(shape, layout)}</b></div>
      <div class="probe" title=${values && traced ? `${placeWords(traced.place)} · ${valuesText(values)}` : nothing}>${
        values && traced ? `${placeText(traced.place)} · ${valuesText(values, roundedText)}` : nothing
      }</div>`,
    attach: (kind, canvas, overlay) => parts.tiles.attach(kind, canvas, overlay),
  });
}

/** The marks that can be on the pictures now. */
function marksOf({ stages }: StackPlan, traced: Traced | undefined): Mark[] {
  const isPadded = stages.some(({ axes }) => axes.some(({ padBefore, padAfter }) => padBefore + padAfter > 0));
  return [
    { swatch: 'outer', words: l10n.t('receptive field') },
    ...(traced?.trace?.origins ? [{ swatch: 'inner', words: l10n.t('where the value comes from') } as const] : []),
    ...(isPadded ? [{ swatch: 'dashed', words: l10n.t('padding') } as const] : []),
    { swatch: 'hatched', words: l10n.t('unused') },
  ];
}

/** The walk, the channel, and what is said of the pixel pointed at. */
function traceBar({ state: { saved }, picture: { plan }, parts }: ViewProps, stack: StackPlan): TemplateResult {
  const { traced } = parts.tracing;
  const channel = channelIn(plan, saved);
  const isPinned = pinnedIn(plan, saved) !== undefined;
  const unseen = unseenSentence(stack);
  const said = traced ? traceSentences(traced, stack, channel) : [];
  return html`<section class="trace" aria-label=${l10n.t('Receptive field')}>
    ${pixelBar({ walk: parts.walk.controls(), isPinned, channels: plan.shape[1], channel, marks: marksOf(stack, traced), onRelease: parts.release, onChannel: chosen => parts.choose({ channel: chosen }) })}
    <p class="traced" data-sentence="field">${
      traced
        ? said.join(' ')
        : html`<span class="quiet">${l10n.t('Point at a pixel to see its receptive field. Click to pin it.')}</span>`
    }</p>
    <p class="quiet traced" data-sentence="unseen">${unseen ?? ''}</p>
    <div class="visually-hidden" role="status">${isPinned && !parts.walk.isPlaying ? said.join(' ') : nothing}</div>
  </section>`;
}
