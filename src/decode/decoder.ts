import type { DecodedImage, OnStage } from './image';

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
