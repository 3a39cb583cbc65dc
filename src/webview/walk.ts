/** Steps the window over the picture, one output pixel at a time. */
import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Place } from '../core/panes';
import type { Point } from '../core/region';
import type { Size } from '../core/viewport';
import { icon } from './icon';
import { extents, type Plan } from './plan';

/** Steps per second. */
const speeds = [1, 4, 16, 60] as const;

/** The controls that step the window, and the timer of the animation. */
export class Walk {
  #timer: ReturnType<typeof setInterval> | undefined;
  #speed: (typeof speeds)[number] = 4;

  /** @param step moves by so many pixels; false if there is no such pixel */
  constructor(
    private readonly step: (by: number) => boolean,
    private readonly onChange: () => void,
  ) {}

  /** Whether the window moves by itself. */
  get isPlaying(): boolean {
    return this.#timer !== undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #play(): void {
    this.stop();
    this.#timer = setInterval(() => {
      if (this.step(1)) return;
      this.stop();
      this.onChange();
    }, 1000 / this.#speed);
    this.onChange();
  }

  controls(): TemplateResult {
    const button = (symbol: string, title: string, act: () => void) =>
      html`<button type="button" class="icon" title=${title} aria-label=${title} @click=${act}>${icon(symbol)}</button>`;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const playing = this.isPlaying;
    const pause = () => {
      this.stop();
      this.onChange();
    };
    return html`<span class="walk" role="toolbar" aria-label=${l10n.t('Walk the window')}>
      ${button('debug-step-back', l10n.t('One step back'), () => this.step(-1))}
      ${
        still
          ? nothing
          : playing
            ? button('debug-pause', l10n.t('Pause'), pause)
            : button('play', l10n.t('Walk the window over the picture'), () => this.#play())
      }
      ${button('debug-step-over', l10n.t('One step'), () => this.step(1))}
      ${
        still
          ? nothing
          : html`<select
              aria-label=${l10n.t('Steps a second')}
              title=${l10n.t('Steps a second')}
              @change=${(event: Event) => {
                this.#speed = speeds[(event.target as HTMLSelectElement).selectedIndex] ?? 4;
                if (this.#timer !== undefined) this.#play();
              }}
            >
              ${speeds.map(speed => html`<option ?selected=${speed === this.#speed}>${speed}/s</option>`)}
            </select>`
      }
    </span>`;
  }
}

/**
 * The pixel `by` steps from the pinned one, in its pane and in reading order; without a pin, `start`.
 * @param start where a walk begins: the first pixel in sight
 */
export function nextStep(plan: Plan, pin: Place | undefined, by: number, start: Place | undefined): Place | undefined {
  if (!pin) return start;
  const [vertical, horizontal] = extents(plan, pin.pane);
  const to = stepFrom(pin, by, { width: horizontal.count, height: vertical.count });
  return to && { pane: pin.pane, ...to };
}

/** The pixel `by` steps further in reading order; undefined beyond either end. */
export function stepFrom({ x, y }: Point, by: number, { width, height }: Size): Point | undefined {
  const at = y * width + x + by;
  return at < 0 || at >= width * height ? undefined : { x: at % width, y: Math.floor(at / width) };
}
