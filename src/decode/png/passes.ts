import type { PngHeader } from './header';

/** The pixels that one pass stores: every `dx`-th column from `x`, every `dy`-th row from `y`. */
export interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly columns: number;
  readonly rows: number;
}

/** Adam7: `x`, `y`, `dx`, `dy` of each pass. PNG specification, section 8.2. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes that contain pixels, in file order; a picture that is not interlaced has one. */
export function passesOf({ width, height, interlaced }: PngHeader): Pass[] {
  const grids = interlaced ? adam7 : ([[0, 0, 1, 1]] as const);
  return grids
    .map(([x, y, dx, dy]) => ({
      x,
      y,
      dx,
      dy,
      columns: Math.ceil((width - x) / dx),
      rows: Math.ceil((height - y) / dy),
    }))
    .filter(pass => pass.columns > 0 && pass.rows > 0);
}

/** Bytes of one stored row, without its filter byte. */
export function rowBytes(header: PngHeader, columns: number): number {
  return Math.ceil((columns * header.samples * header.depth) / 8);
}

/** Bytes of all filtered rows together: the compressed data must contain this many. */
export function filteredBytes(header: PngHeader): number {
  return passesOf(header).reduce((sum, { columns, rows }) => sum + rows * (1 + rowBytes(header, columns)), 0);
}
