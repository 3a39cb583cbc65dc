/** How much of a pixel a rounded square covers, 0..1, soft at its edge. */
function rounded(x: number, y: number, left: number, top: number, size: number, radius: number): number {
  const half = size / 2;
  const dx = Math.max(0, Math.abs(x - left - half) - half + radius);
  const dy = Math.max(0, Math.abs(y - top - half) - half + radius);
  return Math.min(1, Math.max(0, radius - Math.hypot(dx, dy) + 0.5));
}

/** The icon: a 4 × 4 grid whose four windows each hand their brightest cell to a 2 × 2 grid. RGBA, `size × size`. */
export function icon(size = 128): Uint8Array {
  const data = new Uint8Array(size * size * 4);
  const unit = size / 128;
  const hues = [
    [255, 184, 92],
    [120, 210, 180],
    [124, 174, 250],
    [214, 150, 236],
  ] as const;
  const strengths = [
    [0.3, 0.5, 0.2, 0.36],
    [1, 0.24, 0.44, 1],
    [0.42, 0.2, 1, 0.3],
    [0.26, 1, 0.34, 0.5],
  ] as const;
  const paint = (at: number, [r, g, b]: readonly [number, number, number], cover: number, opacity = 1) => {
    const t = cover * opacity;
    [r, g, b].forEach((value, c) => {
      data[at + c] = Math.round(data[at + c]! * (1 - t) + value * t);
    });
    data[at + 3] = Math.max(data[at + 3]!, Math.round(255 * cover));
  };
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = (y * size + x) * 4;
      const [u, v] = [(x + 0.5) / unit, (y + 0.5) / unit];
      const ground = rounded(u, v, 2, 2, 124, 26);
      if (ground === 0) continue;
      data.set([24 + v * 0.08, 32 + v * 0.12, 54 + v * 0.2], at);
      data[at + 3] = Math.round(255 * ground);
      for (let cell = 0; cell < 16; cell++) {
        const [i, j] = [cell % 4, Math.floor(cell / 4)];
        const hue = hues[(i >> 1) + (j >> 1) * 2]!;
        paint(
          at,
          hue,
          rounded(u, v, 10 + i * 15 + (i >> 1) * 4, 33 + j * 15 + (j >> 1) * 4, 13, 3.5) * ground,
          strengths[j]![i]!,
        );
      }
      for (let cell = 0; cell < 4; cell++) {
        const [i, j] = [cell % 2, cell >> 1];
        paint(at, hues[cell]!, rounded(u, v, 89 + i * 15, 50 + j * 15, 13, 3.5) * ground);
      }
      // A small arrow head between the two grids.
      const reach = 4 - Math.abs(v - 64) - Math.max(0, u - 82);
      if (u >= 79.5) paint(at, [190, 202, 224], Math.min(1, Math.max(0, reach + 0.5)) * ground, u <= 87 ? 1 : 0);
    }
  }
  return data;
}
