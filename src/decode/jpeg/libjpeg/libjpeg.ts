/**
 * libjpeg-turbo, compiled to WebAssembly, called through its TurboJPEG interface: the same pixels as OpenCV's, bit for bit.
 */
import { EmbeddedWasm, type MemoryPlace, type WasmMemory } from '../../../core/webAssembly';
import { wasm } from './wasm';

/** What the module exports. Addresses are numbers of 32 bits, which come out of it as signed ones. */
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

/** What can be asked for: TurboJPEG's number of it (TJPF), and how many channels it has. */
export const pixelFormats = {
  rgb: { number: 0, channels: 3 },
  grey: { number: 6, channels: 1 },
  cmyk: { number: 11, channels: 4 },
} as const;

/** WebAssembly's memory ends at 4 GB. */
export const mostMemory = 2 ** 32 - 65536;

/** What libjpeg made of a file. */
export interface Decompressed {
  /** Interleaved, rows from the top; a view of a memory that nobody else uses. Gone when that grows. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Where they lie. */
  readonly place: MemoryPlace;
  /** False when libjpeg met data that it could only make the best of. */
  readonly isSound: boolean;
}

/** A fatal error of libjpeg's. The instance that it comes from is of no more use. */
class FatalError extends Error {}

/**
 * Decompresses a JPEG of a known size; undefined when libjpeg gives up before the last row. Each call has an instance and a
 * memory of its own, so nothing that goes wrong outlives it. Nothing is bounded here: `readMarkers` does that.
 *
 * @throws RangeError when there is not enough memory
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
  // What a file without an end marker lacks. Where only that is missing, nothing is amiss.
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
    // Behind the last row nothing counts: a trailer that is no marker, say.
  }
  // The memory may have grown, which leaves views of it empty.
  const pixels = new Uint8Array(turbo.memory.buffer, target, pitch * height);
  const isWhole = status === 0 || pixels.subarray(-pitch).some((value, i) => value !== untouched(i));
  const place = { memory: turbo.memory, address: target };
  return isWhole ? { pixels, place, isSound: status === 0 || status === undefined } : undefined;
}

const endMarker = Uint8Array.of(0xff, 0xd9);

/** What a row holds that libjpeg has not written: a pattern that no picture has by chance, but for one of a pixel or two. */
function untouched(i: number): number {
  return (i * 151 + 0x5a) & 255;
}

/** WebAssembly's own errors: an access out of bounds, a stack too deep, unreachable code. */
function isTrap(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'RuntimeError';
}

/** An address in the instance's memory. Sizes are doubles, so none overflows on the way. */
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
  // What the C library writes its messages with; nobody reads them.
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
