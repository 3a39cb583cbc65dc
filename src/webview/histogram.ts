/** How often each value occurs, as a small picture under a pane. */
import type { Counts } from '../protocol';

/** Draws the counts of each channel over one another, the highest bin as high as the canvas. */
export function drawHistogram(canvas: HTMLCanvasElement, counts: Counts): void {
  const ratio = devicePixelRatio;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const inks =
    counts.length === 1
      ? ['--vscode-foreground']
      : ['--vscode-charts-red', '--vscode-charts-green', '--vscode-charts-blue'];
  // The pure black and white of clipped skies would flatten all the rest: the scale leaves both ends out.
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
