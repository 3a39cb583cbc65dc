/** Bounds and default of the setting `poolingPreview.maxMegapixels`, as in package.json. */
export const megapixels = { least: 1, most: 500, usual: 100 } as const;

/**
 * The largest picture that may be opened, in pixels. The settings editor keeps the setting within its bounds,
 * settings.json does not: a number outside counts as the nearest bound and any other value as the default, so that
 * there is always a limit.
 */
export function maxPixelsOf(setting: unknown): number {
  const wanted = typeof setting === 'number' && !Number.isNaN(setting) ? setting : megapixels.usual;
  return Math.min(Math.max(wanted, megapixels.least), megapixels.most) * 1_000_000;
}
