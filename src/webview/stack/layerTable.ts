/** The table of layers: each with its knobs in place and what is known behind it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { frameworks } from '../../core/frameworks';
import { operatorOf } from '../../core/operators';
import { frameworkTitles, noPadding } from '../../core/options';
import { type StackRow, shapeBehind } from '../../core/stack';
import { icon } from '../icon';
import { shapeCode } from '../shapes';
import { countText, shareText } from '../words';
import { derivation } from './derivation';
import { changeLayer, duplicateLayer, hasRoom, moveLayer, removeLayer } from './editStack';
import { isIn, type LayerChoice, type LayerKind, layerKinds, settingsOf, shownStride } from './layerChoice';
import { numberText, pairField, type RowFields, textField } from './layerFields';
import { linearRows } from './linearRows';
import { moreSettings, moreText } from './moreSettings';
import type { StackChoices } from './stackChoices';
import type { StackPlan } from './stackPlan';
import { ownLayers } from './stackPresets';
import { paddingTyped, pairTyped, parsePadding, parsePair, parseSize, sameNumbers } from './typedPair';

/** What the table shows, and what its controls do. */
export interface LayerTableProps {
  readonly choices: StackChoices;
  readonly plan: StackPlan;
  /** The stage that is pointed at, counted from 1; undefined if none. */
  readonly pointed: number | undefined;
  readonly onStack: (stack: StackChoices) => void;
  readonly onCopy: (text: string) => void;
}

export function layerTable(props: LayerTableProps): TemplateResult {
  const { choices } = props;
  const column = (title: string, meaning: string, kind = '') =>
    html`<th scope="col" class=${kind} title=${meaning}>${title}</th>`;
  return html`<div class="layers">
    <table aria-label=${l10n.t('Layers')}>
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">${l10n.t('Layer')}</th>
          <th scope="col">${l10n.t('Kernel')}</th>
          <th scope="col">${l10n.t('Stride')}</th>
          <th scope="col">${l10n.t('Padding')}</th>
          <th scope="col"><span class="visually-hidden">${l10n.t('More')}</span></th>
          ${column(l10n.t('Output shape'), l10n.t('The shape of the tensor behind the layer'))}
          ${column(l10n.t('Receptive field'), l10n.t('How much of the input one pixel sees: height × width'))}
          ${column(l10n.t('Step'), l10n.t('Input pixels from one pixel’s field to the next one’s (jump)'), 'rare')}
          ${column(l10n.t('Start'), l10n.t('The middle of the first pixel’s field; the first input pixel’s middle is 0'), 'rare')}
          ${column(l10n.t('Values left'), l10n.t('Output values for each input value of the stack'), 'number rare')}
          ${column(l10n.t('Parameters'), l10n.t('Learned numbers: a pooling has none'), 'number')}
          <th scope="col"><span class="visually-hidden">${l10n.t('Move, duplicate, remove')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          choices.layers,
          ({ id }) => id,
          (layer, at) => rowOf(props, layer, at),
        )}
      </tbody>
      ${linearRows(props, columns)}
    </table>
  </div>`;
}

/** Columns of the table. */
const columns = 13;

function rowOf(props: LayerTableProps, layer: LayerChoice, at: number): TemplateResult {
  const { choices, plan, pointed, onStack } = props;
  const refusal = plan.refusal?.layer === at ? plan.refusal : undefined;
  const isOpen = choices.details === layer.id;
  const refusalId = `refusal-${layer.id}`;
  const fields: RowFields = {
    place: at + 1,
    refusal: refusal && { ...refusal, id: refusalId },
    layer,
    framework: plan.framework,
    set: part => onStack(changeLayer(choices, at, part)),
  };
  const marks = [...(refusal ? ['refused'] : []), ...(pointed === at + 1 ? ['pointed'] : [])];
  return html`<tr class=${marks.join(' ')} data-layer=${at + 1} aria-current=${pointed === at + 1 ? 'true' : nothing} @keydown=${(event: KeyboardEvent) => onKey(props, at, event)}>
      <th scope="row">${at + 1}</th>
      <td class="kind">${kindChoice(props, fields)} ${kindField(fields)}</td>
      ${windowCells(fields)}
      <td class="more">${moreButton(props, fields, isOpen)}</td>
      ${outputCells(plan, plan.stages[at]?.row, at < ownLayers(choices.preset))}
      <td>${actions(props, at)}</td>
    </tr>
    ${isOpen ? html`<tr class="details" id="details-${layer.id}"><td></td><td colspan=${columns - 1}>${moreSettings(fields)} ${formulas(plan, at)}</td></tr>` : nothing}
    ${refusal ? html`<tr class="words"><td></td><td colspan=${columns - 1}><span class="refused" id=${refusalId}>${icon('error')}${refusal.message}</span></td></tr>` : nothing}`;
}

