/** libjpeg-turbo, compiled to WebAssembly and called through its TurboJPEG interface: OpenCV's pixels, bit for bit. */
import { EmbeddedWasm, type MemoryPlace, type WasmMemory } from '../../../core/webAssembly';
import { wasm } from './wasm';

/** The module's exports. Addresses are 32-bit numbers, which the module returns as signed ones. */
interface TurboJpeg {
  readonly memory: WasmMemory;
  malloc(bytes: number): number;
  tjInitDecompress(): number;
  tjDecompress2(
    handle: number,
    jpeg: number,
    size: number,
    pixels: number,
    width: number,
    pitch: number,
    height: number,
    format: number,
    flags: number,
  ): number;
}

export const turboJpeg = new EmbeddedWasm<TurboJpeg>(wasm);

/** The output formats: TurboJPEG's number (TJPF), and the number of channels. */
export const pixelFormats = {
  rgb: { number: 0, channels: 3 },
  grey: { number: 6, channels: 1 },
  cmyk: { number: 11, channels: 4 },
} as const;

/** Bytes: WebAssembly memory ends at 4 GB. */
export const mostMemory = 2 ** 32 - 65536;

/** The result of libjpeg. */
export interface Decompressed {
  /** Interleaved, rows from the top; a view of a memory that nothing else uses. Empty once that memory grows. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Where the pixels lie. */
  readonly place: MemoryPlace;
  /** False if libjpeg met damaged data. */
  readonly isSound: boolean;
}

/** A fatal error of libjpeg, after which its instance cannot be used. */
class FatalError extends Error {}

/**
 * Decompresses a JPEG of a known size; undefined if libjpeg gives up before the last row. Each call has its own
 * instance and memory, so that an error does not affect later calls. Nothing is limited here: `readMarkers` does that.
 *
 * @throws {RangeError} if there is not enough memory
 */
export function decompress(
  jpeg: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  format: keyof typeof pixelFormats,
): Decompressed | undefined {
  const { number, channels } = pixelFormats[format];
  const turbo = turboJpeg.instantiate(imports);
  const pitch = width * channels;
  const source = allocate(turbo, jpeg.length + endMarker.length);
  const memory = new Uint8Array(turbo.memory.buffer);
  memory.set(jpeg, source);
  // For a file without an end marker: if only that is missing, the file counts as sound.
  memory.set(endMarker, source + jpeg.length);
  const handle = turbo.tjInitDecompress();
  if (handle === 0) throw new RangeError('libjpeg could not allocate its state');
  const target = allocate(turbo, pitch * height);
  const lastRow = new Uint8Array(turbo.memory.buffer, target + pitch * (height - 1), pitch);
  for (let i = 0; i < pitch; i++) lastRow[i] = untouched(i);
  let status: number | undefined;
  try {
    status = turbo.tjDecompress2(
      handle,
      source,
      jpeg.length + endMarker.length,
      target,
      width,
      pitch,
      height,
      number,
      0,
    );
  } catch (error) {
    if (!(error instanceof FatalError || isTrap(error))) throw error;
    // Errors after the last row do not count, for example a trailer that is not a marker.
  }
  // The memory may have grown, which makes earlier views empty.
  const pixels = new Uint8Array(turbo.memory.buffer, target, pitch * height);
  const isWhole = status === 0 || pixels.subarray(-pitch).some((value, i) => value !== untouched(i));
  const place = { memory: turbo.memory, address: target };
  return isWhole ? { pixels, place, isSound: status === 0 || status === undefined } : undefined;
}

const endMarker = Uint8Array.of(0xff, 0xd9);

/** Marks a row that libjpeg has not written: a pattern that no picture has by chance, except one of a pixel or two. */
function untouched(i: number): number {
  return (i * 151 + 0x5a) & 255;
}

/** WebAssembly's own errors: an access out of bounds, a stack overflow, unreachable code. */
function isTrap(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'RuntimeError';
}

/**
 * Allocates memory in the instance. Sizes are doubles, so they cannot overflow.
 * @throws {RangeError} if there is not enough memory
 */
function allocate({ malloc }: TurboJpeg, bytes: number): number {
  const address = bytes < mostMemory ? malloc(bytes) >>> 0 : 0;
  if (address === 0) throw new RangeError(`libjpeg could not allocate ${bytes} bytes`);
  return address;
}

const done = () => 0;

const imports = {
  env: {
    setjmp: done,
    longjmp: () => {
      throw new FatalError();
    },
  },
  // The C library writes its messages with these; they are ignored.
  wasi_snapshot_preview1: {
    environ_sizes_get: done,
    environ_get: done,
    fd_close: done,
    fd_seek: done,
    fd_write: done,
    proc_exit: () => {
      throw new FatalError();
    },
  },
};
