import type { DecodedImage, OnStage } from './image';

/** Decodes one format. */
export interface Decoder {
  /** Compiles the kernels: some ms that the first picture then does not need. Called only if WebAssembly can run. */
  prepare(): void;
  /**
   * The picture as the file stores it, whatever its orientation.
   * @param onSize gets width and height before anything is allocated for them, and may throw
   * @throws {DecodeError}
   * @throws {RangeError} if memory runs out
   */
  decode(
    bytes: Uint8Array,
    onSize: (width: number, height: number) => void,
    onStage: OnStage | undefined,
  ): DecodedImage | Promise<DecodedImage>;
}