function formulas(plan: StackPlan, at: number): TemplateResult | typeof nothing {
  const stage = plan.stages[at];
  if (!stage) return nothing;
  const input = shapeBehind(plan.shape, plan.stages.slice(0, at));
  return html`<span class="formulas">${derivation(stage, input).map(text => html`<code>${text}</code>`)}</span>`;
}

/** Alt with an arrow key moves the layer, as it moves a line of code. */
function onKey({ choices, onStack }: LayerTableProps, at: number, event: KeyboardEvent): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
  // Alt+↓ opens a list.
  if (!by || !event.altKey || event.target instanceof HTMLSelectElement) return;
  event.preventDefault();
  keepFocus(event.target as HTMLElement, () => onStack(moveLayer(choices, at, by)));
}

/** A row that moves loses the focus, and a row that is removed leaves it to the one in its place. */
function keepFocus(control: HTMLElement, change: () => void): void {
  const table = control.closest('table')!;
  const place = [...table.querySelectorAll('.actions')].findIndex(actions => actions.contains(control));
  change();
  if (control.isConnected) {
    control.focus();
    return;
  }
  const left = [...table.querySelectorAll('.actions')];
  left[Math.min(place, left.length - 1)]?.querySelector<HTMLElement>('button:last-of-type')?.focus();
}

function kindChoice({ plan }: LayerTableProps, { layer, place, set }: RowFields): TemplateResult {
  const choose = (event: Event) => {
    const kind = layerKinds.find(each => each === (event.target as HTMLSelectElement).value);
    if (kind)
      set(kind === 'conv' || layer.kind === 'conv' ? { kind, stride: 'default', padding: noPadding } : { kind });
  };
  return html`<select name="kind" aria-label=${l10n.t('Layer {0}', place)} .value=${live(layer.kind)} @change=${choose}>
    ${layerKinds.map(kind => {
      const isPossible = isIn(kind, plan.framework);
      return html`<option
        value=${kind}
        ?selected=${kind === layer.kind}
        ?disabled=${!isPossible}
        title=${isPossible ? nothing : l10n.t('{0} has no such layer', frameworkTitles[plan.framework])}
      >${kindTitle(kind)}</option>`;
    })}
  </select>`;
}

export function kindTitle(kind: LayerKind): string {
  return kind === 'conv' ? l10n.t('Convolution') : l10n.t(operatorOf(kind).title);
}

/** The setting that a kind cannot do without, besides its windows. */
function kindField(fields: RowFields): TemplateResult | typeof nothing {
  const { layer, set } = fields;
  if (layer.kind === 'conv') {
    return numberText(fields, 'outChannels', 'out_channels', layer.outChannels, outChannels => set({ outChannels }));
  }
  if (layer.kind === 'lp') return numberText(fields, 'norm', 'p', layer.norm, norm => set({ norm }));
  return nothing;
}

function windowCells(fields: RowFields): TemplateResult {
  const { layer, framework, set } = fields;
  const taken = settingsOf(layer.kind, framework);
  if (taken.includes('outputSize')) {
    return html`<td colspan="3">${textField(fields, {
      option: 'outputSize',
      title: 'output_size',
      isNamed: true,
      text: pairTyped(layer.outputSize),
      means: typed => sameNumbers(parseSize(typed), layer.outputSize),
      onText: typed => set({ outputSize: parseSize(typed) }),
    })}</td>`;
  }
  if (!taken.includes('kernelSize')) {
    const isWhole = isIn(layer.kind, framework);
    return html`<td colspan="3" class="quiet">${isWhole ? l10n.t('the whole picture') : nothing}</td>`;
  }
  const { kernel, stride } = layer;
  return html`<td>${pairField(fields, 'kernelSize', l10n.t('Kernel'), kernel, chosen => set({ kernel: chosen }))}</td>
    <td>${textField(fields, {
      option: 'stride',
      title: l10n.t('Stride'),
      text: stride === 'default' ? '' : pairTyped(stride),
      placeholder: pairTyped(shownStride(layer, framework)),
      means: typed =>
        typed.trim() === '' ? stride === 'default' : stride !== 'default' && sameNumbers(parsePair(typed), stride),
      onText: typed => set({ stride: typed.trim() === '' ? 'default' : parsePair(typed) }),
    })}</td>
    <td>${taken.includes('padding') ? paddingField(fields) : nothing}</td>`;
}

