/** A chart of a few lines, drawn as SVG; its numbers are also a table, for those who do not see it or want to copy it. */
import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { type ChartLayout, chartHeight, chartLayout } from './chartLayout';
import { type ChartLine, type ChartProps, positionOf, rowsOf, summaryOf, tsvOf, valueText } from './chartNumbers';
import { onElement } from './onElement';

export type { ChartLine, ChartProps };

/** Dots, as paths from their middle. */
const dots: Readonly<Record<ChartLine['colour'], string>> = {
  red: 'm-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
  blue: 'm-3.2-3.2h6.4v6.4h-6.4z',
  green: 'm0-4.4l4.2 7.4h-8.4z',
  purple: 'm0-4.8l4.8 4.8-4.8 4.8-4.8-4.8z',
};

const watched = onElement((element: Element, watch: (element: Element) => void) => watch(element));

const placed = onElement((element: HTMLElement, x: number) => {
  element.style.setProperty('--x', `${x}px`);
});

/** A chart on the page: knows how wide it is and which tick the pointer is at. */
export class Chart {
  #width = 480;
  /** The index of a tick. */
  #pointed: number | undefined;
  #element: Element | undefined;
  readonly #observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry!.contentRect.width);
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    this.onChange();
  });

  /** @param onChange called when the chart has to be rendered again */
  constructor(private readonly onChange: () => void) {}

  render(props: ChartProps): TemplateResult {
    const { title, ticks, onTick, onCopy } = props;
    const layout = chartLayout(props, this.#width);
    const pointed = this.#pointed !== undefined && this.#pointed < ticks.length ? this.#pointed : undefined;
    const nearest = (event: MouseEvent) => {
      const x = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
      const index = Math.round((x - layout.left) / (layout.x(1) - layout.left));
      return Math.max(0, Math.min(index, ticks.length - 1));
    };
    return html`<figure class="chart">
      <figcaption>${title}</figcaption>
      <div
        class=${onTick ? 'plot choosable' : 'plot'}
        ${watched(this.#watch)}
        @pointermove=${(event: PointerEvent) => this.#point(nearest(event))}
        @pointerleave=${() => this.#point(undefined)}
        @click=${(event: MouseEvent) => onTick?.(ticks[nearest(event)]!.at)}
      >
        ${drawing(props, layout, pointed)} ${pointed === undefined ? nothing : tooltip(props, layout.x(pointed), this.#width, pointed)}
      </div>
      <div class="numbers">
        <details>
          <summary>${l10n.t('Numbers')}</summary>
          ${table(props)}
        </details>
        <button type="button" class="link" @click=${() => onCopy(tsvOf(props))}>${l10n.t('Copy as Table')}</button>
      </div>
    </figure>`;
  }

  #watch = (element: Element) => {
    if (this.#element === element) return;
    this.#observer.disconnect();
    this.#observer.observe(element);
    this.#element = element;
  };

  #point(index: number | undefined): void {
    if (index === this.#pointed) return;
    this.#pointed = index;
    this.onChange();
  }
}

function drawing(props: ChartProps, layout: ChartLayout, pointed: number | undefined): TemplateResult {
  const { axis, ticks, marker, lines, format } = props;
  const { left, right, bottom, grid, labelled, names, x, y } = layout;
  const position = marker === undefined ? undefined : positionOf(ticks, marker);
  const isKnown = names.length > 0;
  return html`<svg role="img" aria-label=${summaryOf(props)} height=${chartHeight}>
    ${grid.map(
      value => svg`<path class=${value === Infinity ? 'grid beyond' : 'grid'} d="M${left} ${crisp(y(value))}H${right}" />
        ${isKnown ? svg`<text class="end" x=${left - 10} y=${y(value)}>${format(value)}</text>` : nothing}`,
    )}
    ${ticks.map(({ label }, i) => (i % labelled === 0 ? svg`<text class="middle" x=${x(i)} y=${bottom + 16}>${label}</text>` : nothing))}
    <text x=${right + 22} y=${bottom + 16}>${axis}</text>
    ${pointed === undefined ? nothing : svg`<path class="pointed" d="M${crisp(x(pointed))} 0V${bottom}" />`}
    ${position === undefined ? nothing : svg`<path class="marker" d="M${crisp(x(position))} 0V${bottom}" />`}
    ${lines.map(
      ({ colour, values }) => svg`<g class=${colour}>
        <path class="line" d=${linePath(values, layout)} />
        <path class="dots" d=${values.map((value, i) => (value === undefined ? '' : dotPath(colour, x(i), y(value)))).join('')} />
      </g>`,
    )}
    ${lines.map(({ name, colour, values }, i) => {
      const place = names[i];
      if (!place) return nothing;
      const { at, isUnclear } = place;
      const end = values[ticks.length - 1];
      return svg`<g class=${colour}>
        ${isUnclear && end !== undefined ? svg`<path class="leader" d="M${right} ${round(y(end))}L${right + 12} ${round(at)}" />` : nothing}
        ${isUnclear ? svg`<path class="dots" d=${dotPath(colour, right + 12, at)} />` : nothing}
        <text x=${right + 22} y=${at}>${name}</text>
      </g>`;
    })}
  </svg>`;
}

/** A line through the values that are known: it is interrupted where one is not. */
export function linePath(values: ChartLine['values'], { x, y }: Pick<ChartLayout, 'x' | 'y'>): string {
  return values
    .map((value, i) =>
      value === undefined ? '' : `${values[i - 1] === undefined ? 'M' : 'L'}${round(x(i))} ${round(y(value))}`,
    )
    .join('');
}

function dotPath(colour: ChartLine['colour'], x: number, y: number): string {
  return `M${round(x)} ${round(y)}${dots[colour]}`;
}

function tooltip(props: ChartProps, x: number, width: number, index: number): TemplateResult {
  const { label } = props.ticks[index]!;
  return html`<div class=${x < width / 2 ? 'tooltip' : 'tooltip before'} aria-hidden="true" ${placed(x)}>
    <div>
      <p>${label} <span class="quiet">${props.axis}</span></p>
      <dl>
        ${props.lines.map(
          ({ name, colour, values }) => html`<dt>
              <svg class=${colour} width="10" height="10"><path class="dots" d=${dotPath(colour, 5, 5)} /></svg>${name}
            </dt>
            <dd>${valueText(props, values[index])}</dd>`,
        )}
      </dl>
    </div>
  </div>`;
}

function table(props: ChartProps): TemplateResult {
  return html`<table>
    <caption class="visually-hidden">${props.title}</caption>
    <thead>
      <tr>
        <th scope="col">${props.axis}</th>
        ${props.lines.map(({ name }) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rowsOf(props).map(
        ({ label, cells }) => html`<tr>
          <th scope="row">${label}</th>
          ${cells.map(cell => html`<td>${cell}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function round(place: number): number {
  return Math.round(place * 10) / 10;
}

/** The middle of a pixel: a line of one pixel is sharp there. */
function crisp(place: number): number {
  return Math.floor(place) + 0.5;
}
