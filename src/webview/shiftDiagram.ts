/** What happens to a pooling when its picture moves: a row of pixels under windows that stay. */
import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { icon } from './icon';

export interface ShiftDiagramProps {
  /**
   * Pixels of a row of the picture. At rest the last window ends with the last of them; as many as the stride, or more,
   * are left of the first window, to move in.
   */
  readonly values: readonly number[];
  /** The largest value that a pixel can have. */
  readonly white: number;
  readonly kernel: number;
  readonly stride: number;
  /** How far the pixels are moved to the right: 0 to the stride. */
  readonly moved: number;
  readonly average: boolean;
  readonly isPlaying: boolean;
  /** False where nothing may move by itself. */
  readonly canPlay: boolean;
  readonly onStep: (by: 1 | -1) => void;
  readonly onPlay: () => void;
}

/** What is computed from. */
export type ShiftedRow = Pick<ShiftDiagramProps, 'values' | 'kernel' | 'stride' | 'moved' | 'average'>;

const windows = [0, 1, 2] as const;

/** The largest kernel and stride for which there is a drawing. */
const most = 8;

/** Width and height of a pixel on the screen. */
const cell = 30;

/** Pixels of the screen that even a narrow page has. */
const widestFitting = 300;

/** What a window shows. */
export interface ShiftedWindow {
  readonly value: number;
  /** What it was before the move, or what its neighbour was, once the picture has moved by the stride. */
  readonly before: number;
  /** The index of the first maximum; -1 for an average. */
  readonly winner: number;
}

/** The three windows over the moved row. */
export function shiftedWindows(row: ShiftedRow): readonly ShiftedWindow[] {
  const steps = Math.floor(row.moved / row.stride);
  return windows.map(window => ({ ...pooled(row, window, row.moved), before: pooled(row, window - steps, 0).value }));
}

function pooled({ values, kernel, stride, average, ...row }: ShiftedRow, window: number, moved: number) {
  const start = firstOf({ values, kernel, stride, average, ...row }) + window * stride - moved;
  const pixels = values.slice(start, start + kernel);
  if (average) return { value: pixels.reduce((sum, pixel) => sum + pixel, 0) / kernel, winner: -1 };
  const value = Math.max(...pixels);
  return { value, winner: start + pixels.indexOf(value) };
}

/** The index of the first window's first pixel at rest. */
function firstOf({ values, kernel, stride }: ShiftedRow): number {
  return values.length - spanOf({ kernel, stride });
}

/** From the first window's start to the last one's end. */
function spanOf({ kernel, stride }: Pick<ShiftedRow, 'kernel' | 'stride'>): number {
  return (windows.length - 1) * stride + kernel;
}

/** What is seen at this position, in a sentence or two. */
export function shiftSentence(row: ShiftedRow): string {
  const { kernel, stride, moved } = row;
  const what = nounOf(row);
  if (moved === 0) {
    return l10n.t('As it is: three windows of kernel {0} and stride {1}, and their {2}.', kernel, stride, what);
  }
  if (moved === stride) {
    return l10n.t(
      'Moved by {0} = the stride: each window holds what its left neighbour held before. The {1} are the same, one place further.',
      moved,
      what,
    );
  }
  const changed = shiftedWindows(row).filter(({ value, before }) => value !== before).length;
  return changed === 0
    ? l10n.t('Moved by {0}: the windows hold other pixels, but the same {1}.', moved, what)
    : l10n.t(
        'Moved by {0}: the windows hold other pixels. Changed: {1} of 3 {2} (struck out: before).',
        moved,
        changed,
        what,
      );
}

function nounOf({ average }: Pick<ShiftedRow, 'average'>): string {
  return average ? l10n.t('averages') : l10n.t('maxima');
}

