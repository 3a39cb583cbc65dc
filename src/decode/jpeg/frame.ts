/** One component of a JPEG frame: how densely it is sampled, and the quantization table that it names. */
export interface Component {
  readonly id: number;
  /** Sampling factors, 1..4; a component with half the frame's largest factor has half the samples in that direction. */
  readonly h: number;
  readonly v: number;
  readonly quantization: number;
}

/** What a start-of-frame marker says: size in pixels, and the components in file order. */
export interface Frame {
  readonly progressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
}

/** The largest sampling factors of a frame. */
export function maxSampling({ components }: Frame): { h: number; v: number } {
  return { h: Math.max(...components.map(c => c.h)), v: Math.max(...components.map(c => c.v)) };
}

/** The coding units of a scan: MCUs when it interleaves several components, else the one component's blocks. */
export function unitsOf(frame: Frame, components: readonly Component[]): { columns: number; rows: number } {
  const most = maxSampling(frame);
  const [only] = components;
  if (components.length > 1 || !only) {
    return { columns: Math.ceil(frame.width / (8 * most.h)), rows: Math.ceil(frame.height / (8 * most.v)) };
  }
  return {
    columns: Math.ceil(Math.ceil((frame.width * only.h) / most.h) / 8),
    rows: Math.ceil(Math.ceil((frame.height * only.v) / most.v) / 8),
  };
}

/** How many blocks of 8 × 8 coefficients one coding unit of a scan holds. */
export function blocksPerUnit(components: readonly Component[]): number {
  return components.length === 1 ? 1 : components.reduce((sum, { h, v }) => sum + h * v, 0);
}

/** How many stretches between restart markers a scan's data has. */
export function intervalsOf(frame: Frame, components: readonly Component[], restartInterval: number): number {
  const { columns, rows } = unitsOf(frame, components);
  return restartInterval === 0 ? 1 : Math.ceil((columns * rows) / restartInterval);
}