function paddingField(fields: RowFields): TemplateResult {
  const { layer, framework, place, set } = fields;
  const { padding } = layer;
  if (frameworks[framework].padsBy === 'nothing') {
    const isSame = typeof padding === 'string';
    return html`<select name="padding" aria-label=${l10n.t('{0} of layer {1}', l10n.t('Padding'), place)} .value=${live(isSame ? 'same' : 'valid')}
      @change=${(event: Event) => set({ padding: (event.target as HTMLSelectElement).value === 'same' ? 'same' : noPadding })}>
      ${['valid', 'same'].map(word => html`<option value=${word} ?selected=${(word === 'same') === isSame}>${word}</option>`)}
    </select>`;
  }
  return textField(fields, {
    option: 'padding',
    title: l10n.t('Padding'),
    text: paddingTyped(padding),
    means: typed => {
      const meant = parsePadding(typed);
      if (typeof meant === 'string' || typeof padding === 'string') return typeof meant === typeof padding;
      return sameNumbers(Object.values(meant), Object.values({ ...meant, ...padding }));
    },
    onText: typed => set({ padding: parsePadding(typed) }),
  });
}

function moreButton(
  { choices, onStack }: LayerTableProps,
  { layer, framework, place }: RowFields,
  isOpen: boolean,
): TemplateResult {
  const title = l10n.t('More of layer {0}: settings and formulas', place);
  return html`<button
      type="button"
      class="icon"
      aria-expanded=${isOpen}
      aria-controls=${isOpen ? `details-${layer.id}` : nothing}
      aria-label=${title}
      title=${title}
      @click=${() => onStack({ ...choices, details: isOpen ? null : layer.id })}
    >${icon('ellipsis')}</button><span class="quiet">${moreText(layer, framework)}</span>`;
}

/** What the cells behind a layer are: right-aligned numbers, and those that a narrow page leaves out. */
const cellKinds = ['', '', 'rare', 'rare', 'number rare', 'number'] as const;

/** @param isOwn whether the layer is one of the network, and does not stand for several */
function outputCells(plan: StackPlan, row: StackRow | undefined, isOwn: boolean): TemplateResult {
  if (!row) return html`${cellKinds.map(kind => html`<td class="quiet ${kind}">–</td>`)}`;
  const { shapeText, layout } = frameworks[plan.framework];
  const { shape, receptiveField, jump, start, parameters } = row;
  const [, channels, height, width] = plan.shape;
  const share = (shape[1] * shape[2] * shape[3]) / (channels * height * width);
  const unknown = html`<span class="quiet" title=${l10n.t('The layer stands for several')}>–</span>`;
  const none = html`<span class="quiet" title=${l10n.t('Uneven windows have no common step')}>–</span>`;
  const pair = (values: readonly (number | null)[]) =>
    values[0] === null ? none : html`<code>${sizeText(values as readonly number[])}</code>`;
  return html`<td>${shapeCode(shapeText(shape), layout)}</td>
    <td>${isOwn ? html`<code>${receptiveField.join(' × ')}</code>` : unknown}</td>
    <td class="rare">${pair(jump)}</td>
    <td class="rare">${isOwn ? pair(start) : unknown}</td>
    <td class="number rare"><code>${shareText(share)}</code></td>
    <td class="number">${isOwn ? html`<code>${countText(parameters)}</code>` : unknown}</td>`;
}

/** One number for height and width if they are equal. */
function sizeText([height, width]: readonly number[]): string {
  return height === width ? `${height}` : `${height} × ${width}`;
}

function actions(props: LayerTableProps, at: number): TemplateResult {
  const { choices, onStack } = props;
  const place = at + 1;
  const button = (symbol: string, title: string, isPossible: boolean, act: () => StackChoices) =>
    html`<button
      type="button"
      class="icon"
      aria-disabled=${!isPossible}
      title=${title}
      aria-label=${title}
      @click=${(event: Event) => isPossible && keepFocus(event.currentTarget as HTMLElement, () => onStack(act()))}
    >${icon(symbol)}</button>`;
  return html`<span class="actions" role="toolbar" aria-label=${l10n.t('Layer {0}', place)}>
    ${button('arrow-up', l10n.t('Move layer {0} up (Alt+↑)', place), at > 0, () => moveLayer(choices, at, -1))}
    ${button('arrow-down', l10n.t('Move layer {0} down (Alt+↓)', place), place < choices.layers.length, () => moveLayer(choices, at, 1))}
    ${button('files', l10n.t('Duplicate layer {0}', place), hasRoom(choices), () => duplicateLayer(choices, at))}
    ${button('close', l10n.t('Remove layer {0}', place), true, () => removeLayer(choices, at))}
  </span>`;
}
