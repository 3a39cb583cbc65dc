/** A pixel of a picture: column x, row y. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of a picture, in its own pixels. */
export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * A part of a picture, and how many samples the screen can show of it. `columns ≤ width` and `rows ≤ height`: when equal the
 * samples are the exact pixels, when smaller they are area averages.
 */
export interface Region extends Rectangle {
  readonly columns: number;
  readonly rows: number;
}
