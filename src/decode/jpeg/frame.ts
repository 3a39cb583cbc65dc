/** One component of a JPEG frame: its sampling factors, and the number of its quantization table. */
export interface Component {
  readonly id: number;
  /**
   * Sampling factors, 1..4; a component with half the frame's largest factor has half the samples in that direction.
   */
  readonly h: number;
  readonly v: number;
  readonly quantization: number;
}

/** The content of a start-of-frame marker: size in pixels, and the components in file order. */
export interface Frame {
  readonly progressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
}

/**
 * How many blocks of 8 × 8 samples a scan of these components visits: whole MCUs if it interleaves several components,
 * else the blocks of the only one. T.81, section A.2.
 */
export function blocksOf({ width, height, components: all }: Frame, components: readonly Component[]): number {
  const h = Math.max(...all.map(c => c.h));
  const v = Math.max(...all.map(c => c.v));
  const [only] = components;
  if (components.length === 1 && only) {
    return Math.ceil(Math.ceil((width * only.h) / h) / 8) * Math.ceil(Math.ceil((height * only.v) / v) / 8);
  }
  const perUnit = components.reduce((sum, c) => sum + c.h * c.v, 0);
  return Math.ceil(width / (8 * h)) * Math.ceil(height / (8 * v)) * perUnit;
}
