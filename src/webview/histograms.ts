/** How often each value occurs, drawn as a small chart under a pane. */
import * as l10n from '@vscode/l10n';
import { type Channel, Throttler } from '../channel';
import type { Calls, Counts, CountsOfPanes } from '../protocol';
import { fillBox } from './drawing';
import { operatorsOf, type Plan, pooledIn } from './plan';
import { channelNames, roundedText } from './words';

/** Requests the counts of what is shown, and draws them. */
export class Histograms {
  #throttler = new Throttler();
  #asked: Plan | undefined;
  #counts: CountsOfPanes | undefined;

  constructor(
    private readonly channel: Channel<Calls>,
    private readonly onCounts: () => void,
  ) {}

  /** Drops the counts of the previous picture. */
  reset(): void {
    this.#throttler = new Throttler();
    this.#asked = undefined;
    this.#counts = undefined;
  }

  /** Requests a plan's counts, once. The previous plan's counts stay until the reply arrives. */
  count(plan: Plan): void {
    if (this.#asked === plan) return;
    this.#asked = plan;
    void this.#throttler.queue(async () => {
      const outcome = await this.channel.call('counts', { ...pooledIn(plan), operators: operatorsOf(plan) });
      // Ignore failures: the render request reports illegal options.
      if (this.#asked !== plan || !('ok' in outcome)) return;
      this.#counts = outcome.ok;
      this.onCounts();
    });
  }

  /** What a pane's chart says, in words: the mean, the least and the most of each channel. */
  describe(pane: string): string {
    const counts = this.#counts?.[pane as keyof CountsOfPanes];
    if (!counts) return l10n.t('Histogram');
    const names = channelNames(counts.length);
    const texts = counts.map((bins, i) => {
      const { mean, least, most } = spreadOf(bins);
      return `${names[i]} ${l10n.t('mean {0}, least {1}, most {2}', roundedText(mean), least, most)}`.trim();
    });
    return `${l10n.t('Histogram')}: ${texts.join('; ')}`;
  }

  /** Draws on the page's histogram canvases. Call it after layout: before, they have no size. */
  draw(root: HTMLElement): void {
    for (const canvas of root.querySelectorAll<HTMLCanvasElement>('[data-pane] canvas.histogram')) {
      const pane = canvas.closest<HTMLElement>('[data-pane]')!.dataset['pane'] as keyof CountsOfPanes;
      const counts = this.#counts?.[pane];
      if (counts) drawHistogram(canvas, counts);
    }
  }
}

/** The mean and the ends of a histogram's values. */
export function spreadOf(bins: Uint32Array): { mean: number; least: number; most: number } {
  const total = bins.reduce((sum, count) => sum + count, 0);
  const sum = bins.reduce((sum, count, value) => sum + count * value, 0);
  return { mean: sum / total, least: bins.findIndex(count => count > 0), most: bins.findLastIndex(count => count > 0) };
}

/**
 * Draws the counts of grey or of R, G and B (not alpha) over one another. The highest bin from 1 to 254 fills the
 * height.
 */
function drawHistogram(canvas: HTMLCanvasElement, counts: Counts): void {
  fillBox(canvas);
  const { width, height } = canvas;
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const inks =
    counts.length === 1
      ? ['--vscode-foreground']
      : ['--vscode-charts-red', '--vscode-charts-green', '--vscode-charts-blue'];
  // Bins 0 and 255 are not in the scale: clipped black or white areas would flatten all other bins.
  const tallest = Math.max(1, ...counts.slice(0, 3).flatMap(bins => Array.from(bins.subarray(1, 255))));
  for (const [channel, ink] of inks.entries()) {
    const bins = counts[channel];
    if (!bins) continue;
    context.fillStyle = style.getPropertyValue(ink).trim() || 'gray';
    context.globalAlpha = counts.length === 1 ? 0.7 : 0.45;
    for (let value = 0; value < 256; value++) {
      const tall = Math.min(1, bins[value]! / tallest) * height;
      context.fillRect((value * width) / 256, height - tall, Math.max(1, width / 256), tall);
    }
  }
  context.globalAlpha = 1;
}
