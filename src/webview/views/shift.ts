/** The picture moved by some pixels, and what pooling makes of that. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { frameworks } from '../../core/frameworks';
import type { Inspection } from '../../core/inspect';
import type { OperatorName } from '../../core/operators';
import { type DerivedKind, isBefore, isChange, type RenderPane } from '../../core/panes';
import type { Rectangle } from '../../core/region';
import type { Shift } from '../../lab/shift';
import type { Inspected } from '../../protocol';
import { callLine, paneTitle, pixelProbe, tensorLine } from '../captions';
import type { ChartLine } from '../chart';
import type { Measured } from '../lab/measuring';
import { distances, shiftMeasure, shiftMeasures } from '../lab/shiftMeasures';
import { shiftRow } from '../lab/shiftRow';
import { blurText, changeText, headingText, moveText, otherMove, periodText, type Series } from '../lab/shiftVerdict';
import { levelsNote, onSample, tryLink } from '../lab/words';
import { channelIn, isStale, panesOf, pinnedIn, whiteOf } from '../page';
import { paneFrame } from '../panes';
import { axesOf, baseOf, layerOf, operatorsOf } from '../plan';
import { shapeCode } from '../shapes';
import { shiftDiagram } from '../shiftDiagram';
import { toolbar } from '../toolbar';
import { percentText } from '../words';
import { measuredDock } from './measuredDock';
import { poolingText } from './pooling';
import type { View, ViewProps } from './view';

const colours: Readonly<Partial<Record<OperatorName, ChartLine['colour']>>> = {
  max: 'red',
  average: 'blue',
  maxBlur: 'green',
};

export const shift: View = {
  name: 'shift',
  title: 'Shift',

  knobs: ({ state: { saved }, toolbar: props, parts }) =>
    toolbar(
      props,
      shiftRow(saved.shift, chosen => parts.choose({ shift: chosen })),
    ),

  pictures(props) {
    const { state, picture } = props;
    return html`<div class=${isStale(picture) ? 'panes stale' : 'panes'}>
      ${panesOf(picture.plan, state.saved).map(kind => shiftPane(props, kind as Exclude<RenderPane, DerivedKind>))}
    </div>`;
  },

  measures: ({ state: { saved }, picture: { plan } }) =>
    plan.branches.length > 0 ? shiftMeasures(plan, saved.shift) : [],

  describe(props) {
    const latest = latestOf(props);
    if (!latest) return poolingText(props);
    const { shift: applied, measured } = latest;
    const shown = operatorsOf(props.picture.plan);
    return [
      ...poolingText(props),
      [headingText(applied, measured, leadOf(props)) ?? ''],
      shown.map(name => `- ${paneTitle(name)}: ${changedText(measured, name)}`),
      [periodText(seriesOf(props)) ?? '', blurText(measured) ?? ''].filter(Boolean),
    ];
  },

  dock: props => measuredDock(props, chart, verdict),
};

/** The newest changes, and the move that they are of. */
function latestOf({ parts, picture }: ViewProps): { shift: Shift; measured: Measured } | undefined {
  const { latest } = parts.measuring;
  const alteration = latest?.measure.request.alteration;
  if (!latest || alteration?.kind !== 'shift' || picture.plan.branches.length === 0) return undefined;
  return { shift: alteration, measured: latest.measured };
}

function shiftPane(props: ViewProps, kind: Exclude<RenderPane, DerivedKind>): TemplateResult {
  const { picture, parts } = props;
  const { plan } = picture;
  const base = baseOf(kind, undefined);
  const shape = tensorLine(base, plan);
  const { title, remark, caption } = contentOf(props, kind, base);
  return paneFrame({
    kind,
    title,
    remark,
    label: [title, paneTitle(base), remark, shape].join(', '),
    isMissing: false,
    nothing: undefined,
    context: { pane: kind },
    caption,
    attach: (each, canvas, overlay) => parts.tiles.attach(each, canvas, overlay),
  });
}

