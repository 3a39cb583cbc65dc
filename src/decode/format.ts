/** The facts about a format, one row of `formats` each; without the decoder, which only the engine's thread needs. */
export interface Format {
  /** Its name for the user. */
  readonly title: string;
  /** File name extensions in lower case, the usual one first; package.json lists the same. */
  readonly extensions: readonly string[];
  /** The first bytes of every file, one character per byte. They determine the format; the file's name does not. */
  readonly magic: string;
}
