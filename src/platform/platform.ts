/**
 * What a host must provide beyond ECMAScript. `#platform` is the module that does: `imports` in package.json says which, and
 * each of its exports has its type from here. What goes wrong is told in data; no host's own errors come through.
 */
import type { Picture } from '../core/tensor';

export interface Platform {
  /** CRC-32 as PNG and zlib have it. One in TypeScript takes seven times as long, 40 ms for 35 MB. */
  crc32(bytes: Uint8Array): number;

  /** Unpacks the first `length` bytes, less than 4 GB, of zlib data (RFC 1950). Never holds much more than those, however much follows. */
  inflate(packed: Uint8Array, length: number): Promise<Inflated | InflateFailure>;

  /** What can be unpacked of zlib data that may be cut off anywhere; undefined where it is damaged. For short data only. */
  inflateStart(packed: Uint8Array): Promise<Uint8Array | undefined>;

  /**
   * Unpacks zlib data piece by piece and keeps none, until `onPiece` returns true: it has seen enough. Whether nothing was
   * wrong so far; data that ends too early is.
   */
  inflatePieces(
    packed: Uint8Array,
    options: InflatePiecesOptions,
    onPiece: (piece: Uint8Array) => boolean,
  ): Promise<boolean>;

  /** The bytes of a PNG file of a picture's own channels and depth. */
  writePng(picture: Picture): Uint8Array<ArrayBuffer>;

  /** Starts a thread. One that cannot start says so as one that dies. */
  startWorker(script: string, options: WorkerOptions): WorkerHandle;

  /** The way back, within a thread. */
  workerPort(): WorkerPort;
}

export interface Inflated {
  /** `length` of them, in memory that nothing else shares and that can be transferred. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What stands behind them: more of the data, or bytes behind its end. */
  readonly surplus?: 'data' | 'bytes';
}

export interface InflateFailure {
  /** The data ends, or is cut off, before `length` bytes; it is damaged before them; there is no memory for them. */
  readonly failure: 'short' | 'damaged' | 'memory';
  /** The host's own error, for a log. */
  readonly cause?: unknown;
}

export interface InflatePiecesOptions {
  /** The most bytes in a piece, unless that is less than a host can do. */
  readonly pieceLength: number;
  /**
   * Whether data that looks back further than the window that it declares is damaged, as far as that shows from one piece to
   * the next. Otherwise it may, up to 32 KB.
   */
  readonly strictWindow?: boolean;
}

export interface WorkerOptions {
  /** For a debugger. */
  readonly name: string;
  /** Bounds the thread's JavaScript heap where the host can, so that it dies alone. */
  readonly heapMegabytes: number;
}

/** A thread, seen from outside. */
export interface WorkerHandle {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Each sign that the thread has ended or cannot be understood, also after `terminate`. The first one says why. */
  onDeath(listener: (death: WorkerDeath) => void): void;
  /** Ends the thread at once, whatever it is doing. */
  terminate(): Promise<void>;
}

export type WorkerDeath = { readonly kind: 'memory' } | { readonly kind: 'died'; readonly message: string };

/** Whoever started the thread, seen from within. */
export interface WorkerPort {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
}