/** What is written around a pane: each line of a row stands under one of its three pictures. */
function contentOf(props: ViewProps, kind: Exclude<RenderPane, DerivedKind>, base: 'input' | OperatorName) {
  const { plan } = props.picture;
  const title = paneTitle(base);
  const probe = probeText(props.parts.inspecting.inspection, kind, base);
  // While a pixel is pointed at, its value takes the caption's line: the pictures would move with one more.
  const lineOf = (line: TemplateResult) =>
    probe === undefined ? line : html`<div class="probe" title=${probe}>${probe}</div>`;
  if (isBefore(kind)) {
    const call = callLine(base, plan);
    const caption = lineOf(html`<div class="call" title=${call}><code>${call}</code></div>`);
    return { title, remark: l10n.t('as it is'), caption };
  }
  if (isChange(kind)) {
    const latest = latestOf(props);
    const changed = latest && base !== 'input' ? changedText(latest.measured, base) : '';
    const caption = lineOf(html`<div class="score" data-change=${base} title=${changed}>${changed}</div>`);
    return { title: l10n.t('Difference'), remark: l10n.t('4× as bright'), caption };
  }
  const { alteration, framework } = plan;
  const { layout } = frameworks[framework];
  return {
    title: l10n.t('{0}, moved', title),
    remark: alteration?.kind === 'shift' ? moveText(alteration) : '',
    caption: lineOf(html`<div class="shape"><b>${shapeCode(tensorLine(base, plan), layout)}</b></div>`),
  };
}

/** The pixel pointed at as a pane shows it; undefined if there is none. */
function probeText(
  inspected: Inspected | undefined,
  kind: Exclude<RenderPane, DerivedKind>,
  base: 'input' | OperatorName,
): string | undefined {
  const of = ({ input, windows }: Inspection) => {
    const reading = base === 'input' ? undefined : windows[base];
    const values = base === 'input' ? input?.values : reading?.channels.map(({ value }) => value);
    const at = base === 'input' ? input : reading;
    return values && at && { at, values };
  };
  const after = inspected && of(inspected);
  const before = inspected?.before && of(inspected.before);
  const shown = isBefore(kind)
    ? before
    : !isChange(kind)
      ? after
      : after &&
        before && { at: after.at, values: after.values.map((value, i) => Math.abs(value - before.values[i]!)) };
  return shown && pixelProbe(shown.at, shown.values).short;
}

function changedText({ of }: Measured, name: OperatorName): string {
  const { share, mean, compared } = of[name] ?? {};
  if (share === undefined || mean === undefined || compared === 0) return '';
  return l10n.t('{0} of the values change · mean change {1}', percentText(share), changeText(mean));
}

/** What is known of each distance of the chart. */
function pointsOf({ state: { saved }, picture: { plan }, parts }: ViewProps): readonly (Measured | undefined)[] {
  return distances.map(distance => parts.measuring.answer(shiftMeasure(plan, saved.shift, true, distance)));
}

function chart(props: ViewProps): TemplateResult {
  const { state, picture, parts } = props;
  const { plan } = picture;
  const { shift: chosen } = state.saved;
  const points = pointsOf(props);
  return parts.chart.render({
    title: onSample(l10n.t('Mean change of the output, in levels'), points),
    axis: chosen.along === 'dx' ? l10n.t('pixels to the right') : l10n.t('pixels down'),
    ticks: distances.map(at => ({ at, label: String(at) })),
    marker: chosen[chosen.along],
    lines: operatorsOf(plan).map(name => ({
      name: paneTitle(name),
      colour: colours[name] ?? 'red',
      values: points.map(point => {
        const { compared, mean } = point?.of[name] ?? {};
        return compared === 0 ? undefined : mean;
      }),
    })),
    format: changeText,
    onTick: distance => parts.choose({ shift: { ...chosen, [chosen.along]: distance } }),
    onCopy: parts.copyText,
  });
}