/** The drawing with its buttons and its sentence; nothing for windows that are too large to be drawn. */
export function shiftDiagram(props: ShiftDiagramProps): TemplateResult | typeof nothing {
  const { kernel, stride, isPlaying, canPlay, onStep, onPlay } = props;
  if (kernel > most || stride > most || firstOf(props) < stride) return nothing;
  const button = (symbol: string, title: string, act: () => void) =>
    html`<button type="button" class="icon" title=${title} aria-label=${title} @click=${act}>${icon(symbol)}</button>`;
  return html`<div class="shift-diagram">
    ${drawing(props)}
    <div class="position">
    <span class="walk" role="toolbar" aria-label=${l10n.t('Move the pixels')}>
      ${button('debug-step-back', l10n.t('Move the pixels back'), () => onStep(-1))}
      ${canPlay ? button(isPlaying ? 'debug-pause' : 'play', isPlaying ? l10n.t('Pause') : l10n.t('Move by itself'), onPlay) : nothing}
      ${button('debug-step-over', l10n.t('Move the pixels on'), () => onStep(1))}
    </span>
    <p aria-live=${isPlaying ? 'off' : 'polite'}>${shiftSentence(props)}</p>
    </div>
  </div>`;
}

function drawing(props: ShiftDiagramProps): TemplateResult {
  const { values, white, kernel, stride, moved } = props;
  const shown = shiftedWindows(props);
  const first = firstOf(props);
  // A few pixels left of the windows are in sight before they move in, and one behind after it has left.
  const margin = Math.min(stride, 2) * cell;
  const width = margin + (spanOf(props) + 1) * cell;
  // Brackets of windows that overlap stand below one another.
  const levels = Math.min(windows.length, Math.ceil(kernel / stride));
  const results = cell + 22 + 6 * levels;
  const start = (window: number) => margin + window * stride * cell;
  const middle = (window: number) => start(window) + (kernel * cell) / 2;
  const isCovered = (index: number) =>
    windows.some(window => {
      const at = index - first + moved - window * stride;
      return at >= 0 && at < kernel;
    });
  const texts = shown.map(({ value }) => pixelText(value, white));
  const name = l10n.t('A row of pixels and three windows; {0}: {1}', nounOf(props), texts.join(', '));
  // Wider than the page, it scrolls there, also by keyboard.
  return html`<div class="row" tabindex=${width > widestFitting ? 0 : nothing} role="group" aria-label=${name}>
  <svg role="img" aria-label=${name} width=${width} height=${results + cell + 20}>
    <g class="pixels" transform="translate(${margin + (moved - first) * cell} 1)">
      ${values.map((value, i) =>
        pixel(
          value,
          white,
          i * cell,
          isCovered(i) ? 'pixel' : 'pixel left-out',
          shown.some(({ winner }) => winner === i),
        ),
      )}
    </g>
    ${shown.map(({ value, before }, window) => {
      const low = cell + 9 + 6 * (window % levels);
      const x = middle(window);
      const isChanged = value !== before;
      return svg`<path class="bracket" d="M${start(window) + 3.5} ${cell + 4}V${low + 0.5}H${start(window) + kernel * cell - 3.5}V${cell + 4}M${x} ${low}V${results - 2}" />
        <g transform="translate(${x - cell / 2} ${results})">${pixel(value, white, 0, isChanged ? 'result changed' : 'result', false)}</g>
        ${isChanged ? svg`<text class="before" x=${x} y=${results + cell + 11}>${pixelText(before, white)}</text>` : nothing}
        ${moved === stride ? svg`<path class="moved" d="M${x - stride * cell + 4} ${results + cell + 8.5}H${x - 4}m-4-4l4 4-4 4" />` : nothing}`;
    })}
  </svg></div>`;
}

/** A pixel in its own grey, with its value. */
function pixel(value: number, white: number, x: number, kind: string, wins: boolean) {
  const share = value / white;
  const text = pixelText(value, white);
  return svg`<g class=${kind}>
    <rect x=${x + 1} y="1" width=${cell - 2} height=${cell - 2} fill="hsl(0 0% ${Math.round(share * 100)}%)" />
    <text class=${text.length > 4 ? 'long' : ''} x=${x + cell / 2} y=${cell / 2} fill=${share > 0.46 ? 'black' : 'white'}>${text}</text>
    ${wins ? svg`<rect class="winner" x=${x + 2.5} y="2.5" width=${cell - 5} height=${cell - 5} />` : nothing}
  </g>`;
}

/** A value in the room that a pixel has: with one decimal, of 16 bits without. */
function pixelText(value: number, white: number): string {
  return String(white > 255 ? Math.round(value) : Math.round(value * 10) / 10);
}
