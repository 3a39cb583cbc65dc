/** A pixel of a picture: column x, row y. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of a picture, in the picture's own pixels. */
export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * A part of a picture, and how many samples of it the screen can show. `columns ≤ width` and `rows ≤ height`: if equal,
 * the samples are the exact pixels, if smaller, area averages.
 */
export interface Region extends Rectangle {
  readonly columns: number;
  readonly rows: number;
}