/** The pooling that the sentences are about: the first that is shown. */
function leadOf({ state: { saved }, picture: { plan } }: ViewProps): OperatorName {
  const all = operatorsOf(plan);
  return all.find(name => saved.shift.operators.includes(name)) ?? all[0]!;
}

/** The chart's points of the pooling that the sentences are about. */
function seriesOf(props: ViewProps): Series {
  const { state, picture } = props;
  const { shift: chosen } = state.saved;
  const name = leadOf(props);
  const [vertical, horizontal] = axesOf(picture.plan, name);
  const isRight = chosen.along === 'dx';
  return {
    stride: isRight ? horizontal.stride : vertical.stride,
    acrossStride: isRight ? vertical.stride : horizontal.stride,
    across: { ...chosen, [chosen.along]: 0 },
    shares: pointsOf(props).map((point, i) => ({ distance: distances[i]!, share: point?.of[name]?.share })),
  };
}

function verdict(props: ViewProps): TemplateResult {
  const { state, picture, parts } = props;
  const { shift: chosen } = state.saved;
  const latest = latestOf(props);
  const series = seriesOf(props);
  // Where all moves change nothing, or none can be compared, there is no other case to see.
  const hasOther = series.shares.some(({ share }) => share !== undefined && share > 0);
  const other = hasOther ? otherMove(chosen, series) : undefined;
  return html`<section class="verdict" aria-label=${l10n.t('What the numbers say')}>
    <div role="status"><h3 data-sentence="heading">${(latest && headingText(latest.shift, latest.measured, leadOf(props))) ?? ''}</h3></div>
    <p data-sentence="period">
      ${periodText(series) ?? ''}
      ${other ? tryLink(moveText(other), () => parts.choose({ shift: { ...chosen, ...other } })) : nothing}
    </p>
    <p data-sentence="blur">${(latest && blurText(latest.measured)) ?? ''}</p>
    ${diagram(props)}
    <p class="quiet">
      ${l10n.t('Outputs whose windows reach the repeated edge are left out of the numbers.')} ${levelsNote(whiteOf(picture.info))}
      ${l10n.t('Does pooling also remove noise?')}
      ${tryLink(l10n.t('Noise'), () => parts.choose({ tab: 'noise' }))}
    </p>
  </section>`;
}

/** The moving row, with pixels of the picture: around the pinned pixel, or of its middle. */
function diagram(props: ViewProps) {
  const { state, picture, parts } = props;
  const { plan, info } = picture;
  const { saved } = state;
  const name = leadOf(props);
  const layer = layerOf(plan, name);
  if (!layer) return nothing;
  const [vertical, horizontal] = layer.axes;
  const { stride, dilation } = horizontal;
  const kernel = layer.options.kernelSize[1];
  const width = 3 * stride + kernel;
  if (width > plan.picture.width || dilation > 1) return nothing;
  const pin = pinnedIn(plan, saved);
  const { x, y } =
    pin && pin.pane !== 'input'
      ? { x: pin.x * stride, y: pin.y * vertical.stride }
      : { x: plan.picture.width >> 1, y: plan.picture.height >> 1 };
  const region: Rectangle = {
    x: Math.max(0, Math.min(x - stride, plan.picture.width - width)),
    y: Math.min(y, plan.picture.height - 1),
    width,
    height: 1,
  };
  const values = parts.pictureRow.values(plan, region, channelIn(plan, saved));
  if (!values) return nothing;
  const { animation } = parts;
  return shiftDiagram({
    values,
    white: whiteOf(info),
    kernel,
    stride,
    moved: animation.moved,
    average: name === 'average',
    isPlaying: animation.isPlaying,
    canPlay: animation.canPlay,
    onStep: by => animation.step(by),
    onPlay: () => animation.toggle(),
  });
}
