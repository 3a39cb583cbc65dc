import type { DecodedImage, OnStage } from './image';

/** The plain facts of a format: `formats` has a row for each. Without its decoder, which only the engine's thread needs. */
export interface Format {
  /** Its name for people. */
  readonly title: string;
  /** What file names end in, in lower case, the usual one first; package.json names the same. */
  readonly extensions: readonly string[];
  /** The bytes that every file begins with, a character each. They decide what a file is, not its name. */
  readonly magic: string;
}

/** What decodes a format. */
export interface Decoder {
  /** Compiles the kernels, some ms that the first picture then does not take. Called only where WebAssembly can run. */
  prepare(): void;
  /**
   * The picture as the file stores it, whatever its orientation.
   * @param onSize sees width and height before anything is allocated for them, and may throw
   * @throws DecodeError; RangeError for want of memory
   */
  decode(
    bytes: Uint8Array,
    onSize: (width: number, height: number) => void,
    onStage: OnStage | undefined,
  ): DecodedImage | Promise<DecodedImage>;
}
