/** The bounds of the setting `poolingPreview.maxMegapixels`, as package.json has them. */
export const megapixels = { least: 1, most: 500, usual: 100 } as const;

/**
 * The largest picture that may be opened, in pixels. The settings editor keeps the setting within its bounds, settings.json
 * does not: a number beyond them counts as the nearest one, and what is no number as the default, so that there always is
 * a limit.
 */
export function maxPixelsOf(setting: unknown): number {
  const wanted = typeof setting === 'number' && !Number.isNaN(setting) ? setting : megapixels.usual;
  return Math.min(Math.max(wanted, megapixels.least), megapixels.most) * 1_000_000;
}
