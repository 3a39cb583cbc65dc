/** The plain facts of a format: `formats` has a row for each. Without its decoder, which only the engine's thread needs. */
export interface Format {
  /** Its name for people. */
  readonly title: string;
  /** What file names end in, in lower case, the usual one first; package.json names the same. */
  readonly extensions: readonly string[];
  /** The bytes that every file begins with, a character each. They decide what a file is, not its name. */
  readonly magic: string;
}
