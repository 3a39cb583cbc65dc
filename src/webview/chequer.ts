/** Device pixels. */
const square = 8;

/** The squares that stand for transparency, in the theme's colours. */
export function chequerFor(canvas: HTMLCanvasElement): CanvasPattern {
  const style = getComputedStyle(canvas);
  const tile = new OffscreenCanvas(2 * square, 2 * square);
  const context = tile.getContext('2d')!;
  for (const [i, name] of ['--chequer-light', '--chequer-dark'].entries()) {
    context.fillStyle = style.getPropertyValue(name).trim() || 'gray';
    context.fillRect(i * square, 0, square, square);
    context.fillRect((1 - i) * square, square, square, square);
  }
  return context.createPattern(tile, 'repeat')!;
}
